//! Orders that were paid elsewhere, or before the shop came here: they earn offers like any other.

use pricing::model::Instant;

use crate::{
    ledger::Ledger,
    message::{Conflict, Outcome, Past},
    order::{Kept, Order, Status},
    outbox::EventKind,
    sql::Sql,
};

impl<S: Sql> Ledger<S> {
    /// Keeps an order that was paid elsewhere. From here on it is an order like any: it can be refunded and cancelled.
    pub(crate) fn record_past(&self, past: &Past, now: Instant) -> Result<Outcome, S::Error> {
        if let Some(kept) = self.kept(&past.reference)? {
            let is_repeated = kept.fingerprint == past.fingerprint;
            let order = Outcome::Order(Box::new(kept.order));
            return Ok(if is_repeated { order } else { Outcome::Conflict(Conflict::OrderExists) });
        }
        let order = Order {
            reference: past.reference.clone(),
            status: Status::Committed,
            revision: 0,
            customer: past.customer.clone(),
            currency: past.currency.clone(),
            total: past.total,
            refunded: 0,
            reserved_at: past.paid_at,
            expires_at: past.paid_at,
            committed_at: Some(past.paid_at),
            closed_at: None,
            uses: Vec::new(),
            body: past.body.clone(),
        };
        let kept = Kept { order, fingerprint: past.fingerprint.clone(), quote: None };
        self.change(kept, EventKind::Committed, now)
    }
}
