//! What the ledger tells the outside: each change of an order, at least once, in order, with an id that never changes.
//!
//! An event is written in the transaction that changes the order, so none is lost and none is made up. It is first
//! written to the merchant's database; then it becomes one delivery for each webhook, with its body, so that a delivery
//! that is repeated has the same id and the same bytes.

use pricing::model::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    ledger::Ledger,
    message::{Conflict, Outcome},
    order::Order,
    sql::{Row, Sql},
};

/// How long after each failure a delivery is tried again, in seconds, as Standard Webhooks advises. After the last it is
/// dead.
const BACK_OFF: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// What happened to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// It was reserved, or its reservation changed.
    #[serde(rename = "order.reserved")]
    Reserved,
    /// It was paid.
    #[serde(rename = "order.committed")]
    Committed,
    /// It came to nothing: released, expired or cancelled.
    #[serde(rename = "order.released")]
    Released,
    /// Money was given back, all of it or some.
    #[serde(rename = "order.refunded")]
    Refunded,
}

impl EventKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Reserved, Self::Committed, Self::Released, Self::Refunded];

    /// Its name, in SQL, JSON and webhooks alike.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "order.reserved",
            Self::Committed => "order.committed",
            Self::Released => "order.released",
            Self::Refunded => "order.refunded",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(Self::Reserved)
    }
}

/// A change of an order that is still to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: i64,
    /// The id by which receivers know it.
    pub message: String,
    /// What happened.
    pub kind: EventKind,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The order as it was then.
    pub order: Order,
}

/// What is to be sent that is about no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// What it tells of.
    pub kind: String,
    /// What it is about; with the moment it makes the id by which receivers know it.
    pub subject: String,
    /// When that happened, in milliseconds since 1970.
    pub at: i64,
    /// The ids of the webhooks that it is sent to.
    pub endpoints: Vec<String>,
    /// What is sent.
    pub body: String,
}

/// A delivery to be made of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fanned {
    /// The number of the event.
    pub event: i64,
    /// The webhook's id, or which mail it is.
    pub endpoint: String,
    /// What is sent.
    pub body: String,
    /// What it tells of, where the event has brought about something of its own to tell.
    pub kind: Option<&'static str>,
}

/// Something to be sent: to a webhook, or by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// The id by which the receiver knows it.
    pub message: String,
    /// The webhook's id, or which mail it is.
    pub endpoint: String,
    /// What is sent.
    pub body: String,
}

/// A delivery that waits, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pending {
    /// Its number.
    pub id: i64,
    /// The id by which the receiver knows it.
    pub message: String,
    /// The webhook's id, or which mail it is.
    pub endpoint: String,
    /// The event's name.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u64,
    /// When it is tried next, in milliseconds since 1970.
    pub due_at: i64,
    /// When it was given up.
    pub dead_at: Option<i64>,
    /// What went wrong the last time.
    pub error: Option<String>,
}

/// A part of what waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// What comes after this place; from the head where there is none.
    pub after: Option<Place>,
    /// At most so many.
    pub most: u32,
}

/// Where a delivery stands: dead ones come first, then the oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Whether it is still tried.
    pub lives: bool,
    /// Its number.
    pub id: i64,
}

impl Pending {
    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place { lives: self.dead_at.is_none(), id: self.id }
    }
}

impl<S: Sql> Ledger<S> {
    /// Writes down what happened to an order.
    pub(crate) fn tell(&self, order: &Order, kind: EventKind, now: Instant) -> Result<(), S::Error> {
        let body = serde_json::to_string(order).unwrap_or_default();
        self.sql.write(
            "INSERT INTO events (message, kind, at, body, due_at) VALUES (?1, ?2, ?3, ?4, ?3)",
            &[
                (&message(&self.store, order, kind)).into(),
                kind.name().into(),
                now.millis().into(),
                (&body).into(),
            ],
        )?;
        Ok(())
    }

