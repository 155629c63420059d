//! A store's ledger: one object a store, by the store's id, and the only place that counts uses.
//!
//! What comes in at the same time is decided together, in one transaction, in the order it came, so that no two calls ever
//! see the same use left. An answer leaves only when what it tells is on disk: the runtime holds it back until then.
//! `entry.js` gathers the calls.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use ledger::Command;
use wasm_bindgen::prelude::*;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{outbox, sqlite::Sqlite, storage::Storage};
use crate::{clock, store_id::StoreId};

/// Where the store's id is kept for an alarm, which brings none.
const STORE: &str = "store";

/// It is named by whoever calls it first, and before that there is nothing to do.
const NAMELESS: &str = "no call has named the store";

/// How long an event may wait for others to be sent with, in milliseconds.
const GATHERING_MILLIS: i64 = 200;

/// How long after an alarm that failed it rings again, in milliseconds.
const FAILED_ALARM_MILLIS: i64 = 5_000;

/// The object.
#[durable_object(alarm)]
#[derive(Debug)]
pub struct Ledger {
    storage: Storage,
    env: Env,
    ledger: RefCell<Option<Rc<ledger::Ledger<Sqlite>>>>,
    /// Whose ledger it is, as soon as somebody has said so.
    store: OnceCell<StoreId>,
    /// For when the alarm is set, in milliseconds; `i64::MIN` while it rings.
    alarm_at: Cell<Option<i64>>,
}

#[wasm_bindgen]
impl Ledger {
    /// Decides commands in their order, all in one transaction: JSON of a `ledger::Command` each, and of its
    /// `ledger::Outcome`.
    ///
    /// # Errors
    /// A command is none, or the database fails: then nothing has happened.
    pub fn decide(&self, store: &str, commands: Vec<String>) -> std::result::Result<Vec<String>, JsValue> {
        self.decided(store, &commands).map_err(|error| {
            worker::console_error!("the ledger of {store} failed: {error}");
            error.into()
        })
    }
}

impl DurableObject for Ledger {
    fn new(state: State, env: Env) -> Self {
        Self {
            storage: Storage::of(&state),
            env,
            ledger: RefCell::new(None),
            store: OnceCell::new(),
            alarm_at: Cell::new(None),
        }
    }

    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::error("a ledger is called, not fetched from", 405)
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarm_at.set(Some(i64::MIN));
        let outcome = self.send().await;
        self.alarm_at.set(None);
        // A failed alarm is only repeated so often by the runtime; this one is set again for as long as it takes.
        match outcome {
            Ok(()) => self.schedule()?,
            Err(error) => {
                worker::console_error!("the ledger's alarm failed: {error}");
                self.storage.ring_at(clock::now().millis().saturating_add(FAILED_ALARM_MILLIS));
            }
        }
        Response::empty()
    }
}

impl Ledger {
    fn decided(&self, store: &str, commands: &[String]) -> Result<Vec<String>> {
        let commands: Vec<Command> = commands
            .iter()
            .map(|command| serde_json::from_str(command))
            .collect::<serde_json::Result<_>>()?;
        let is_first = self.remember(store);
        let outcomes = self.ledger()?.carry_out(&commands, clock::now())?;
        if is_first || commands.iter().any(Command::may_change) {
            self.schedule()?;
        }
        Ok(outcomes.iter().map(serde_json::to_string).collect::<serde_json::Result<_>>()?)
    }

    fn ledger(&self) -> Result<Rc<ledger::Ledger<Sqlite>>> {
        if let Some(ledger) = &*self.ledger.borrow() {
            return Ok(Rc::clone(ledger));
        }
        let store = self.store.get().ok_or(NAMELESS)?;
        let ledger = Rc::new(ledger::Ledger::open(Sqlite::of(&self.storage), store.to_string())?);
        *self.ledger.borrow_mut() = Some(Rc::clone(&ledger));
        Ok(ledger)
    }

    /// Keeps the name that a call brings; true for the first one.
    fn remember(&self, store: &str) -> bool {
        let is_first = self.store.get().is_none();
        if is_first {
            self.storage.keep(STORE, store);
            self.store.get_or_init(|| StoreId::kept(store.to_owned()));
        }
        is_first
    }

    /// The name that a call once brought.
    async fn recall(&self) -> Result<&StoreId> {
        if self.store.get().is_none() {
            let store = self.storage.kept(STORE).await?.ok_or(NAMELESS)?;
            self.store.get_or_init(|| StoreId::kept(store));
        }
        Ok(self.store.get().ok_or(NAMELESS)?)
    }

    /// Sets the alarm for what is to be done next, unless it rings before.
    fn schedule(&self) -> Result<()> {
        let now = clock::now().millis();
        if self.alarm_at.get().is_some_and(|at| at <= now.saturating_add(GATHERING_MILLIS)) {
            return Ok(());
        }
        let Some(due) = self.ledger()?.next_due()? else { return Ok(()) };
        let at = due.millis().max(now.saturating_add(GATHERING_MILLIS));
        if self.alarm_at.get().is_none_or(|set| at < set) {
            self.alarm_at.set(Some(at));
            self.storage.ring_at(at);
        }
        Ok(())
    }

    /// Does what time brings, and sends what is to be sent.
    async fn send(&self) -> Result<()> {
        let store = self.recall().await?;
        let ledger = self.ledger()?;
        ledger.sweep(clock::now())?;
        outbox::tell(&ledger, &self.env, store).await?;
        outbox::deliver(&ledger, &self.env, store).await
    }
}
