//! The ledger itself: commands in, outcomes out, in one transaction.

use pricing::model::Instant;

use crate::{
    message::{Command, Conflict, Outcome},
    order::Kept,
    outbox::EventKind,
    schema,
    sql::Sql,
};

/// The ledger of one store.
#[derive(Debug)]
pub struct Ledger<S: Sql> {
    pub(crate) sql: S,
    pub(crate) store: String,
}

impl<S: Sql> Ledger<S> {
    /// The ledger of the store called `store`, in a database whose tables are made or brought to the present version. The
    /// name is part of what the ledger tells: no two stores of a deployment have the same.
    ///
    /// # Errors
    /// The database fails.
    pub fn open(sql: S, store: String) -> Result<Self, S::Error> {
        schema::prepare(&sql)?;
        Ok(Self { sql, store })
    }

    /// Carries out commands in their order, in one transaction; an outcome for each.
    ///
    /// Nothing is waited for between the first and the last, so that commands of many callers are decided one after the
    /// other, each as if it were alone. Each decides before it writes: what is refused leaves nothing behind. Reservations
    /// whose time is over are given back first, so that a use is there for the very next order.
    ///
    /// # Errors
    /// The database fails; then none of the commands has happened.
    pub fn carry_out(&self, commands: &[Command], now: Instant) -> Result<Vec<Outcome>, S::Error> {
        self.sql.transaction(|| {
            self.expire(now)?;
            commands.iter().map(|command| self.once(command, now)).collect()
        })
    }

    /// Carries out a command unless its key says that it was before.
    fn once(&self, command: &Command, now: Instant) -> Result<Outcome, S::Error> {
        let Some(idempotency) = command.idempotency() else { return self.decide(command, now) };
        if let Some(outcome) = self.recorded(idempotency, now)? {
            return Ok(outcome);
        }
        let outcome = self.decide(command, now)?;
        // To recall is to ask, not to do.
        if outcome.is_final() && !matches!(command, Command::Recall { .. }) {
            self.record(idempotency, &outcome, now)?;
        }
        Ok(outcome)
    }

    fn decide(&self, command: &Command, now: Instant) -> Result<Outcome, S::Error> {
        match command {
            Command::Reserve(reserve) => self.reserve(reserve, now),
            Command::Recall { reference, fingerprint, .. } => self.recall(reference, fingerprint),
            Command::Get { reference } => self.get(reference),
            Command::Commit { reference, total, .. } => self.commit(reference, *total, now),
            Command::Release(release) => self.release(release, now),
            Command::Refund(refund) => self.refund(refund, now),
            Command::Extend { reference, .. } => self.extend(reference, now),
            Command::Counts => self.counts(),
            Command::CustomerCounts { customer } => self.customer_counts(customer),
            Command::Switch { discount, stopped } => self.switch(discount, *stopped),
            Command::Grants { grants } => self.grants(grants),
            Command::Record(past) => self.record_past(past, now),
            Command::AskLink { id, email, .. } => self.ask_link(id, email, now),
            Command::AskAgain { id, anew } => self.ask_again(id, anew, now),
            Command::Confirm { id, .. } => self.confirm(id, now),
            Command::Look { id } => self.look(id, now),
            Command::Announce(announcement) => self.announce(announcement, now),
            Command::Outbox(page) => self.pending(page),
            Command::Retry { id } => self.retry(*id, now),
        }
    }

    fn get(&self, reference: &str) -> Result<Outcome, S::Error> {
        Ok(match self.kept(reference)? {
            Some(kept) => Outcome::Order(Box::new(kept.order)),
            None => Outcome::Conflict(Conflict::Unknown),
        })
    }

    /// Writes what an order has become, and the event that tells of it.
    pub(crate) fn change(&self, mut kept: Kept, kind: EventKind, now: Instant) -> Result<Outcome, S::Error> {
        kept.order.revision = kept.order.revision.saturating_add(1);
        self.write(&kept)?;
        self.tell(&kept.order, kind, now)?;
        Ok(Outcome::Order(Box::new(kept.order)))
    }
}