    /// Events to be told now, the oldest first, at most `most`, and of no more bytes in all than `most_bytes` where it is
    /// not one alone. One that was postponed keeps those behind it: nobody is told that an order is paid before they are
    /// told that there is one.
    ///
    /// # Errors
    /// The database fails.
    pub fn events(&self, now: Instant, most: u32, most_bytes: u32) -> Result<Vec<Event>, S::Error> {
        let text = "SELECT id, message, kind, at, body FROM (\
                      SELECT id, message, kind, at, body, bytes, sum(bytes) OVER (ORDER BY id) AS bytes_so_far FROM (\
                        SELECT id, message, kind, at, body, length(CAST(body AS BLOB)) AS bytes FROM events \
                        WHERE (SELECT due_at FROM events ORDER BY id LIMIT 1) <= ?1 ORDER BY id LIMIT ?2)) \
                    WHERE bytes_so_far <= ?3 OR bytes_so_far = bytes ORDER BY id";
        let values = [now.millis().into(), i64::from(most).into(), i64::from(most_bytes).into()];
        let rows = self.sql.run(text, &values)?;
        Ok(rows.into_iter().filter_map(event).collect())
    }

    /// Events, the oldest among them, could not be told: they are tried again later, for as long as it takes.
    ///
    /// # Errors
    /// The database fails.
    pub fn postpone(&self, events: &[i64], now: Instant) -> Result<(), S::Error> {
        let due_at = now.millis().saturating_add(BACK_OFF[0].saturating_mul(1000));
        let text = "UPDATE events SET attempts = attempts + 1, due_at = ?2 \
                    WHERE id IN (SELECT value FROM json_each(?1))";
        self.sql.write(text, &[(&list(events)).into(), due_at.into()])?;
        Ok(())
    }

    /// Events were told: they go away, and become deliveries.
    ///
    /// # Errors
    /// The database fails; then all is as it was.
    pub fn fan_out(&self, events: &[i64], deliveries: &[Fanned], now: Instant) -> Result<(), S::Error> {
        self.sql.transaction(|| {
            for Fanned { event, endpoint, body, kind } in deliveries {
                self.sql.write(
                    "INSERT INTO deliveries (message, endpoint, kind, at, body, due_at) \
                     SELECT message || coalesce('_' || replace(?5, '.', '_'), ''), ?2, coalesce(?5, kind), at, ?3, ?4 \
                     FROM events WHERE id = ?1 ON CONFLICT (message, endpoint) DO NOTHING",
                    &[
                        (*event).into(),
                        endpoint.into(),
                        body.into(),
                        now.millis().into(),
                        (*kind).into(),
                    ],
                )?;
            }
            self.sql.write(
                "DELETE FROM events WHERE id IN (SELECT value FROM json_each(?1))",
                &[(&list(events)).into()],
            )?;
            Ok(())
        })
    }

    /// Writes down what is to be sent; said again, it is sent once.
    pub(crate) fn announce(&self, told: &Announcement, now: Instant) -> Result<Outcome, S::Error> {
        let Announcement { kind, subject, at, endpoints, body } = told;
        let message = named(&format!("{}\n{kind}\n{subject}\n{at}", self.store));
        let endpoints = serde_json::to_string(endpoints).unwrap_or_default();
        self.sql.write(
            "INSERT INTO deliveries (message, endpoint, kind, at, body, due_at) \
             SELECT ?1, value, ?3, ?4, ?5, ?6 FROM json_each(?2) WHERE true \
             ON CONFLICT (message, endpoint) DO NOTHING",
            &[
                (&message).into(),
                (&endpoints).into(),
                kind.into(),
                (*at).into(),
                body.into(),
                now.millis().into(),
            ],
        )?;
        Ok(Outcome::Done)
    }

    /// Deliveries to be made now, the oldest first, at most `most`.
    ///
    /// # Errors
    /// The database fails.
    pub fn deliveries(&self, now: Instant, most: u32) -> Result<Vec<Delivery>, S::Error> {
        let text = "SELECT id, message, endpoint, body FROM deliveries WHERE dead_at IS NULL AND due_at <= ?1 \
                    ORDER BY id LIMIT ?2";
        let rows = self.sql.run(text, &[now.millis().into(), i64::from(most).into()])?;
        Ok(rows.into_iter().map(delivery).collect())
    }

    /// A delivery has arrived, or its webhook is gone.
    ///
    /// # Errors
    /// The database fails.
    pub fn delivered(&self, id: i64) -> Result<(), S::Error> {
        self.sql.write("DELETE FROM deliveries WHERE id = ?1", &[id.into()])?;
        Ok(())
    }

