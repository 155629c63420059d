//! One update on its way to past buyers: an object each, so that it waits for nothing and nothing waits for it.
//!
//! First it writes its audience down, a page at a time; then it sends, one letter after the other, and marks each that was
//! taken. So it needs the room of one page, whatever the audience; a pause binds after the letter in flight; and after a crash
//! nobody is sent a second letter but the one that was in flight, which has the same Message-ID.

use std::cell::{Cell, OnceCell};

use ledger::{Sql as _, Value};
use mail::{Letter, Mailbox, Update};
use worker::{D1Database, DurableObject, Env, Request, Response, Result, State as Context, durable_object};

use super::{sqlite::Sqlite, storage::Storage};
use crate::{
    campaign::{Ask, Progress, State},
    clock,
    letters::public_url,
    mail::Post,
    mail_settings::{self, MailSettings},
    offer_tokens::Unsubscribe,
    signing,
    store::{self, updates},
    store_id::StoreId,
};

/// How many buyers are written down at once.
const PAGE: i64 = 500;

/// How many letters go in one alarm; then the object takes breath.
const LETTERS: usize = 200;

/// How often a letter is tried.
const ATTEMPTS: i64 = 5;

/// How long after what failed it goes on, in milliseconds.
const BACK_OFF: i64 = 15_000;

/// The tables, and all that is known but for the recipients: one row.
const TABLES: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS campaign (one INTEGER PRIMARY KEY CHECK (one = 1), store TEXT NOT NULL, \
     id TEXT NOT NULL, state TEXT NOT NULL, error TEXT) STRICT",
    // 0 waits, 1 was sent, 2 was given up, 3 wants no such mails.
    "CREATE TABLE IF NOT EXISTS recipients (email TEXT PRIMARY KEY, reference TEXT NOT NULL, \
     state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID",
];

/// The object.
#[durable_object(alarm)]
pub struct Campaign {
    storage: Storage,
    env: Env,
    sqlite: OnceCell<Sqlite>,
    /// Set by a pause, and looked at between letters.
    is_paused: Cell<bool>,
}

/// Who is next.
struct Recipient {
    email: String,
    reference: String,
}

/// What all letters of one alarm are written by.
struct Desk {
    database: D1Database,
    store: StoreId,
    update: Update,
    settings: MailSettings,
    name: Option<String>,
    id: String,
}

impl DurableObject for Campaign {
    fn new(state: Context, env: Env) -> Self {
        Self { storage: Storage::of(&state), env, sqlite: OnceCell::new(), is_paused: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match request.json().await? {
            Ask::Send { store, update } => self.begin(&store, &update)?,
            Ask::Pause => self.pause()?,
            Ask::Progress => {}
        }
        Response::from_json(&self.progress()?)
    }

    async fn alarm(&self) -> Result<Response> {
        match self.go_on().await {
            Ok(Some(pause)) => self.storage.ring_at(clock::now().millis().saturating_add(pause)),
            Ok(None) => {}
            Err(error) => {
                worker::console_error!("an update could not go on: {error}");
                self.note(Some(&error.to_string()))?;
                self.storage.ring_at(clock::now().millis().saturating_add(BACK_OFF));
            }
        }
        Response::empty()
    }
}

impl Campaign {
    fn sql(&self) -> Result<&Sqlite> {
        if let Some(sqlite) = self.sqlite.get() {
            return Ok(sqlite);
        }
        let sqlite = Sqlite::of(&self.storage);
        for table in TABLES {
            sqlite.run(table, &[])?;
        }
        Ok(self.sqlite.get_or_init(|| sqlite))
    }

    /// Begins, or goes on after a pause. Of one that is done there is nothing to send: whoever bought since then is not of
    /// its audience.
    fn begin(&self, store: &str, update: &str) -> Result<()> {
        self.is_paused.set(false);
        let text = "INSERT INTO campaign (one, store, id, state) VALUES (1, ?1, ?2, 'gathering') ON CONFLICT (one) DO \
                    UPDATE SET state = 'gathering' WHERE state = 'paused'";
        self.sql()?.run(text, &[store.into(), update.into()])?;
        self.storage.ring_at(clock::now().millis());
        Ok(())
    }

    fn pause(&self) -> Result<()> {
        self.is_paused.set(true);
        self.set(State::Paused)
    }

    /// A pause stays one, whatever was under way; what is done stays done.
    fn set(&self, state: State) -> Result<()> {
        let text = match state {
            State::Paused => "UPDATE campaign SET state = 'paused' WHERE state <> 'done'",
            State::Sending => "UPDATE campaign SET state = 'sending' WHERE state = 'gathering'",
            State::Done => "UPDATE campaign SET state = 'done', error = NULL WHERE state = 'sending'",
            State::Draft | State::Gathering => return Ok(()),
        };
        self.sql()?.run(text, &[]).map(drop)
    }

    fn note(&self, error: Option<&str>) -> Result<()> {
        self.sql()?.run("UPDATE campaign SET error = ?1", &[error.into()]).map(drop)
    }

    fn progress(&self) -> Result<Progress> {
        let rows = self.sql()?.run("SELECT state, error FROM campaign", &[])?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(Progress::default()) };
        let counts = self.sql()?.run("SELECT state, count(*) FROM recipients GROUP BY state", &[])?;
        let of = |state| counts.iter().filter(|row| row.integer(0) == state).map(|row| row.count(1)).sum();
        Ok(Progress {
            state: state_named(&row.text(0)),
            audience: counts.iter().map(|row| row.count(1)).sum(),
            sent: of(1),
            failed: of(2),
            unsubscribed: of(3),
            error: row.optional_text(1),
        })
    }

