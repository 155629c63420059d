//! One update on its way to past buyers: an object each, so that it waits for nothing and nothing waits for it.
//!
//! What is to be done is its [`Course`]; here it is done. It needs the room of one page, whatever the audience, and a pause binds
//! after the letter in flight.

use std::cell::{Cell, OnceCell};

use worker::{D1Database, DurableObject, Env, Request, Response, Result, State as Context, durable_object};

use super::{sqlite::Sqlite, storage::Storage};
use crate::{
    campaign::{
        Ask, State,
        course::{Course, Recipient, Settled, Step},
    },
    clock,
    mail::{Post, Refusal},
    store::{self, updates},
    store_id::StoreId,
    update_letters::Desk,
};

/// How many buyers are written down at once.
const PAGE: i64 = 500;

/// How many letters go by one connection; before the first it is asked who wants no more.
const LETTERS: i64 = 100;

/// How many steps are taken in one alarm: fewer than a thousand calls to elsewhere in all.
const STEPS: usize = 5;

/// How long after an alarm that failed it rings again, in milliseconds.
const BACK_OFF: i64 = 15_000;

/// The object.
#[durable_object(alarm)]
pub struct Campaign {
    storage: Storage,
    env: Env,
    course: OnceCell<Course<Sqlite>>,
    /// While its alarm rings, which sees to what is due then.
    is_ringing: Cell<bool>,
}

impl DurableObject for Campaign {
    fn new(state: Context, env: Env) -> Self {
        let storage = Storage::of(&state);
        Self { storage, env, course: OnceCell::new(), is_ringing: Cell::new(false) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let (ask, course) = (request.json().await?, self.course()?);
        match ask {
            Ask::Send { store, update } => {
                course.begin(&store, &update)?;
                self.schedule()?;
            }
            Ask::Pause => course.pause()?,
            Ask::Progress => {}
        }
        Response::from_json(&course.progress()?)
    }

    async fn alarm(&self) -> Result<Response> {
        self.is_ringing.set(true);
        let outcome = self.go_on().await;
        self.is_ringing.set(false);
        match outcome {
            Ok(()) => self.schedule()?,
            Err(error) => {
                worker::console_error!("an update could not go on: {error}");
                self.storage.ring_at(clock::now().millis().saturating_add(BACK_OFF));
                self.course()?.rest(clock::now(), &error.to_string())?;
            }
        }
        Response::empty()
    }
}

impl Campaign {
    fn course(&self) -> Result<&Course<Sqlite>> {
        if let Some(course) = self.course.get() {
            return Ok(course);
        }
        let course = Course::open(Sqlite::of(&self.storage))?;
        Ok(self.course.get_or_init(|| course))
    }

    /// Sets the alarm for what is to be done next.
    fn schedule(&self) -> Result<()> {
        if self.is_ringing.get() {
            return Ok(());
        }
        if let Some(due) = self.course()?.next_due()? {
            self.storage.ring_at(due.millis().max(clock::now().millis()));
        }
        Ok(())
    }

    /// Does what is due.
    async fn go_on(&self) -> Result<()> {
        let course = self.course()?;
        let Some((store, id)) = course.whose()? else { return Ok(()) };
        let (database, store) = (store::open(&self.env)?, StoreId::kept(store));
        let row = updates::find(&database, &store, &id).await?.ok_or("the update is gone")?;
        let work = Work { env: &self.env, storage: &self.storage, database, course, store, row };
        for _ in 0..STEPS {
            match course.step(clock::now())? {
                Step::Gather { after } => work.gather(&after).await?,
                Step::Write => work.write().await?,
                Step::Rest => break,
            }
        }
        work.end().await
    }
}

/// What one alarm works with.
struct Work<'a> {
    env: &'a Env,
    storage: &'a Storage,
    database: D1Database,
    course: &'a Course<Sqlite>,
    store: StoreId,
    row: updates::Row,
}

impl Work<'_> {
    /// Writes down how it ended, once it has: from then on nobody needs to ask here.
    async fn end(&self) -> Result<()> {
        let progress = self.course.progress()?;
        if progress.state != State::Done || self.row.progress.is_some() {
            return Ok(());
        }
        self.storage.written().await?;
        updates::over(&self.database, &self.store, &self.row.id, &serde_json::to_string(&progress)?).await
    }

    /// Writes a page of the audience down.
    async fn gather(&self, after: &str) -> Result<()> {
        let page = updates::buyers(&self.database, &self.store, &self.row.skus, after, PAGE).await?;
        self.course.gather(&page, i64::try_from(page.len()).unwrap_or(PAGE) < PAGE)
    }

    /// Sends letters by one connection.
    async fn write(&self) -> Result<()> {
        let recipients = self.course.recipients(clock::now(), LETTERS)?;
        let emails: Vec<_> = recipients.iter().map(|recipient| recipient.email.as_str()).collect();
        let left = updates::unsubscribed(&self.database, &self.store, &emails).await?;
        let (desk, mut post) = match self.open(&recipients).await {
            Ok(open) => open,
            Err(error) => {
                worker::console_warn!("letters of an update could not be sent: {error}");
                return self.course.rest(clock::now(), &error);
            }
        };
        for recipient in &recipients {
            let is_left = left.contains(&recipient.email);
            // After a letter that failed, the connection may be in any state.
            if !self.course.may_write()? || !self.settle(&desk, &mut post, recipient, is_left).await? {
                break;
            }
        }
        post.close().await;
        Ok(())
    }

    async fn open(&self, recipients: &[Recipient]) -> core::result::Result<(Desk, Post), String> {
        let desk = Desk::open(self.env, &self.database, &self.store, self.row.clone(), recipients).await?;
        Ok((desk, Post::open(self.env).await?))
    }

    /// Sends a letter, where there is one to send, and marks what became of it; false where it was not taken.
    async fn settle(
        &self,
        desk: &Desk,
        post: &mut Post,
        recipient: &Recipient,
        is_left: bool,
    ) -> Result<bool> {
        if is_left {
            self.course.settle(recipient, Settled::Unsubscribed)?;
            return Ok(true);
        }
        let Some(letter) = desk.letter(recipient) else {
            self.course.settle(recipient, Settled::Failed)?;
            return Ok(true);
        };
        if let Err(refusal) = post.send(&letter).await {
            worker::console_warn!("{} of an update could not be sent: {refusal}", letter.id);
            match &refusal {
                Refusal::ForNow(reason) => self.course.fail(recipient, clock::now(), reason)?,
                Refusal::ForGood(reason) => self.course.refuse(recipient, clock::now(), reason)?,
            }
            return Ok(false);
        }
        self.course.settle(recipient, Settled::Sent)?;
        // Before the next one goes: a crash repeats this one at most.
        self.storage.written().await?;
        Ok(true)
    }
}
