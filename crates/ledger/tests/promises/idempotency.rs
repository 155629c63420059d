//! P5: one Idempotency-Key, one effect. The same call gets the same bytes for a day, whatever has happened since.

use ledger::{Command, Conflict, Outcome, Status};

use crate::shop::{
    HOUR, MINUTE, RESERVATION, Shop, cancel, commit, extend, get, instant, keyed, keyed_as, per_store,
    refund, reserve, unlimited,
};

const DAY: i64 = 24 * HOUR;

fn bytes(outcome: &Outcome) -> String {
    serde_json::to_string(outcome).expect("JSON")
}

/// A shop with an order that is paid for the next refund.
fn paid_shop() -> Shop {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    shop.order(commit("1"), 0);
    shop
}

#[test]
fn the_same_call_gets_the_same_bytes_whatever_has_happened_since() {
    let shop = Shop::new();
    let calls = [
        keyed(reserve("1", &[per_store("a", 1)]), "reserve"),
        keyed(extend("1"), "extend"),
        keyed(commit("1"), "commit"),
        keyed(refund("1", "r", Some(100)), "refund"),
        keyed(cancel("1"), "cancel"),
        // An answer too, though nothing came of it.
        keyed(extend("1"), "late"),
    ];
    let first: Vec<String> = calls.iter().map(|call| bytes(&shop.ask(call.clone(), MINUTE))).collect();
    assert_eq!(first[5], r#"{"conflict":"orderClosed"}"#);
    let before = shop.sqlite.dump();
    for at in [MINUTE, HOUR, DAY, DAY + MINUTE - 1, -HOUR] {
        for (call, first) in calls.iter().zip(&first) {
            assert_eq!(bytes(&shop.ask(call.clone(), at)), *first, "{at}");
        }
        shop.ledger.sweep(instant(at)).expect("a database");
    }
    assert_eq!(shop.sqlite.dump(), before, "a repeated call does nothing");
}

#[test]
fn a_reply_that_was_lost_is_given_again() {
    let shop = paid_shop();
    let half = keyed(refund("1", "r", Some(500)), "k");
    let first = shop.ask(half.clone(), 1);
    assert_eq!(shop.ask(half, 2), first);
    assert_eq!(shop.order(get("1"), 3).refunded, 500);
}

#[test]
fn a_key_belongs_to_one_request() {
    let shop = paid_shop();
    let first = shop.ask(keyed_as(refund("1", "r", Some(100)), "k", "one"), 0);
    assert_eq!(shop.conflict(keyed_as(refund("1", "s", Some(100)), "k", "two"), 0), Conflict::KeyReused);
    // Another command is another request too, and to be told so changes nothing.
    assert_eq!(shop.conflict(keyed_as(cancel("1"), "k", "three"), 0), Conflict::KeyReused);
    assert_eq!(shop.ask(keyed_as(refund("1", "r", Some(100)), "k", "one"), 0), first);
    assert_eq!(shop.order(get("1"), 0).refunded, 100);
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    for (at, is_known) in [(DAY - 1, true), (DAY, false), (DAY + 1, false)] {
        for is_swept in [false, true] {
            let shop = paid_shop();
            shop.ask(keyed_as(refund("1", "r", Some(100)), "k", "one"), 0);
            if is_swept {
                shop.ledger.sweep(instant(at)).expect("a database");
                let kept = if is_known { "1" } else { "0" };
                assert_eq!(shop.sqlite.rows("SELECT count(*) FROM idempotency"), [kept], "{at}");
            }
            let outcome = shop.ask(keyed_as(refund("1", "s", Some(100)), "k", "two"), at);
            assert_eq!(outcome == Outcome::Conflict(Conflict::KeyReused), is_known, "{at}");
            assert_eq!(shop.order(get("1"), at).refunded, if is_known { 100 } else { 200 });
        }
    }
}

#[test]
fn an_order_that_was_refused_may_come_again_under_its_key() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    let first = keyed_as(reserve("2", &[per_store("a", 1)]), "k", "what the shop sent");
    assert!(matches!(shop.ask(first, 0), Outcome::Refused(_)));
    // The edge has priced it again, without `a`; what the shop sent is the same.
    let second = keyed_as(reserve("2", &[unlimited("b")]), "k", "what the shop sent");
    let reserved = shop.ask(second.clone(), 1);
    assert!(matches!(reserved, Outcome::Order(_)));
    assert_eq!(shop.ask(second, 2), reserved);
    assert_eq!((shop.uses("a"), shop.uses("b")), ((1, 0), (1, 0)));
}

#[test]
fn two_of_one_call_in_one_turn_are_one() {
    let shop = Shop::new();
    let call = keyed(reserve("1", &[per_store("a", 1)]), "k");
    let [first, second] = &shop.ask_all(&[call.clone(), call], 0)[..] else { panic!("two outcomes") };
    assert_eq!(first, second);
    assert_eq!(shop.uses("a"), (1, 0));
}

#[test]
fn an_order_is_repeated_by_its_reference_though_the_key_is_another() {
    // P6: double click, back button, two tabs.
    let shop = Shop::new();
    let click = |key: &str| keyed(reserve("1", &[per_store("a", 1)]), key);
    let clicks: Vec<Command> = (0..50).map(|number| click(&number.to_string())).collect();
    let outcomes = shop.ask_all(&clicks, 0);
    assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
    assert_eq!(shop.uses("a"), (1, 0));
    assert_eq!(shop.sqlite.rows("SELECT count(*) FROM events"), ["1"]);
}

#[test]
fn a_key_tells_what_was_and_not_what_is() {
    let shop = Shop::new();
    let call = keyed(reserve("1", &[per_store("a", 1)]), "k");
    shop.order(call.clone(), 0);
    assert_eq!(shop.order(call, RESERVATION).status, Status::Reserved);
    assert_eq!(shop.order(get("1"), RESERVATION).status, Status::Expired);
    assert_eq!(shop.uses("a"), (0, 0));
}
