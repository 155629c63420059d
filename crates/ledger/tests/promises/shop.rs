//! A shop at its ledger: what it asks, in few words.

use ledger::{
    Command, Conflict, Idempotency, Ledger, Limit, Order, Outcome, Party, Reason, Refund, Refusal,
    RefusalReason, Release, Reserve, Use,
};
use pricing::model::Instant;

use crate::sqlite::Sqlite;

/// When every test begins, in milliseconds since 1970.
pub(crate) const START: i64 = 1_767_225_600_000;

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;

/// What a reservation lasts: said once more, so that a change of it is seen.
pub(crate) const RESERVATION: i64 = 30 * MINUTE;

/// The store whose ledger it is.
pub(crate) const STORE: &str = "default";

/// A shop. Instants are milliseconds after [`START`].
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) ledger: Ledger<Sqlite>,
    pub(crate) sqlite: Sqlite,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self::at(Sqlite::in_memory())
    }

    pub(crate) fn at(sqlite: Sqlite) -> Self {
        Self::of(STORE, sqlite)
    }

    /// The shop of another store than most tests'.
    pub(crate) fn of(store: &str, sqlite: Sqlite) -> Self {
        Self { ledger: Ledger::open(sqlite.clone(), store.to_owned()).expect("a ledger"), sqlite }
    }

    #[track_caller]
    pub(crate) fn ask(&self, command: Command, at: i64) -> Outcome {
        self.ask_all(&[command], at).pop().expect("an outcome for each command")
    }

    #[track_caller]
    pub(crate) fn ask_all(&self, commands: &[Command], at: i64) -> Vec<Outcome> {
        self.ledger.carry_out(commands, instant(at)).expect("a database that works")
    }

    /// The order that a command is answered by.
    #[track_caller]
    pub(crate) fn order(&self, command: Command, at: i64) -> Order {
        match self.ask(command, at) {
            Outcome::Order(order) => *order,
            other => panic!("no order but {other:?}"),
        }
    }

    #[track_caller]
    pub(crate) fn conflict(&self, command: Command, at: i64) -> Conflict {
        match self.ask(command, at) {
            Outcome::Conflict(conflict) => conflict,
            other => panic!("no conflict but {other:?}"),
        }
    }

    /// Why uses are refused, in order.
    #[track_caller]
    pub(crate) fn refused(&self, command: Command, at: i64) -> Vec<(String, RefusalReason)> {
        match self.ask(command, at) {
            Outcome::Refused(refusals) => {
                refusals.into_iter().map(|Refusal { discount, reason }| (discount, reason)).collect()
            }
            other => panic!("no refusal but {other:?}"),
        }
    }

    /// How often a discount is held and spent, as the ledger says, and as its rows are.
    #[track_caller]
    pub(crate) fn uses(&self, discount: &str) -> (u64, u64) {
        let said = "SELECT held, spent FROM counts WHERE discount = ?1";
        let rows = "SELECT coalesce(sum(status = 'reserved'), 0), coalesce(sum(status = 'committed'), 0) \
                    FROM uses JOIN orders USING (reference) WHERE discount = ?1";
        let [said, rows] = [said, rows].map(|question| self.sqlite.rows_of(question, &[discount.into()]));
        let said = said.first().map_or("0 0", String::as_str);
        assert_eq!(said, rows[0], "the counts of `{discount}` are not its rows");
        let (held, spent) = said.split_once(' ').expect("two counts");
        (held.parse().expect("a count"), spent.parse().expect("a count"))
    }
}

pub(crate) fn instant(at: i64) -> Instant {
    Instant::from_millis(START + at)
}

pub(crate) fn unlimited(discount: &str) -> Use {
    Use { discount: discount.to_owned(), limit: Limit::Unlimited }
}

pub(crate) fn per_store(discount: &str, orders: u64) -> Use {
    Use { discount: discount.to_owned(), limit: Limit::PerStore(orders) }
}

pub(crate) fn per_customer(discount: &str, orders: u64) -> Use {
    Use { discount: discount.to_owned(), limit: Limit::PerCustomer(orders) }
}

