//! What a ledger does, slowly and obviously: a list of orders, counted from scratch whenever a count is wanted. Written
//! from pricing-rules §7, not from the ledger.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use ledger::{
    Command, Conflict, Count, Idempotency, Limit, Order, Outcome, Party, Reason, Refund, Refusal,
    RefusalReason, Release, Reserve, Status, Use,
};

use crate::shop::{HOUR, RESERVATION};

const DAY: i64 = 24 * HOUR;

/// All that is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) orders: Vec<Kept>,
    /// Order, id, amount, and whether it was all that was left.
    refunds: Vec<(String, String, u64, bool)>,
    stopped: BTreeSet<String>,
    /// Discounts that were ever taken or stopped.
    known: BTreeSet<String>,
    calls: Vec<Call>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) order: Order,
    fingerprint: String,
    quote: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Call {
    made: Idempotency,
    outcome: Outcome,
    at: i64,
}

/// States that are equal have equal hashes; that is all a hash must do.
impl Hash for Model {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for Kept { order, .. } in &self.orders {
            (order.status.name(), order.revision).hash(state);
        }
    }
}

fn is_live(order: &Order) -> bool {
    matches!(order.status, Status::Reserved | Status::Committed)
}

fn answer(order: &Order) -> Outcome {
    Outcome::Order(Box::new(order.clone()))
}

fn call(command: &Command) -> Option<&Idempotency> {
    match command {
        Command::Reserve(reserve) => reserve.idempotency.as_ref(),
        Command::Release(release) => release.idempotency.as_ref(),
        Command::Refund(refund) => refund.idempotency.as_ref(),
        Command::Commit { idempotency, .. }
        | Command::Extend { idempotency, .. }
        | Command::Recall { idempotency, .. } => idempotency.as_ref(),
        _ => None,
    }
}

impl Model {
    pub(crate) fn carry_out(&mut self, command: &Command, now: i64) -> Outcome {
        self.expire(now);
        let Some(call) = call(command) else { return self.decide(command, now) };
        let is_known = |kept: &&Call| kept.made.key == call.key && kept.at + DAY > now;
        if let Some(kept) = self.calls.iter().find(is_known) {
            let is_same = kept.made.request == call.request;
            return if is_same { kept.outcome.clone() } else { Outcome::Conflict(Conflict::KeyReused) };
        }
        let outcome = self.decide(command, now);
        if !matches!(outcome, Outcome::Refused(_)) && !matches!(command, Command::Recall { .. }) {
            self.calls.retain(|kept| kept.made.key != call.key);
            self.calls.push(Call { made: call.clone(), outcome: outcome.clone(), at: now });
        }
        outcome
    }

    /// What is forgotten stays so, though the clock go back.
    pub(crate) fn sweep(&mut self, now: i64) {
        self.expire(now);
        self.calls.retain(|kept| kept.at + DAY > now);
    }

    fn expire(&mut self, now: i64) {
        for Kept { order, .. } in &mut self.orders {
            if order.status == Status::Reserved && order.expires_at <= now {
                end(order, Status::Expired, now);
            }
        }
    }

    fn decide(&mut self, command: &Command, now: i64) -> Outcome {
        let decided = match command {
            Command::Reserve(wanted) => self.reserve(wanted, now),
            Command::Get { reference } => self.find(reference).map(|kept| answer(&kept.order)),
            Command::Recall { reference, fingerprint, .. } => match self.find(reference) {
                Ok(kept) if kept.fingerprint == *fingerprint => Ok(answer(&kept.order)),
                _ => Err(Conflict::Unknown),
            },
            Command::Commit { reference, total, .. } => self.commit(reference, *total, now),
            Command::Release(release) => self.release(release, now),
            Command::Refund(refund) => self.refund(refund, now),
            Command::Extend { reference, .. } => self.extend(reference, now),
            Command::Switch { discount, stopped } => {
                self.known.insert(discount.clone());
                let _ = if *stopped {
                    self.stopped.insert(discount.clone())
                } else {
                    self.stopped.remove(discount)
                };
                Ok(Outcome::Done)
            }
            Command::Counts => Ok(Outcome::Counts(self.counts())),
            Command::CustomerCounts { customer } => Ok(Outcome::CustomerCounts(self.counts_of(customer))),
            Command::Grants { .. } | Command::Record(_) => panic!("the model redeems, and does not tell"),
            Command::AskLink { .. }
            | Command::AskAgain { .. }
            | Command::Confirm { .. }
            | Command::Look { .. } => {
                panic!("the model has no links")
            }
            Command::Announce(_) | Command::Outbox(_) | Command::Retry { .. } => {
                panic!("the model has no outbox")
            }
        };
        decided.unwrap_or_else(Outcome::Conflict)
    }

