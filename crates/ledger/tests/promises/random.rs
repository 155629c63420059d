//! Random commands of a small shop, so that everything meets: few orders, few discounts, few customers, few keys.

use fastrand::Rng;
use ledger::{Command, Limit, Party, Reason, Reserve, Status, Use};

use crate::{
    model::Model,
    shop::{
        HOUR, MINUTE, START, asked, commit, extend, get, guest, keyed_as, member, member_with, order, paid,
        per_customer, per_grant, per_store, recall, refund, release, switch, unlimited,
    },
};

/// The discounts, whose limits never change.
pub(crate) fn discounts() -> [Use; 8] {
    [
        per_store("a", 2),
        per_store("b", 3),
        per_store("c", 1),
        per_customer("d", 1),
        per_customer("e", 2),
        unlimited("f"),
        per_grant("g", "1"),
        per_grant("g2", "2"),
    ]
}

fn pick<T: Clone>(rng: &mut Rng, some: &[T]) -> T {
    some[rng.usize(..some.len())].clone()
}

fn reference(rng: &mut Rng) -> String {
    rng.u32(1..=6).to_string()
}

pub(crate) fn party(rng: &mut Rng) -> Party {
    let both = [("x", "p"), ("y", "q"), ("x", "q")];
    match rng.u32(..6) {
        0 => Party::default(),
        1 => member(pick(rng, &["x", "y"])),
        2 | 3 => guest(pick(rng, &["p", "q"])),
        _ => {
            let (id, email) = pick(rng, &both);
            member_with(id, email)
        }
    }
}

fn wanted(rng: &mut Rng) -> Reserve {
    let uses: Vec<Use> = discounts().into_iter().filter(|_| rng.u32(..3) == 0).collect();
    Reserve {
        fingerprint: rng.u32(..4).to_string(),
        quote: (rng.u32(..3) == 0).then(|| rng.u32(..9).to_string()),
        replace: rng.u32(..3) == 0,
        customer: party(rng),
        total: pick(rng, &[0, 1_000, 1_000, 1_999]),
        ..asked(&reference(rng), &uses)
    }
}

/// A command; every fourth has a key.
pub(crate) fn command(rng: &mut Rng) -> Command {
    let to = reference(rng);
    let command = match rng.u32(..24) {
        0..=9 => order(wanted(rng)),
        10..=13 => commit(&to),
        14 => paid(&to, pick(rng, &[1_000, 1_999])),
        15 => release(&to, pick(rng, &[Reason::Failed, Reason::Abandoned])),
        16 | 17 => release(&to, Reason::Cancelled),
        18 => refund(&to, pick(rng, &["r", "s"]), None),
        19 => refund(&to, pick(rng, &["r", "s", "t"]), Some(pick(rng, &[0, 400, 600, 1_000]))),
        20 => extend(&to),
        21 => switch(pick(rng, &["a", "d"]), rng.u32(..4) == 0),
        22 => Command::CustomerCounts { customer: party(rng) },
        _ if rng.bool() => recall(&to, &rng.u32(..4).to_string()),
        _ => get(&to),
    };
    if rng.u32(..4) > 0 {
        return command;
    }
    keyed_as(command, &rng.u32(..40).to_string(), &rng.u32(..2).to_string())
}

/// Another time: mostly a little later, sometimes much, sometimes earlier, and sometimes just about when a reservation
/// ends. Both times are milliseconds after [`START`].
pub(crate) fn later(rng: &mut Rng, now: i64, model: &Model) -> i64 {
    let is_held = |order: &&ledger::Order| order.status == Status::Reserved;
    let ends: Vec<i64> =
        model.orders.iter().map(|kept| &kept.order).filter(is_held).map(|order| order.expires_at).collect();
    match rng.u32(..24) {
        0..=11 => now + rng.i64(0..MINUTE),
        12..=15 => now + rng.i64(0..20 * MINUTE),
        16 => now + 25 * HOUR,
        17 => now - rng.i64(0..HOUR),
        18 => now - 40 * MINUTE,
        _ if ends.is_empty() => now,
        _ => pick(rng, &ends) - START + rng.i64(-1..=1),
    }
}

/// How many orders of the store may have a discount.
pub(crate) fn store_limit(discount: &str) -> Option<u64> {
    discounts().into_iter().find(|used| used.discount == discount).and_then(|used| match used.limit {
        Limit::PerStore(orders) => Some(orders),
        _ => None,
    })
}