    /// Does the next piece of work; in how many milliseconds there is more, where there is.
    async fn go_on(&self) -> Result<Option<i64>> {
        let rows = self.sql()?.run("SELECT store, id, state FROM campaign", &[])?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
        let (store, id, state) = (StoreId::kept(row.text(0)), row.text(1), state_named(&row.text(2)));
        match state {
            State::Gathering => self.gather(&store, &id).await.map(|()| Some(0)),
            State::Sending => self.send(store, id).await,
            State::Draft | State::Paused | State::Done => Ok(None),
        }
    }

    /// Writes a page of the audience down.
    async fn gather(&self, store: &StoreId, id: &str) -> Result<()> {
        let database = store::open(&self.env)?;
        let row = updates::find(&database, store, id).await?.ok_or("the update is gone")?;
        let last = self.sql()?.run("SELECT coalesce(max(email), '') FROM recipients", &[])?;
        let after = last.into_iter().next().map(|mut row| row.text(0)).unwrap_or_default();
        let page = updates::buyers(&database, store, &row.skus, &after, PAGE).await?;
        for buyer in &page {
            let text = "INSERT OR IGNORE INTO recipients (email, reference) VALUES (?1, ?2)";
            self.sql()?.run(text, &[(&buyer.email).into(), (&buyer.reference).into()])?;
        }
        if i64::try_from(page.len()).unwrap_or(PAGE) < PAGE { self.set(State::Sending) } else { Ok(()) }
    }

    /// Sends to some who wait.
    async fn send(&self, store: StoreId, id: String) -> Result<Option<i64>> {
        let desk = Desk::open(&self.env, store, id).await?;
        let mut post = Post::open(&self.env).await?;
        let mut outcome = Ok(Some(0));
        for _ in 0..LETTERS {
            if self.is_paused.get() {
                outcome = Ok(None);
                break;
            }
            let Some(recipient) = self.next()? else {
                self.set(State::Done)?;
                outcome = Ok(None);
                break;
            };
            if let Err(error) = self.send_to(&desk, &mut post, &recipient).await? {
                self.note(Some(&error))?;
                // The connection may be in any state by now.
                outcome = Ok(Some(BACK_OFF));
                break;
            }
        }
        post.close().await;
        outcome
    }

    fn next(&self) -> Result<Option<Recipient>> {
        let text = "SELECT email, reference FROM recipients WHERE state = 0 ORDER BY attempts, email LIMIT 1";
        let rows = self.sql()?.run(text, &[])?;
        Ok(rows.into_iter().next().map(|mut row| Recipient { email: row.text(0), reference: row.text(1) }))
    }

    /// Sends one letter, and marks what became of it.
    async fn send_to(
        &self,
        desk: &Desk,
        post: &mut Post,
        recipient: &Recipient,
    ) -> Result<core::result::Result<(), String>> {
        let Recipient { email, .. } = recipient;
        let letter = if updates::is_unsubscribed(&desk.database, &desk.store, email).await? {
            None
        } else {
            desk.letter(&self.env, recipient)?
        };
        let Some(letter) = letter else {
            self.mark(email, 3)?;
            return Ok(Ok(()));
        };
        let sent = post.send(&letter).await;
        match &sent {
            Ok(()) => self.mark(email, 1)?,
            Err(_) => {
                let text = "UPDATE recipients SET attempts = attempts + 1, state = iif(attempts + 1 >= ?2, 2, 0) \
                            WHERE email = ?1";
                self.sql()?.run(text, &[email.into(), ATTEMPTS.into()])?;
            }
        }
        Ok(sent)
    }

    fn mark(&self, email: &str, state: i64) -> Result<()> {
        let values = [email.into(), Value::Integer(state)];
        self.sql()?.run("UPDATE recipients SET state = ?2 WHERE email = ?1", &values).map(drop)
    }
}

impl Desk {
    async fn open(env: &Env, store: StoreId, id: String) -> Result<Self> {
        let database = store::open(env)?;
        let row = updates::find(&database, &store, &id).await?.ok_or("the update is gone")?;
        let settings = mail_settings::find(&database, &store).await?;
        let settings = settings.ok_or("the store has not said how it writes")?;
        let name = store::snapshots::current(&database, &store).await?.and_then(|current| current.name);
        let update = Update { subject: row.subject, body: row.body };
        Ok(Self { database, store, update, settings, name, id })
    }

    /// The letter to a buyer; nothing where their address can't be one.
    fn letter(&self, env: &Env, recipient: &Recipient) -> Result<Option<Letter>> {
        let Ok(to) = Mailbox::new(None, &recipient.email) else { return Ok(None) };
        let keyring = signing::keyring(env).map_err(|_| "the signing keys are not set up")?;
        let reference = &recipient.reference;
        let link = self.settings.order_url(&mail_settings::link(&keyring, &self.store, reference));
        let token = Unsubscribe { store: self.store.to_string(), order: reference.clone() }.seal(&keyring);
        let leave = format!("{}/u/{token}", public_url(env)?);
        let shop = self.settings.shop(self.name.as_deref());
        let content = self.update.content(&shop, None, &link, &leave);
        // The same for the same buyer, whenever it is sent.
        let hash = seal::hash(&format!("{}/{}/{}", self.store, self.id, recipient.email));
        let id = format!("upd_{}", hash.get(..32).unwrap_or_default());
        Ok(Some(Letter { unsubscribe: Some(leave), ..Letter::new(id, &shop, to, content) }))
    }
}

fn state_named(name: &str) -> State {
    match name {
        "gathering" => State::Gathering,
        "sending" => State::Sending,
        "paused" => State::Paused,
        "done" => State::Done,
        _ => State::Draft,
    }
}
