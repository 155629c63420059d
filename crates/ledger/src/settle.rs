//! What becomes of a reserved order: it is paid, given up, or given more time.

use pricing::model::Instant;

use crate::{
    MAXIMUM_RESERVATION_MILLIS, RESERVATION_MILLIS,
    ledger::Ledger,
    message::{Conflict, Outcome, Reason, Release},
    order::{Kept, Order, Status},
    outbox::EventKind,
    sql::Sql,
    uses::{Counted, Stops},
};

fn unchanged(kept: Kept) -> Outcome {
    Outcome::Order(Box::new(kept.order))
}

impl<S: Sql> Ledger<S> {
    /// The order is paid. A payment may come late: then the uses are taken again, if they are all still there.
    pub(crate) fn commit(
        &self,
        reference: &str,
        total: Option<u64>,
        now: Instant,
    ) -> Result<Outcome, S::Error> {
        let Some(kept) = self.kept(reference)? else { return Ok(Outcome::Conflict(Conflict::Unknown)) };
        let order = &kept.order;
        if total.is_some_and(|total| total != order.total) {
            return Ok(Outcome::Conflict(Conflict::TotalMismatch));
        }
        match order.status {
            Status::Committed => return Ok(unchanged(kept)),
            Status::Reserved => self.spend(order)?,
            Status::Expired => {
                // It was sold before any stop.
                let gone = self.refusals(reference, &order.customer, &order.uses, Stops::CameLater)?;
                if !gone.is_empty() {
                    return Ok(Outcome::Conflict(Conflict::ReservationExpired));
                }
                self.take(order, Counted::Spent)?;
            }
            Status::Released | Status::Cancelled | Status::Refunded => {
                return Ok(Outcome::Conflict(Conflict::OrderClosed));
            }
        }
        let order = Order {
            status: Status::Committed,
            committed_at: Some(now.millis()),
            closed_at: None,
            ..kept.order
        };
        self.change(Kept { order, ..kept }, EventKind::Committed, now)
    }

    /// The order comes to nothing. One that is paid does only when it is said to be cancelled: a checkout that gives up
    /// late must not undo a payment.
    pub(crate) fn release(&self, release: &Release, now: Instant) -> Result<Outcome, S::Error> {
        let Some(kept) = self.kept(&release.reference)? else {
            return Ok(Outcome::Conflict(Conflict::Unknown));
        };
        let status = match (kept.order.status, release.reason) {
            (Status::Reserved, _) => {
                self.give_back(&kept.order, Counted::Held)?;
                Status::Released
            }
            (Status::Expired, _) => Status::Released,
            (Status::Committed, Reason::Cancelled) => {
                self.give_back(&kept.order, Counted::Spent)?;
                Status::Cancelled
            }
            (Status::Committed, _) => return Ok(Outcome::Conflict(Conflict::OrderCommitted)),
            (Status::Released | Status::Cancelled, _) => return Ok(unchanged(kept)),
            (Status::Refunded, _) => return Ok(Outcome::Conflict(Conflict::OrderClosed)),
        };
        self.close(kept, status, EventKind::Released, now)
    }

    /// The shopper takes longer: from now, as long as a new reservation, and a day at most.
    pub(crate) fn extend(&self, reference: &str, now: Instant) -> Result<Outcome, S::Error> {
        let Some(kept) = self.kept(reference)? else { return Ok(Outcome::Conflict(Conflict::Unknown)) };
        match kept.order.status {
            Status::Reserved => {}
            Status::Committed => return Ok(Outcome::Conflict(Conflict::OrderCommitted)),
            Status::Expired => return Ok(Outcome::Conflict(Conflict::ReservationExpired)),
            _ => return Ok(Outcome::Conflict(Conflict::OrderClosed)),
        }
        let latest = kept.order.reserved_at.saturating_add(MAXIMUM_RESERVATION_MILLIS);
        let wished = now.millis().saturating_add(RESERVATION_MILLIS).min(latest);
        let expires_at = kept.order.expires_at.max(wished);
        let order = Order { expires_at, ..kept.order };
        self.change(Kept { order, ..kept }, EventKind::Reserved, now)
    }

    /// Ends an order whose uses are given back.
    pub(crate) fn close(
        &self,
        kept: Kept,
        status: Status,
        kind: EventKind,
        now: Instant,
    ) -> Result<Outcome, S::Error> {
        let order = Order { status, closed_at: Some(now.millis()), ..kept.order };
        self.change(Kept { order, ..kept }, kind, now)
    }
}