    fn find(&mut self, reference: &str) -> Result<&mut Kept, Conflict> {
        self.orders.iter_mut().find(|kept| kept.order.reference == reference).ok_or(Conflict::Unknown)
    }

    /// Live orders that have a discount, but for one.
    fn others<'a>(&'a self, discount: &'a str, reference: &'a str) -> impl Iterator<Item = &'a Order> {
        let has = move |order: &&Order| order.uses.iter().any(|used| used.discount == discount);
        let orders = self.orders.iter().map(|kept| &kept.order).filter(|order| is_live(order));
        orders.filter(has).filter(move |order| order.reference != reference)
    }

    fn refusals(&self, reference: &str, party: &Party, uses: &[Use], stops: bool) -> Vec<Refusal> {
        let refusal = |Use { discount, limit }: &Use| {
            let others = || self.others(discount, reference);
            let reason = match limit {
                _ if stops && self.stopped.contains(discount) => Some(RefusalReason::Stopped),
                Limit::PerStore(orders) if others().count() as u64 >= *orders => {
                    Some(RefusalReason::LimitReached)
                }
                Limit::PerCustomer(_) if *party == Party::default() => Some(RefusalReason::CustomerRequired),
                Limit::PerCustomer(orders) => {
                    let own = others().filter(|order| is_of(order, party)).count() as u64;
                    (own >= *orders).then_some(RefusalReason::LimitReached)
                }
                Limit::PerGrant(_)
                    if others().any(|order| order.uses.iter().any(|used| used.limit == *limit)) =>
                {
                    Some(RefusalReason::Redeemed)
                }
                Limit::PerGrant(by) if !self.is_paid(by) => Some(RefusalReason::Withdrawn),
                _ => None,
            };
            reason.map(|reason| Refusal { discount: discount.clone(), reason })
        };
        uses.iter().filter_map(refusal).collect()
    }

    fn is_paid(&self, reference: &str) -> bool {
        let is_it = |kept: &&Kept| kept.order.reference == reference;
        self.orders.iter().find(is_it).is_some_and(|kept| kept.order.status == Status::Committed)
    }

    fn reserve(&mut self, wanted: &Reserve, now: i64) -> Result<Outcome, Conflict> {
        let mut revision = 1;
        if let Ok(Kept { order, fingerprint, .. }) = self.find(&wanted.reference) {
            revision = order.revision + 1;
            let is_over = matches!(order.status, Status::Released | Status::Expired);
            if *fingerprint == wanted.fingerprint && !is_over {
                return Ok(answer(order));
            }
            match order.status {
                Status::Committed => return Err(Conflict::OrderCommitted),
                Status::Cancelled | Status::Refunded => return Err(Conflict::OrderClosed),
                Status::Reserved if !wanted.replace => return Err(Conflict::OrderExists),
                _ => {}
            }
        }
        let is_sold = |kept: &Kept| kept.quote == wanted.quote && kept.order.reference != wanted.reference;
        if wanted.quote.is_some() && self.orders.iter().any(is_sold) {
            return Err(Conflict::QuoteUsed);
        }
        let refusals = self.refusals(&wanted.reference, &wanted.customer, &wanted.uses, true);
        if !refusals.is_empty() {
            return Ok(Outcome::Refused(refusals));
        }
        self.known.extend(wanted.uses.iter().map(|used| used.discount.clone()));
        self.orders.retain(|kept| kept.order.reference != wanted.reference);
        let order = Order {
            reference: wanted.reference.clone(),
            status: Status::Reserved,
            revision,
            customer: wanted.customer.clone(),
            currency: wanted.currency.clone(),
            total: wanted.total,
            refunded: 0,
            reserved_at: now,
            expires_at: now + RESERVATION,
            committed_at: None,
            closed_at: None,
            uses: wanted.uses.clone(),
            body: wanted.body.clone(),
        };
        let outcome = answer(&order);
        let (fingerprint, quote) = (wanted.fingerprint.clone(), wanted.quote.clone());
        self.orders.push(Kept { order, fingerprint, quote });
        // In one order, however it came to be: states that are the same are equal.
        self.orders.sort_by(|a, b| a.order.reference.cmp(&b.order.reference));
        Ok(outcome)
    }

    fn commit(&mut self, reference: &str, total: Option<u64>, now: i64) -> Result<Outcome, Conflict> {
        let order = self.find(reference)?.order.clone();
        if total.is_some_and(|total| total != order.total) {
            return Err(Conflict::TotalMismatch);
        }
        match order.status {
            Status::Committed => return Ok(answer(&order)),
            Status::Expired if !self.refusals(reference, &order.customer, &order.uses, false).is_empty() => {
                return Err(Conflict::ReservationExpired);
            }
            Status::Reserved | Status::Expired => {}
            _ => return Err(Conflict::OrderClosed),
        }
        let order = &mut self.find(reference)?.order;
        end(order, Status::Committed, now);
        (order.committed_at, order.closed_at) = (Some(now), None);
        Ok(answer(order))
    }

    fn release(&mut self, release: &Release, now: i64) -> Result<Outcome, Conflict> {
        let order = &mut self.find(&release.reference)?.order;
        match order.status {
            Status::Reserved | Status::Expired => end(order, Status::Released, now),
            Status::Committed if release.reason == Reason::Cancelled => end(order, Status::Cancelled, now),
            Status::Committed => return Err(Conflict::OrderCommitted),
            Status::Released | Status::Cancelled => {}
            Status::Refunded => return Err(Conflict::OrderClosed),
        }
        Ok(answer(order))
    }

    fn refund(&mut self, refund: &Refund, now: i64) -> Result<Outcome, Conflict> {
        let order = self.find(&refund.reference)?.order.clone();
        let mut made = self.refunds.iter();
        if let Some((_, _, amount, was_the_rest)) =
            made.find(|made| (&made.0, &made.1) == (&refund.reference, &refund.id))
        {
            let is_same = refund.amount.map_or(*was_the_rest, |asked| asked == *amount);
            return if is_same { Ok(answer(&order)) } else { Err(Conflict::RefundExists) };
        }
        match order.status {
            Status::Committed => {}
            Status::Reserved | Status::Expired => return Err(Conflict::OrderNotCommitted),
            _ => return Err(Conflict::OrderClosed),
        }
        let left = order.total - order.refunded;
        let amount = refund.amount.unwrap_or(left);
        if amount > left {
            return Err(Conflict::RefundTooLarge);
        }
        self.refunds.push((refund.reference.clone(), refund.id.clone(), amount, amount == left));
        self.refunds.sort();
        let order = &mut self.find(&refund.reference)?.order;
        order.refunded += amount;
        if amount == left {
            end(order, Status::Refunded, now);
        } else {
            order.revision += 1;
        }
        Ok(answer(order))
    }

    fn extend(&mut self, reference: &str, now: i64) -> Result<Outcome, Conflict> {
        let order = &mut self.find(reference)?.order;
        match order.status {
            Status::Reserved => {}
            Status::Committed => return Err(Conflict::OrderCommitted),
            Status::Expired => return Err(Conflict::ReservationExpired),
            _ => return Err(Conflict::OrderClosed),
        }
        // Never less than it had: a clock that goes back takes nothing away.
        order.expires_at = order.expires_at.max((now + RESERVATION).min(order.reserved_at + DAY));
        order.revision += 1;
        Ok(answer(order))
    }

    fn counts(&self) -> Vec<Count> {
        let count = |discount: &String| {
            let of = |status| self.others(discount, "").filter(|order| order.status == status).count() as u64;
            Count {
                discount: discount.clone(),
                held: of(Status::Reserved),
                spent: of(Status::Committed),
                stopped: self.stopped.contains(discount),
            }
        };
        self.known.iter().map(count).collect()
    }

    fn counts_of(&self, party: &Party) -> Vec<(String, u64)> {
        let of =
            |discount: &String| self.others(discount, "").filter(|order| is_of(order, party)).count() as u64;
        let counts = self.known.iter().map(|discount| (discount.clone(), of(discount)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Takes over what another knows of one order.
    pub(crate) fn adopt(&mut self, other: &Self, reference: &str) {
        self.orders.retain(|kept| kept.order.reference != reference);
        self.orders.extend(other.orders.iter().filter(|kept| kept.order.reference == reference).cloned());
        self.orders.sort_by(|a, b| a.order.reference.cmp(&b.order.reference));
        self.known.extend(other.known.iter().cloned());
    }
}

/// By id or by address.
fn is_of(order: &Order, party: &Party) -> bool {
    let Party { id, email } = party;
    (id.is_some() && *id == order.customer.id) || (email.is_some() && *email == order.customer.email)
}

fn end(order: &mut Order, status: Status, now: i64) {
    (order.status, order.closed_at) = (status, Some(now));
    order.revision += 1;
}
