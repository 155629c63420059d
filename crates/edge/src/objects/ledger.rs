//! A store's ledger: one object a store, by the store's id, and the only place that counts uses.
//!
//! What comes in at the same time is decided together, in one transaction, in the order it came: nothing is awaited
//! between the first decision and the last, so that no two calls ever see the same use left. An answer leaves only when
//! what it tells is on disk: the runtime holds it back until then.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use ledger::{Command, Outcome};
use worker::{Delay, DurableObject, Env, Request, Response, Result, State, durable_object};

use super::{outbox, sqlite::Sqlite};
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
#[durable_object]
#[derive(Debug)]
pub struct Ledger {
    state: State,
    env: Env,
    ledger: RefCell<Option<Rc<ledger::Ledger<Sqlite>>>>,
    /// Calls that are not decided yet, in the order they came. Borrowed only between awaits.
    waiting: RefCell<Vec<Waiting>>,
    /// Whose ledger it is, as soon as somebody has said so.
    store: OnceCell<StoreId>,
    /// For when the alarm is set, in milliseconds; `i64::MIN` while it rings.
    alarm_at: Cell<Option<i64>>,
}

#[derive(Debug)]
struct Waiting {
    command: Command,
    answer: oneshot::Sender<std::result::Result<Outcome, String>>,
}

impl DurableObject for Ledger {
    fn new(state: State, env: Env) -> Self {
        Self {
            state,
            env,
            ledger: RefCell::new(None),
            waiting: RefCell::new(Vec::new()),
            store: OnceCell::new(),
            alarm_at: Cell::new(None),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let store = request.path();
        let command: Command = serde_json::from_str(&request.text().await?)?;
        self.remember(store.trim_start_matches('/')).await?;
        let (answer, decided) = oneshot::channel();
        self.waiting.borrow_mut().push(Waiting { command, answer });
        // One turn of the event loop: what has arrived by then is decided together.
        Delay::from(Duration::ZERO).await;
        self.decide().await?;
        match decided.await {
            Ok(Ok(outcome)) => Response::ok(serde_json::to_string(&outcome)?),
            Ok(Err(error)) => Response::error(error, 500),
            Err(_) => Response::error("the call was dropped", 500),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        self.alarm_at.set(Some(i64::MIN));
        let outcome = self.send().await;
        self.alarm_at.set(None);
        // A failed alarm is only repeated so often by the runtime; this one is set again for as long as it takes.
        match outcome {
            Ok(()) => self.schedule().await?,
            Err(error) => {
                worker::console_error!("the ledger's alarm failed: {error}");
                self.state.storage().set_alarm(FAILED_ALARM_MILLIS).await?;
            }
        }
        Response::empty()
    }
}

impl Ledger {
    /// Decides everything that waits.
    async fn decide(&self) -> Result<()> {
        let (commands, answers): (Vec<_>, Vec<_>) =
            self.waiting.take().into_iter().map(|waiting| (waiting.command, waiting.answer)).unzip();
        if commands.is_empty() {
            return Ok(());
        }
        match self.ledger().and_then(|ledger| ledger.carry_out(&commands, clock::now())) {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    // Whoever asked may be gone; it is decided all the same.
                    let _ = answer.send(Ok(outcome));
                }
                self.schedule().await
            }
            Err(error) => {
                worker::console_error!("the ledger's database failed: {error}");
                for answer in answers {
                    let _ = answer.send(Err(error.to_string()));
                }
                Ok(())
            }
        }
    }

    fn ledger(&self) -> Result<Rc<ledger::Ledger<Sqlite>>> {
        if let Some(ledger) = &*self.ledger.borrow() {
            return Ok(Rc::clone(ledger));
        }
        let store = self.store.get().ok_or(NAMELESS)?;
        let ledger = Rc::new(ledger::Ledger::open(Sqlite::of(&self.state), store.to_string())?);
        *self.ledger.borrow_mut() = Some(Rc::clone(&ledger));
        Ok(ledger)
    }

    /// Keeps the name that a call brings.
    async fn remember(&self, store: &str) -> Result<()> {
        if self.store.get().is_none() {
            self.state.storage().put(STORE, store).await?;
            self.store.get_or_init(|| StoreId::kept(store.to_owned()));
        }
        Ok(())
    }

    /// The name that a call once brought.
    async fn recall(&self) -> Result<&StoreId> {
        if self.store.get().is_none() {
            let store: Option<String> = self.state.storage().get(STORE).await?;
            let store = store.ok_or(NAMELESS)?;
            self.store.get_or_init(|| StoreId::kept(store));
        }
        Ok(self.store.get().ok_or(NAMELESS)?)
    }

    /// Sets the alarm for what is to be done next, unless it rings before.
    async fn schedule(&self) -> Result<()> {
        let now = clock::now().millis();
        if self.alarm_at.get().is_some_and(|at| at <= now.saturating_add(GATHERING_MILLIS)) {
            return Ok(());
        }
        let Some(due) = self.ledger()?.next_due()? else { return Ok(()) };
        let at = due.millis().max(now.saturating_add(GATHERING_MILLIS));
        if self.alarm_at.get().is_none_or(|set| at < set) {
            self.alarm_at.set(Some(at));
            self.state.storage().set_alarm(at.saturating_sub(now)).await?;
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
