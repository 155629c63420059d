//! What each command does to an order in each state: pricing-rules §7, line by line.

use ledger::{Command, Conflict, Outcome, Reason, RefusalReason, Reserve, Status};

use crate::shop::{
    HOUR, MINUTE, RESERVATION, START, Shop, asked, cancel, commit, extend, get, guest, member, member_with,
    order, paid, per_customer, per_store, recall, refund, release, replace, reserve, reserve_for, switch,
    unlimited,
};

/// A status, and what brings a reserved order to it.
type State = (Status, &'static [fn() -> Command]);

/// Every status. An order expires by itself.
const STATES: [State; 6] = [
    (Status::Reserved, &[]),
    (Status::Committed, &[|| commit("1")]),
    (Status::Released, &[|| release("1", Reason::Failed)]),
    (Status::Expired, &[]),
    (Status::Cancelled, &[|| commit("1"), || cancel("1")]),
    (Status::Refunded, &[|| commit("1"), || refund("1", "first", None)]),
];

/// A shop whose order `1` has a status, and the time.
fn shop_with(status: Status) -> (Shop, i64) {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    for (_, steps) in STATES.iter().filter(|(state, _)| *state == status) {
        for step in *steps {
            shop.order(step(), MINUTE);
        }
    }
    let now = if status == Status::Expired { HOUR } else { 2 * MINUTE };
    let reached = shop.order(get("1"), now);
    assert_eq!(reached.status, status);
    (shop, now)
}

/// What comes of one command in each of [`STATES`]: a status, or a conflict that leaves everything as it is.
#[track_caller]
fn in_each_state(command: fn() -> Command, expected: [Result<Status, Conflict>; 6]) {
    for ((status, _), expected) in STATES.iter().zip(expected) {
        let (shop, now) = shop_with(*status);
        let before = shop.order(get("1"), now);
        let came = match shop.ask(command(), now) {
            Outcome::Order(order) => {
                let is_change = order.status != before.status;
                assert_eq!(order.revision, before.revision + i64::from(is_change), "{status:?}");
                Ok(order.status)
            }
            Outcome::Conflict(conflict) => {
                assert_eq!(shop.order(get("1"), now), before);
                Err(conflict)
            }
            other => panic!("{status:?}: {other:?}"),
        };
        assert_eq!(came, expected, "{:?} when {status:?}", command());
        let uses = match shop.order(get("1"), now).status {
            Status::Reserved => (1, 0),
            Status::Committed => (0, 1),
            _ => (0, 0),
        };
        assert_eq!(shop.uses("a"), uses, "{:?} when {status:?}", command());
    }
}

#[test]
fn commit_takes_what_is_held_or_still_there() {
    let (committed, closed) = (Ok(Status::Committed), Err(Conflict::OrderClosed));
    in_each_state(|| commit("1"), [committed, committed, closed, committed, closed, closed]);
    let other = Err(Conflict::TotalMismatch);
    in_each_state(|| paid("1", 999), [other; 6]);
    in_each_state(|| paid("1", 1_000), [committed, committed, closed, committed, closed, closed]);
}

#[test]
fn release_ends_what_is_not_paid_and_cancels_what_is() {
    let (released, cancelled) = (Ok(Status::Released), Ok(Status::Cancelled));
    let (paid, closed) = (Err(Conflict::OrderCommitted), Err(Conflict::OrderClosed));
    in_each_state(|| release("1", Reason::Failed), [released, paid, released, released, cancelled, closed]);
    in_each_state(
        || release("1", Reason::Abandoned),
        [released, paid, released, released, cancelled, closed],
    );
    in_each_state(|| cancel("1"), [released, cancelled, released, released, cancelled, closed]);
}

#[test]
fn refund_needs_a_payment() {
    let (unpaid, closed) = (Err(Conflict::OrderNotCommitted), Err(Conflict::OrderClosed));
    let refunded = Ok(Status::Refunded);
    in_each_state(|| refund("1", "r", None), [unpaid, refunded, closed, unpaid, closed, closed]);
    in_each_state(|| refund("1", "r", Some(1_000)), [unpaid, refunded, closed, unpaid, closed, closed]);
    let large = Err(Conflict::RefundTooLarge);
    in_each_state(|| refund("1", "r", Some(1_001)), [unpaid, large, closed, unpaid, closed, closed]);
}

#[test]
fn a_reference_is_one_order() {
    let (kept, paid, closed) = (Ok(Status::Reserved), Ok(Status::Committed), Err(Conflict::OrderClosed));
    let again = [kept, paid, kept, kept, Ok(Status::Cancelled), Ok(Status::Refunded)];
    in_each_state(|| reserve("1", &[per_store("a", 1)]), again);
    let other = || order(Reserve { fingerprint: "other".to_owned(), ..asked("1", &[per_store("a", 1)]) });
    let exists = Err(Conflict::OrderExists);
    in_each_state(other, [exists, Err(Conflict::OrderCommitted), kept, kept, closed, closed]);
}

#[test]
fn what_is_not_there_is_unknown() {
    let shop = Shop::new();
    let commands =
        [get("1"), commit("1"), cancel("1"), refund("1", "r", None), extend("1"), recall("1", "print")];
    for command in commands {
        assert_eq!(shop.conflict(command, 0), Conflict::Unknown);
    }
    let gone = shop.conflict(Command::Retry { id: 7 }, 0);
    assert_eq!(gone, Conflict::Unknown);
}

#[test]
fn recall_tells_only_what_the_same_call_made() {
    let shop = Shop::new();
    let reserved = shop.order(reserve("1", &[unlimited("a")]), 0);
    assert_eq!(shop.order(recall("1", &asked("1", &[unlimited("a")]).fingerprint), HOUR).reserved_at, START);
    assert_eq!(shop.conflict(recall("1", "other"), 0), Conflict::Unknown);
    assert_eq!(reserved.revision, 1);
}

#[test]
fn an_order_that_is_reserved_says_so() {
    let shop = Shop::new();
    let wanted = Reserve { customer: member_with("x", "p"), ..asked("1", &[unlimited("a")]) };
    let reserved = shop.order(order(wanted.clone()), 5);
    assert_eq!((reserved.status, reserved.revision), (Status::Reserved, 1));
    assert_eq!((reserved.reserved_at, reserved.expires_at), (START + 5, START + 5 + RESERVATION));
    assert_eq!((reserved.committed_at, reserved.closed_at), (None, None));
    assert_eq!((reserved.total, reserved.refunded, reserved.currency.as_str()), (1_000, 0, "USD"));
    assert_eq!(
        (reserved.customer, reserved.uses, reserved.body),
        (wanted.customer, wanted.uses, wanted.body)
    );
    let paid = shop.order(commit("1"), 6);
    assert_eq!((paid.committed_at, paid.closed_at, paid.revision), (Some(START + 6), None, 2));
    let cancelled = shop.order(cancel("1"), 7);
    assert_eq!((cancelled.committed_at, cancelled.closed_at), (Some(START + 6), Some(START + 7)));
}

#[test]
fn all_refusals_are_told_in_order_and_nothing_is_taken() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("b", 1)]), 0);
    shop.ask(switch("d", true), 0);
    let uses = [per_store("d", 9), unlimited("a"), per_customer("c", 1), per_store("b", 1)];
    let refused = shop.refused(reserve("2", &uses), 1);
    let expected = [
        ("d", RefusalReason::Stopped),
        ("c", RefusalReason::CustomerRequired),
        ("b", RefusalReason::LimitReached),
    ];
    assert_eq!(refused, expected.map(|(discount, reason)| (discount.to_owned(), reason)));
    assert_eq!(["a", "b", "c", "d"].map(|id| shop.uses(id)), [(0, 0), (1, 0), (0, 0), (0, 0)]);
    assert_eq!(shop.conflict(get("2"), 1), Conflict::Unknown);
}

