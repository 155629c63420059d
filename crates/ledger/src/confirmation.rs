//! Links by which a visitor shows that an e-mail address is theirs.
//!
//! Asking for one writes the same rows whoever asks: whether the address is a buyer's is looked up when the mail is about
//! to be sent, where nobody can watch. A link is spent by the click that confirms it, once, and is too old after a day.

use pricing::model::Instant;
use serde_json::json;

use crate::{
    ledger::Ledger,
    message::{Conflict, Outcome},
    sql::Sql,
};

/// How long a link can be clicked, in milliseconds: a day.
pub const CONFIRMATION_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The name of the delivery that sends a link: its body is JSON of `id` and `email`.
pub const CONFIRMATION: &str = "mail/confirmation";

/// The most links that one address is sent in an hour, so that nobody's mailbox is filled by others.
const MOST_IN_AN_HOUR: u64 = 3;

const HOUR_MILLIS: i64 = 60 * 60 * 1000;

/// How long a link is remembered so that another can be sent in its place, in milliseconds: 30 days.
const REMEMBERED_MILLIS: i64 = 30 * CONFIRMATION_MILLIS;

impl<S: Sql> Ledger<S> {
    /// Writes down that a link is to be sent. Too many are answered alike, and not sent.
    pub(crate) fn ask_link(&self, id: &str, email: &str, now: Instant) -> Result<Outcome, S::Error> {
        let since = now.millis().saturating_sub(HOUR_MILLIS);
        let text = "SELECT count(*) FROM confirmations WHERE email = ?1 AND asked_at > ?2";
        let rows = self.sql.run(text, &[email.into(), since.into()])?;
        if rows.first().is_some_and(|row| row.count(0) >= MOST_IN_AN_HOUR) {
            return Ok(Outcome::Done);
        }
        self.sql.write(
            "INSERT INTO confirmations (id, email, asked_at) VALUES (?1, ?2, ?3)",
            &[id.into(), email.into(), now.millis().into()],
        )?;
        let body = json!({ "id": id, "email": email }).to_string();
        self.sql.write(
            "INSERT INTO deliveries (message, endpoint, kind, at, body, due_at) VALUES (?1, ?2, 'confirmation', ?3, ?4, ?3)",
            &[(&format!("msg_{id}")).into(), CONFIRMATION.into(), now.millis().into(), (&body).into()],
        )?;
        Ok(Outcome::Done)
    }

    /// Sends another link to where one was sent. What is no link is answered alike.
    pub(crate) fn ask_again(&self, id: &str, anew: &str, now: Instant) -> Result<Outcome, S::Error> {
        match self.link(id)? {
            Some((email, ..)) => self.ask_link(anew, &email, now),
            None => Ok(Outcome::Done),
        }
    }

    /// Spends a link: the first click has the address.
    pub(crate) fn confirm(&self, id: &str, now: Instant) -> Result<Outcome, S::Error> {
        let standing = self.look(id, now)?;
        if matches!(standing, Outcome::Confirmed(_)) {
            let text = "UPDATE confirmations SET spent_at = ?2 WHERE id = ?1";
            self.sql.write(text, &[id.into(), now.millis().into()])?;
        }
        Ok(standing)
    }

    /// What a click would get.
    pub(crate) fn look(&self, id: &str, now: Instant) -> Result<Outcome, S::Error> {
        Ok(match self.link(id)? {
            None => Outcome::Conflict(Conflict::Unknown),
            Some((_, _, true)) => Outcome::Conflict(Conflict::LinkSpent),
            Some((_, asked_at, _)) if now.millis() >= asked_at.saturating_add(CONFIRMATION_MILLIS) => {
                Outcome::Conflict(Conflict::LinkExpired)
            }
            Some((email, ..)) => Outcome::Confirmed(email),
        })
    }

    /// Forgets links that are long over.
    pub(crate) fn forget_links(&self, now: Instant) -> Result<(), S::Error> {
        let oldest = now.millis().saturating_sub(REMEMBERED_MILLIS);
        self.sql.write("DELETE FROM confirmations WHERE asked_at <= ?1", &[oldest.into()])?;
        Ok(())
    }

    /// A link's address, when it was asked for, and whether it is spent.
    fn link(&self, id: &str) -> Result<Option<(String, i64, bool)>, S::Error> {
        let text = "SELECT email, asked_at, spent_at FROM confirmations WHERE id = ?1";
        let rows = self.sql.run(text, &[id.into()])?;
        Ok(rows
            .into_iter()
            .next()
            .map(|mut row| (row.text(0), row.integer(1), row.optional_integer(2).is_some())))
    }
}
