//! Reserving an order: all of its discounts, or none.

use core::ops::ControlFlow;

use pricing::model::Instant;

use crate::{
    RESERVATION_MILLIS,
    ledger::Ledger,
    message::{Conflict, Outcome, Reserve},
    order::{Kept, Order, Status},
    outbox::EventKind,
    sql::Sql,
    uses::{Counted, Stops},
};

impl<S: Sql> Ledger<S> {
    /// The order that the same call made, as it stands.
    pub(crate) fn recall(&self, reference: &str, fingerprint: &str) -> Result<Outcome, S::Error> {
        Ok(match self.kept(reference)? {
            Some(kept) if kept.fingerprint == fingerprint => Outcome::Order(Box::new(kept.order)),
            _ => Outcome::Conflict(Conflict::Unknown),
        })
    }

    pub(crate) fn reserve(&self, wanted: &Reserve, now: Instant) -> Result<Outcome, S::Error> {
        let before = match next(wanted, self.kept(&wanted.reference)?) {
            ControlFlow::Break(outcome) => return Ok(outcome),
            ControlFlow::Continue(before) => before,
        };
        if let Some(quote) = &wanted.quote
            && self.is_quote_used(quote, &wanted.reference)?
        {
            return Ok(Outcome::Conflict(Conflict::QuoteUsed));
        }
        let refusals = self.refusals(&wanted.reference, &wanted.customer, &wanted.uses, Stops::Bind)?;
        if !refusals.is_empty() {
            return Ok(Outcome::Refused(refusals));
        }
        // All is decided; from here on it is only written.
        if let Some(Kept { order, .. }) = before.as_ref().filter(|kept| kept.order.status.is_live()) {
            self.give_back(order, Counted::Held)?;
        }
        let revision = before.map_or(0, |kept| kept.order.revision);
        let kept = reserved(wanted, revision, now);
        // The uses refer to the order, so it is there before them.
        let outcome = self.change(kept.clone(), EventKind::Reserved, now)?;
        self.take(&kept.order, Counted::Held)?;
        Ok(outcome)
    }
}

/// What is to be done about an order that may be there already: nothing, with this outcome, or reserve it in its place. A
/// repeated call gets the order as it stands. One that came to nothing before it was paid may be tried again.
fn next(wanted: &Reserve, before: Option<Kept>) -> ControlFlow<Outcome, Option<Kept>> {
    let Some(kept) = before else { return ControlFlow::Continue(None) };
    let is_repeated = kept.fingerprint == wanted.fingerprint;
    match kept.order.status {
        Status::Released | Status::Expired => ControlFlow::Continue(Some(kept)),
        _ if is_repeated => ControlFlow::Break(Outcome::Order(Box::new(kept.order))),
        Status::Reserved if wanted.replace => ControlFlow::Continue(Some(kept)),
        Status::Reserved => ControlFlow::Break(Outcome::Conflict(Conflict::OrderExists)),
        Status::Committed => ControlFlow::Break(Outcome::Conflict(Conflict::OrderCommitted)),
        Status::Cancelled | Status::Refunded => ControlFlow::Break(Outcome::Conflict(Conflict::OrderClosed)),
    }
}

fn reserved(wanted: &Reserve, revision: i64, now: Instant) -> Kept {
    Kept {
        fingerprint: wanted.fingerprint.clone(),
        quote: wanted.quote.clone(),
        order: Order {
            reference: wanted.reference.clone(),
            status: Status::Reserved,
            revision,
            customer: wanted.customer.clone(),
            currency: wanted.currency.clone(),
            total: wanted.total,
            refunded: 0,
            reserved_at: now.millis(),
            expires_at: now.millis().saturating_add(RESERVATION_MILLIS),
            committed_at: None,
            closed_at: None,
            uses: wanted.uses.clone(),
            body: wanted.body.clone(),
        },
    }
}