#[test]
fn a_limit_of_nothing_lets_nobody_in() {
    let shop = Shop::new();
    let limit = |uses| shop.refused(reserve_for("1", guest("p"), &[uses]), 0)[0].1;
    assert_eq!(limit(per_store("a", 0)), RefusalReason::LimitReached);
    assert_eq!(limit(per_customer("a", 0)), RefusalReason::LimitReached);
}

#[test]
fn a_guest_and_a_member_with_one_address_share_a_count() {
    // P2. Who buys first, who buys then, and whether they are somebody the count is shared with.
    let cases = [
        (guest("p"), guest("p"), true),
        (guest("p"), guest("q"), false),
        (guest("p"), member("x"), false),
        (guest("p"), member_with("x", "p"), true),
        (member_with("x", "p"), guest("p"), true),
        (member_with("x", "p"), member("x"), true),
        (member_with("x", "p"), member_with("x", "q"), true),
        (member_with("x", "p"), member_with("y", "p"), true),
        (member_with("x", "p"), member_with("y", "q"), false),
        // An id is no address.
        (member("p"), guest("p"), false),
    ];
    for (first, second, is_shared) in cases {
        let shop = Shop::new();
        shop.order(reserve_for("1", first.clone(), &[per_customer("a", 1)]), 0);
        let counted = Outcome::CustomerCounts(if is_shared { vec![("a".to_owned(), 1)] } else { vec![] });
        assert_eq!(shop.ask(Command::CustomerCounts { customer: second.clone() }, 0), counted);
        let is_refused = matches!(
            shop.ask(reserve_for("2", second.clone(), &[per_customer("a", 1)]), 0),
            Outcome::Refused(_)
        );
        assert_eq!(is_refused, is_shared, "{first:?}, then {second:?}");
    }
}

