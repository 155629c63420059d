//! Giving money back. Only when all of it is given back do the uses come back too, once.

use pricing::model::Instant;

use crate::{
    ledger::Ledger,
    message::{Conflict, Outcome, Refund},
    order::{Kept, Order, Status, minor},
    outbox::EventKind,
    sql::Sql,
    uses::Counted,
};

impl<S: Sql> Ledger<S> {
    pub(crate) fn refund(&self, refund: &Refund, now: Instant) -> Result<Outcome, S::Error> {
        let Some(kept) = self.kept(&refund.reference)? else {
            return Ok(Outcome::Conflict(Conflict::Unknown));
        };
        if let Some((amount, was_the_rest)) = self.refunded(refund)? {
            // A repeated call, if it says the same: who gives back all that is left need not say how much it is.
            let is_same = refund.amount.map_or(was_the_rest, |asked| asked == amount);
            let outcome = Outcome::Order(Box::new(kept.order));
            return Ok(if is_same { outcome } else { Outcome::Conflict(Conflict::RefundExists) });
        }
        match kept.order.status {
            Status::Committed => {}
            Status::Reserved | Status::Expired => return Ok(Outcome::Conflict(Conflict::OrderNotCommitted)),
            _ => return Ok(Outcome::Conflict(Conflict::OrderClosed)),
        }
        let left = kept.order.total.saturating_sub(kept.order.refunded);
        let amount = refund.amount.unwrap_or(left);
        if amount > left {
            return Ok(Outcome::Conflict(Conflict::RefundTooLarge));
        }
        let is_full = amount == left;
        let order = Order { refunded: kept.order.refunded.saturating_add(amount), ..kept.order };
        let kept = Kept { order, ..kept };
        let text = "INSERT INTO refunds (reference, id, amount, was_the_rest) VALUES (?1, ?2, ?3, ?4)";
        let values = [
            (&refund.reference).into(),
            (&refund.id).into(),
            minor(amount).into(),
            i64::from(is_full).into(),
        ];
        self.sql.write(text, &values)?;
        if is_full {
            self.give_back(&kept.order, Counted::Spent)?;
            return self.close(kept, Status::Refunded, EventKind::Refunded, now);
        }
        self.change(kept, EventKind::Refunded, now)
    }

    /// The amount of a refund that was made before, and whether it was all that was left then.
    fn refunded(&self, refund: &Refund) -> Result<Option<(u64, bool)>, S::Error> {
        let text = "SELECT amount, was_the_rest FROM refunds WHERE reference = ?1 AND id = ?2";
        let rows = self.sql.run(text, &[(&refund.reference).into(), (&refund.id).into()])?;
        Ok(rows.first().map(|row| (row.count(0), row.count(1) == 1)))
    }
}
