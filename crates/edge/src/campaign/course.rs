//! The course of a campaign, as plain Rust over SQL, so that what it promises is tested natively.
//!
//! First the audience is written down, page by page, each address once; then letters go out one after the other. Who was written
//! to is taken off the list before the next letter goes, so that a crash repeats at most the one that was in flight. In the end
//! the list is empty: what stays of an audience is how many there were.

use ledger::{Row, Sql, Value};
use pricing::model::Instant;

use super::{Progress, State};
use crate::store::updates::Buyer;

/// How long a letter that failed waits to be tried again, in milliseconds; after the last time it is given up.
const PATIENCE_MILLIS: [i64; 4] = [60_000, 300_000, 1_500_000, 7_500_000];

/// The longest time that a campaign rests when letters fail one after the other, in milliseconds.
const LONGEST_REST_MILLIS: i64 = 600_000;

/// How long the first rest is, in milliseconds; each is twice as long as the one before.
const FIRST_REST_MILLIS: i64 = 2_000;

/// How many letters in a row may be refused for good before the campaign rests after each: then it is not the addresses that
/// are wrong, and nobody is to be given up for it in haste.
const REFUSALS_IN_A_ROW: i64 = 10;

const SCHEMA: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS campaign (
       one INTEGER PRIMARY KEY CHECK (one = 1),
       store TEXT NOT NULL,
       id TEXT NOT NULL,
       stage TEXT NOT NULL DEFAULT 'gathering',
       paused INTEGER NOT NULL DEFAULT 0,
       gathered TEXT NOT NULL DEFAULT '',
       audience INTEGER NOT NULL DEFAULT 0,
       sent INTEGER NOT NULL DEFAULT 0,
       failed INTEGER NOT NULL DEFAULT 0,
       unsubscribed INTEGER NOT NULL DEFAULT 0,
       failures INTEGER NOT NULL DEFAULT 0,
       due_at INTEGER NOT NULL DEFAULT 0,
       error TEXT
     ) STRICT",
    "CREATE TABLE IF NOT EXISTS recipients (
       number INTEGER PRIMARY KEY,
       email TEXT NOT NULL UNIQUE,
       reference TEXT NOT NULL,
       attempts INTEGER NOT NULL DEFAULT 0,
       due_at INTEGER NOT NULL DEFAULT 0
     ) STRICT",
    "CREATE INDEX IF NOT EXISTS recipients_due ON recipients (due_at, number)",
];

/// Someone who is still to be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipient {
    number: i64,
    pub(crate) email: String,
    pub(crate) reference: String,
    attempts: i64,
}

/// What a campaign is to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To write down more of its audience: from after this address on.
    Gather { after: String },
    /// To send letters.
    Write,
    /// Nothing, now.
    Rest,
}

/// What became of a recipient in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    Sent,
    Failed,
    Unsubscribed,
}

/// The course of a campaign.
#[derive(Debug)]
pub(crate) struct Course<S>(S);

impl<S: Sql> Course<S> {
    /// What a database has of it.
    ///
    /// # Errors
    /// The database fails, here as everywhere below.
    pub(crate) fn open(sql: S) -> Result<Self, S::Error> {
        for statement in SCHEMA {
            sql.run(statement, &[])?;
        }
        Ok(Self(sql))
    }

    /// Begins, or goes on at once, whatever it waited for. Of one that is done there is nothing to send: whoever bought since
    /// then is not of its audience.
    pub(crate) fn begin(&self, store: &str, update: &str) -> Result<(), S::Error> {
        self.0.transaction(|| {
            let text = "INSERT INTO campaign (one, store, id) VALUES (1, ?1, ?2) \
                        ON CONFLICT (one) DO UPDATE SET paused = 0, failures = 0, due_at = 0";
            self.0.run(text, &[store.into(), update.into()])?;
            self.0.run("UPDATE recipients SET due_at = 0", &[]).map(drop)
        })
    }

    /// Lets no letter go after the one that is in flight.
    pub(crate) fn pause(&self) -> Result<(), S::Error> {
        self.0.run("UPDATE campaign SET paused = 1", &[]).map(drop)
    }

    /// Which store's update it is; nothing before it begins.
    pub(crate) fn whose(&self) -> Result<Option<(String, String)>, S::Error> {
        Ok(self.one("SELECT store, id FROM campaign", &[])?.map(|mut row| (row.text(0), row.text(1))))
    }

    /// What it is to do now.
    pub(crate) fn step(&self, now: Instant) -> Result<Step, S::Error> {
        let text = "SELECT stage, gathered, EXISTS (SELECT 1 FROM recipients WHERE due_at <= ?1) FROM campaign \
                    WHERE paused = 0 AND due_at <= ?1";
        let Some(mut row) = self.one(text, &[now.millis().into()])? else { return Ok(Step::Rest) };
        Ok(match (row.text(0).as_str(), row.integer(2)) {
            ("gathering", _) => Step::Gather { after: row.text(1) },
            ("sending", 1) => Step::Write,
            _ => Step::Rest,
        })
    }

    /// When it is to do something; nothing where it is paused or over.
    pub(crate) fn next_due(&self) -> Result<Option<Instant>, S::Error> {
        let text = "SELECT max(due_at, iif(stage = 'gathering', 0, \
                    (SELECT due_at FROM recipients ORDER BY due_at LIMIT 1))) FROM campaign \
                    WHERE paused = 0 AND stage <> 'done'";
        let row = self.one(text, &[])?;
        Ok(row.and_then(|row| row.optional_integer(0)).map(Instant::from_millis))
    }