/// An offer that an order has earned.
pub(crate) fn per_grant(discount: &str, earned_by: &str) -> Use {
    Use { discount: discount.to_owned(), limit: Limit::PerGrant(earned_by.to_owned()) }
}

pub(crate) fn guest(email: &str) -> Party {
    Party { id: None, email: Some(email.to_owned()) }
}

pub(crate) fn member(id: &str) -> Party {
    Party { id: Some(id.to_owned()), email: None }
}

pub(crate) fn member_with(id: &str, email: &str) -> Party {
    Party { id: Some(id.to_owned()), email: Some(email.to_owned()) }
}

/// An order of 10.00 by nobody in particular.
pub(crate) fn asked(reference: &str, uses: &[Use]) -> Reserve {
    Reserve {
        reference: reference.to_owned(),
        fingerprint: format!("{uses:?}"),
        quote: None,
        replace: false,
        customer: Party::default(),
        uses: uses.to_vec(),
        currency: "USD".to_owned(),
        total: 1_000,
        body: format!("{{\"reference\":\"{reference}\"}}"),
        idempotency: None,
    }
}

pub(crate) fn order(wanted: Reserve) -> Command {
    Command::Reserve(Box::new(wanted))
}

pub(crate) fn reserve(reference: &str, uses: &[Use]) -> Command {
    order(asked(reference, uses))
}

pub(crate) fn reserve_for(reference: &str, customer: Party, uses: &[Use]) -> Command {
    order(Reserve { customer, ..asked(reference, uses) })
}

pub(crate) fn reserve_with(reference: &str, body: String) -> Command {
    order(Reserve { body, ..asked(reference, &[]) })
}

pub(crate) fn replace(reference: &str, uses: &[Use]) -> Command {
    order(Reserve { replace: true, ..asked(reference, uses) })
}

pub(crate) fn recall(reference: &str, fingerprint: &str) -> Command {
    Command::Recall {
        reference: reference.to_owned(),
        fingerprint: fingerprint.to_owned(),
        idempotency: None,
    }
}

pub(crate) fn get(reference: &str) -> Command {
    Command::Get { reference: reference.to_owned() }
}

pub(crate) fn commit(reference: &str) -> Command {
    Command::Commit { reference: reference.to_owned(), total: None, idempotency: None }
}

pub(crate) fn paid(reference: &str, total: u64) -> Command {
    Command::Commit { reference: reference.to_owned(), total: Some(total), idempotency: None }
}

pub(crate) fn release(reference: &str, reason: Reason) -> Command {
    Command::Release(Release { reference: reference.to_owned(), reason, idempotency: None })
}

pub(crate) fn cancel(reference: &str) -> Command {
    release(reference, Reason::Cancelled)
}

pub(crate) fn refund(reference: &str, id: &str, amount: Option<u64>) -> Command {
    Command::Refund(Refund { reference: reference.to_owned(), id: id.to_owned(), amount, idempotency: None })
}

pub(crate) fn extend(reference: &str) -> Command {
    Command::Extend { reference: reference.to_owned(), idempotency: None }
}

pub(crate) fn switch(discount: &str, stopped: bool) -> Command {
    Command::Switch { discount: discount.to_owned(), stopped }
}

/// The command as a call with a key; what it asks is told from what it is.
pub(crate) fn keyed(command: Command, key: &str) -> Command {
    let request = format!("{command:?}");
    keyed_as(command, key, &request)
}

pub(crate) fn keyed_as(mut command: Command, key: &str, request: &str) -> Command {
    let call = Some(Idempotency { key: key.to_owned(), request: request.to_owned() });
    match &mut command {
        Command::Reserve(reserve) => reserve.idempotency = call,
        Command::Release(release) => release.idempotency = call,
        Command::Refund(refund) => refund.idempotency = call,
        Command::Commit { idempotency, .. }
        | Command::Extend { idempotency, .. }
        | Command::AskLink { idempotency, .. }
        | Command::Confirm { idempotency, .. }
        | Command::Recall { idempotency, .. } => *idempotency = call,
        _ => {}
    }
    command
}