#[test]
fn replacing_gives_back_what_the_order_had_and_takes_what_it_wants() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1), per_store("b", 1)]), 0);
    shop.order(reserve("2", &[per_store("c", 1)]), 0);
    // Its own use of `b` does not count against it; that of another order of `c` does.
    let refused = shop.refused(replace("1", &[per_store("b", 1), per_store("c", 1)]), 1);
    assert_eq!(refused, [("c".to_owned(), RefusalReason::LimitReached)]);
    assert_eq!((shop.uses("a"), shop.uses("b")), ((1, 0), (1, 0)));
    let replaced = shop.order(replace("1", &[per_store("b", 1), unlimited("d")]), 2);
    assert_eq!((replaced.revision, replaced.reserved_at), (2, START + 2));
    assert_eq!(["a", "b", "c", "d"].map(|id| shop.uses(id)), [(0, 0), (1, 0), (1, 0), (1, 0)]);
    // The same again is the same.
    assert_eq!(shop.order(replace("1", &[per_store("b", 1), unlimited("d")]), 3), replaced);
    shop.order(commit("1"), 4);
    assert_eq!(shop.conflict(replace("1", &[]), 5), Conflict::OrderCommitted);
}

#[test]
fn a_quote_sells_one_order() {
    let shop = Shop::new();
    let by_quote = |reference: &str, fingerprint: &str| {
        order(Reserve {
            quote: Some("q1".to_owned()),
            fingerprint: fingerprint.to_owned(),
            replace: true,
            ..asked(reference, &[unlimited("a")])
        })
    };
    shop.order(by_quote("1", "a"), 0);
    assert_eq!(shop.conflict(by_quote("2", "a"), 0), Conflict::QuoteUsed);
    shop.order(by_quote("1", "b"), 1);
    // Not even when the first came to nothing.
    shop.order(cancel("1"), 2);
    assert_eq!(shop.conflict(by_quote("2", "a"), 3), Conflict::QuoteUsed);
    shop.order(by_quote("1", "c"), 4);
    assert_eq!(shop.uses("a"), (1, 0));
}

#[test]
fn a_stop_binds_at_once_and_only_what_comes_later() {
    // P16.
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 9)]), 0);
    shop.order(reserve("2", &[per_store("a", 9)]), 0);
    assert_eq!(shop.ask(switch("a", true), 1), Outcome::Done);
    assert_eq!(shop.refused(reserve("3", &[unlimited("a")]), 1)[0].1, RefusalReason::Stopped);
    assert_eq!(shop.order(commit("1"), 2).status, Status::Committed);
    // A payment that is late is not an order that is late.
    assert_eq!(shop.order(commit("2"), HOUR).status, Status::Committed);
    assert_eq!(shop.ask(switch("a", false), HOUR), Outcome::Done);
    shop.order(reserve("3", &[unlimited("a")]), HOUR);
    assert_eq!(shop.uses("a"), (1, 2));
}

#[test]
fn refunds_are_told_apart_by_their_ids() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    shop.order(commit("1"), 1);
    let part = shop.order(refund("1", "r", Some(400)), 2);
    assert_eq!((part.status, part.refunded, part.revision), (Status::Committed, 400, 3));
    assert_eq!(shop.order(refund("1", "r", Some(400)), 3), part);
    assert_eq!(shop.conflict(refund("1", "r", Some(401)), 3), Conflict::RefundExists);
    assert_eq!(shop.conflict(refund("1", "s", Some(601)), 3), Conflict::RefundTooLarge);
    assert_eq!(shop.uses("a"), (0, 1));
    let whole = shop.order(refund("1", "s", None), 4);
    assert_eq!((whole.status, whole.refunded, whole.closed_at), (Status::Refunded, 1_000, Some(START + 4)));
    assert_eq!(shop.order(refund("1", "s", None), 5), whole);
    assert_eq!(shop.order(refund("1", "s", Some(600)), 5), whole);
    // It was not all that was left, though nothing is left now.
    assert_eq!(shop.conflict(refund("1", "r", None), 5), Conflict::RefundExists);
    assert_eq!(shop.uses("a"), (0, 0));
}

#[test]
fn a_refund_that_an_older_version_made_is_known_when_it_comes_again() {
    let shop = Shop::new();
    for reference in ["part", "whole"] {
        shop.order(reserve(reference, &[]), 0);
        shop.order(commit(reference), 1);
    }
    let part = shop.order(refund("part", "r", Some(400)), 2);
    let whole = shop.order(refund("whole", "r", None), 2);
    shop.sqlite.rows("ALTER TABLE refunds DROP COLUMN was_the_rest");
    shop.sqlite.rows("DELETE FROM steps WHERE done > 22");
    let shop = Shop::at(shop.sqlite);
    assert_eq!(shop.order(refund("part", "r", Some(400)), 3), part);
    assert_eq!(shop.conflict(refund("part", "r", None), 3), Conflict::RefundExists);
    assert_eq!(shop.order(refund("whole", "r", None), 3), whole);
}

#[test]
fn an_order_of_nothing_is_refunded_whole() {
    let shop = Shop::new();
    shop.order(order(Reserve { total: 0, ..asked("1", &[per_store("a", 1)]) }), 0);
    shop.order(commit("1"), 1);
    assert_eq!(shop.order(refund("1", "r", None), 2).status, Status::Refunded);
    assert_eq!(shop.uses("a"), (0, 0));
}