    /// Takes in a page of the audience, of which the last one `is_last`.
    pub(crate) fn gather(&self, page: &[Buyer], is_last: bool) -> Result<(), S::Error> {
        self.0.transaction(|| {
            let text = "INSERT OR IGNORE INTO recipients (email, reference) VALUES (?1, ?2)";
            for Buyer { email, reference } in page {
                self.0.run(text, &[email.into(), reference.into()])?;
            }
            let text = "UPDATE campaign SET gathered = coalesce(?1, gathered), failures = 0, error = NULL, \
                        audience = (SELECT count(*) FROM recipients), stage = iif(?2 = 0, stage, \
                        iif(EXISTS (SELECT 1 FROM recipients), 'sending', 'done'))";
            let last = page.last().map(|buyer| &buyer.email);
            self.0.run(text, &[last.into(), i64::from(is_last).into()]).map(drop)
        })
    }

    /// Those who are to be written to now, at most `most`.
    pub(crate) fn recipients(&self, now: Instant, most: i64) -> Result<Vec<Recipient>, S::Error> {
        let text = "SELECT number, email, reference, attempts FROM recipients WHERE due_at <= ?1 \
                    ORDER BY due_at, number LIMIT ?2";
        let rows = self.0.run(text, &[now.millis().into(), most.into()])?;
        let recipient = |mut row: Row| Recipient {
            number: row.integer(0),
            email: row.text(1),
            reference: row.text(2),
            attempts: row.integer(3),
        };
        Ok(rows.into_iter().map(recipient).collect())
    }

    /// Whether the next letter may go: nobody has paused it.
    pub(crate) fn may_write(&self) -> Result<bool, S::Error> {
        Ok(self.one("SELECT 1 FROM campaign WHERE paused = 0", &[])?.is_some())
    }

    /// Takes a recipient off the list, for good.
    pub(crate) fn settle(&self, recipient: &Recipient, settled: Settled) -> Result<(), S::Error> {
        let is = |one: Settled| Value::from(i64::from(settled == one));
        self.0.transaction(|| {
            self.0.run("DELETE FROM recipients WHERE number = ?1", &[recipient.number.into()])?;
            let text = "UPDATE campaign SET sent = sent + ?1, failed = failed + ?2, \
                        unsubscribed = unsubscribed + ?3, failures = iif(?1, 0, failures), \
                        error = iif(?1, NULL, error), \
                        stage = iif(EXISTS (SELECT 1 FROM recipients), stage, 'done')";
            let counts = [Settled::Sent, Settled::Failed, Settled::Unsubscribed].map(is);
            self.0.run(text, &counts).map(drop)
        })
    }

    /// Lets a letter wait that was not taken, or gives it up after so many times; then the campaign rests.
    pub(crate) fn fail(&self, recipient: &Recipient, now: Instant, error: &str) -> Result<(), S::Error> {
        let patience = usize::try_from(recipient.attempts).ok().and_then(|tried| PATIENCE_MILLIS.get(tried));
        match patience {
            Some(patience) => {
                let text = "UPDATE recipients SET attempts = attempts + 1, due_at = ?2 WHERE number = ?1";
                let due = now.millis().saturating_add(*patience);
                self.0.run(text, &[recipient.number.into(), due.into()])?;
            }
            None => self.settle(recipient, Settled::Failed)?,
        }
        self.rest(now, error)
    }

    /// Takes a recipient off the list whose letter is never taken, and goes on.
    pub(crate) fn refuse(&self, recipient: &Recipient, now: Instant, error: &str) -> Result<(), S::Error> {
        self.settle(recipient, Settled::Failed)?;
        let text = "UPDATE campaign SET error = ?1, failures = failures + 1 RETURNING failures";
        let in_a_row = self.one(text, &[error.into()])?.map_or(0, |row| row.integer(0));
        if in_a_row < REFUSALS_IN_A_ROW { Ok(()) } else { self.rest(now, error) }
    }

    /// Lets the campaign wait a while, the longer the more often: its letters can't go.
    pub(crate) fn rest(&self, now: Instant, error: &str) -> Result<(), S::Error> {
        let text = "UPDATE campaign SET error = ?2, failures = failures + 1, \
                    due_at = ?1 + min(?3 << min(failures, 20), ?4)";
        let values =
            [now.millis().into(), error.into(), FIRST_REST_MILLIS.into(), LONGEST_REST_MILLIS.into()];
        self.0.run(text, &values).map(drop)
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Result<Progress, S::Error> {
        let text = "SELECT iif(paused AND stage <> 'done', 'paused', stage), audience, sent, failed, \
                    unsubscribed, error FROM campaign";
        Ok(self.one(text, &[])?.map(progress).unwrap_or_default())
    }

    fn one(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Option<Row>, S::Error> {
        Ok(self.0.run(statement, values)?.into_iter().next())
    }
}

fn progress(mut row: Row) -> Progress {
    let [audience, sent, failed, unsubscribed] = [1, 2, 3, 4].map(|column| row.count(column));
    let state = State::named(&row.text(0));
    Progress { state, audience, sent, failed, unsubscribed, error: row.optional_text(5) }
}

#[cfg(test)]
mod tests;