    /// A delivery has failed: it is tried again later, or given up. `error` says why, to people.
    ///
    /// # Errors
    /// The database fails.
    pub fn failed(&self, id: i64, now: Instant, error: &str) -> Result<(), S::Error> {
        let rows = self.sql.run("SELECT attempts FROM deliveries WHERE id = ?1", &[id.into()])?;
        let Some(attempts) = rows.first().map(|row| row.integer(0)) else { return Ok(()) };
        let wait = usize::try_from(attempts).ok().and_then(|attempts| BACK_OFF.get(attempts));
        let due_at = now.millis().saturating_add(wait.copied().unwrap_or_default().saturating_mul(1000));
        let dead_at = wait.is_none().then_some(now.millis());
        self.sql.write(
            "UPDATE deliveries SET attempts = attempts + 1, due_at = ?2, dead_at = ?3, error = ?4 WHERE id = ?1",
            &[id.into(), due_at.into(), dead_at.into(), error.into()],
        )?;
        Ok(())
    }

    /// A delivery was refused for good: it is given up at once. `error` says why, to people.
    ///
    /// # Errors
    /// The database fails.
    pub fn refused(&self, id: i64, now: Instant, error: &str) -> Result<(), S::Error> {
        self.sql.run(
            "UPDATE deliveries SET attempts = attempts + 1, dead_at = ?2, error = ?3 WHERE id = ?1",
            &[id.into(), now.millis().into(), error.into()],
        )?;
        Ok(())
    }

    /// A page of what waits.
    pub(crate) fn pending(&self, page: &Page) -> Result<Outcome, S::Error> {
        let (lives, id) = page.after.map_or((-1, 0), |place| (i64::from(place.lives), place.id));
        let rows = self.sql.run(
            "SELECT id, message, endpoint, kind, attempts, due_at, dead_at, error FROM deliveries \
             WHERE (dead_at IS NULL) > ?1 OR (dead_at IS NULL) = ?1 AND id > ?2 \
             ORDER BY dead_at IS NULL, id LIMIT ?3",
            &[lives.into(), id.into(), i64::from(page.most).into()],
        )?;
        Ok(Outcome::Outbox(rows.into_iter().map(pending).collect()))
    }

    /// Tries a delivery again, as if it were new.
    pub(crate) fn retry(&self, id: i64, now: Instant) -> Result<Outcome, S::Error> {
        let text =
            "UPDATE deliveries SET attempts = 0, due_at = ?2, dead_at = NULL WHERE id = ?1 RETURNING id";
        let rows = self.sql.run(text, &[id.into(), now.millis().into()])?;
        Ok(if rows.is_empty() { Outcome::Conflict(Conflict::Unknown) } else { Outcome::Done })
    }
}

/// The same for the same change of the same order of the same store, whenever and wherever it is made. Two stores have
/// orders of one name, and may have one receiver: it must not take the second order for the first one's repeat.
fn message(store: &str, order: &Order, kind: EventKind) -> String {
    named(&format!("{store}\n{}\n{}\n{}", order.reference, order.revision, kind.name()))
}

fn named(change: &str) -> String {
    let hash = Sha256::digest(change);
    let half = hash.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    format!("msg_{half:032x}")
}

fn list(ids: &[i64]) -> String {
    serde_json::to_string(ids).unwrap_or_default()
}

fn event(mut row: Row) -> Option<Event> {
    Some(Event {
        id: row.integer(0),
        message: row.text(1),
        kind: EventKind::named(&row.text(2)),
        at: row.integer(3),
        order: serde_json::from_str(&row.text(4)).ok()?,
    })
}

fn delivery(mut row: Row) -> Delivery {
    Delivery { id: row.integer(0), message: row.text(1), endpoint: row.text(2), body: row.text(3) }
}

fn pending(mut row: Row) -> Pending {
    Pending {
        id: row.integer(0),
        message: row.text(1),
        endpoint: row.text(2),
        kind: row.text(3),
        attempts: row.count(4),
        due_at: row.integer(5),
        dead_at: row.optional_integer(6),
        error: row.optional_text(7),
    }
}
