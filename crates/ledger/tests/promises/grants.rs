//! Upgrade offers (pricing-rules §8): earned by a paid order, redeemed once, given back by a cancelled order, withdrawn
//! with the order that earned them.

use ledger::{Command, GrantState, Granted, Outcome, Past, RefusalReason};

use crate::shop::{
    HOUR, Shop, cancel, commit, get, guest, per_grant, per_store, refund, release, reserve, reserve_for,
};

fn state(shop: &Shop, discount: &str, earned_by: &str) -> GrantState {
    let grant = Granted { discount: discount.to_owned(), order: earned_by.to_owned() };
    match shop.ask(Command::Grants { grants: vec![grant] }, 1) {
        Outcome::Grants(states) => states[0],
        other => panic!("{other:?}"),
    }
}

/// A shop where the order `trigger` is paid.
fn shop() -> Shop {
    let shop = Shop::new();
    shop.order(reserve_for("trigger", guest("p"), &[]), 0);
    shop.order(commit("trigger"), 0);
    shop
}

fn past(reference: &str) -> Past {
    Past {
        reference: reference.to_owned(),
        fingerprint: "f".to_owned(),
        customer: guest("p"),
        currency: "USD".to_owned(),
        total: 1_000,
        paid_at: 5,
        body: "{}".to_owned(),
        idempotency: None,
    }
}

#[test]
fn an_offer_is_redeemed_once() {
    let shop = shop();
    assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Open);
    shop.order(reserve("1", &[per_grant("u/s", "trigger")]), 0);
    assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Redeemed);
    let refused = shop.refused(reserve("2", &[per_grant("u/s", "trigger")]), 0);
    assert_eq!(refused, [("u/s".to_owned(), RefusalReason::Redeemed)]);
    // Another offer of the same order is another one.
    assert_eq!(state(&shop, "u/t", "trigger"), GrantState::Open);
    shop.order(commit("1"), 0);
    assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Redeemed);
}

#[test]
fn each_order_earns_an_offer_of_its_own() {
    let shop = shop();
    shop.order(reserve("more", &[]), 0);
    shop.order(commit("more"), 0);
    shop.order(reserve("1", &[per_grant("u/s", "trigger")]), 0);
    shop.order(reserve("2", &[per_grant("u/s", "more")]), 0);
    assert_eq!(shop.refused(reserve("3", &[per_grant("u/s", "more")]), 0)[0].1, RefusalReason::Redeemed);
}

#[test]
fn what_is_called_off_gives_the_offer_back() {
    type End = (bool, fn() -> Command);
    let ends: [End; 3] = [
        (true, || cancel("1")),
        (true, || refund("1", "r", None)),
        (false, || release("1", ledger::Reason::Failed)),
    ];
    for (is_paid, end) in ends {
        let shop = shop();
        shop.order(reserve("1", &[per_grant("u/s", "trigger")]), 0);
        if is_paid {
            shop.order(commit("1"), 0);
        }
        shop.order(end(), 0);
        assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Open);
        shop.order(reserve("2", &[per_grant("u/s", "trigger")]), 0);
    }
}

#[test]
fn an_abandoned_checkout_gives_it_back_at_its_end() {
    let shop = shop();
    shop.order(reserve("1", &[per_grant("u/s", "trigger")]), 0);
    shop.order(reserve("2", &[per_grant("u/s", "trigger")]), HOUR);
    // The first pays after all, and it is another's by now.
    assert_eq!(shop.conflict(commit("1"), HOUR), ledger::Conflict::ReservationExpired);
}

#[test]
fn only_a_paid_order_earns_and_a_refund_withdraws() {
    let shop = Shop::new();
    let wanted = || reserve("1", &[per_grant("u/s", "trigger")]);
    let withdrawn = [("u/s".to_owned(), RefusalReason::Withdrawn)];
    assert_eq!(shop.refused(wanted(), 0), withdrawn, "there is no such order");
    shop.order(reserve("trigger", &[per_store("a", 1)]), 0);
    assert_eq!(shop.refused(wanted(), 0), withdrawn, "it is not paid");
    shop.order(commit("trigger"), 0);
    assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Open);
    shop.order(refund("trigger", "part", Some(1)), 0);
    assert_eq!(state(&shop, "u/s", "trigger"), GrantState::Open, "a part of the money leaves it");
    shop.order(refund("trigger", "rest", None), 0);
    assert_eq!(shop.refused(wanted(), 0), withdrawn);
}

#[test]
fn what_was_redeemed_stays_so_when_the_trigger_is_refunded() {
    let shop = shop();
    shop.order(reserve("1", &[per_grant("u/s", "trigger")]), 0);
    shop.order(refund("trigger", "all", None), 0);
    assert_eq!(shop.order(commit("1"), 0).status, ledger::Status::Committed);
    assert_eq!(shop.uses("u/s"), (0, 1));
}

#[test]
fn an_order_paid_elsewhere_earns_like_any() {
    let shop = Shop::new();
    let first = shop.order(Command::Record(Box::new(past("old"))), 0);
    assert_eq!((first.status, first.revision), (ledger::Status::Committed, 1));
    assert_eq!(shop.order(Command::Record(Box::new(past("old"))), 9), first, "a repeated call");
    let other = Past { fingerprint: "g".to_owned(), ..past("old") };
    assert_eq!(shop.conflict(Command::Record(Box::new(other)), 0), ledger::Conflict::OrderExists);
    assert_eq!(state(&shop, "u/s", "old"), GrantState::Open);
    shop.order(refund("old", "r", None), 0);
    assert_eq!(state(&shop, "u/s", "old"), GrantState::Withdrawn);
    assert_eq!(shop.order(get("old"), 0).refunded, 1_000);
}
