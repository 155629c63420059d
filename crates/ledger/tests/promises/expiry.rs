//! P7: an abandoned checkout gives its use back at its end, to the very next attempt: not a millisecond before, and
//! whatever the clock does afterwards.

use ledger::{Conflict, Outcome, RefusalReason, Status};

use crate::shop::{
    HOUR, MINUTE, RESERVATION, START, Shop, commit, extend, get, guest, instant, per_customer, per_store,
    release, reserve, reserve_for,
};

#[test]
fn a_use_comes_back_at_the_end_to_the_very_next_attempt() {
    for (at, is_back) in [(RESERVATION - 1, false), (RESERVATION, true), (RESERVATION + 1, true)] {
        let by_customer = |reference| reserve_for(reference, guest("p"), &[per_customer("a", 1)]);
        for order in [|reference| reserve(reference, &[per_store("a", 1)]), by_customer] {
            let shop = Shop::new();
            shop.order(order("1"), 0);
            // Nothing comes between: no sweep, no alarm.
            let outcome = shop.ask(order("2"), at);
            assert_eq!(matches!(outcome, Outcome::Order(_)), is_back, "{at}: {outcome:?}");
            let expected = if is_back { Status::Expired } else { Status::Reserved };
            assert_eq!(shop.order(get("1"), at).status, expected);
            assert_eq!(shop.uses("a"), (1, 0));
        }
    }
}

#[test]
fn every_command_sees_the_end() {
    for (at, is_over) in [(RESERVATION - 1, false), (RESERVATION, true), (RESERVATION + 1, true)] {
        let shop = Shop::new();
        shop.order(reserve("1", &[per_store("a", 1)]), 0);
        let outcome = shop.ask(extend("1"), at);
        assert_eq!(outcome == Outcome::Conflict(Conflict::ReservationExpired), is_over, "{at}");
        let shop = Shop::new();
        shop.order(reserve("1", &[per_store("a", 1)]), 0);
        shop.ledger.sweep(instant(at)).expect("a database");
        assert_eq!(shop.uses("a"), (u64::from(!is_over), 0), "{at}");
    }
}

#[test]
fn an_expired_order_says_when() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    let expired = shop.order(get("1"), RESERVATION + 7);
    assert_eq!((expired.status, expired.revision), (Status::Expired, 2));
    assert_eq!(expired.closed_at, Some(START + RESERVATION + 7));
}

#[test]
fn a_late_payment_takes_its_uses_again_while_all_are_there() {
    let shop = Shop::new();
    let uses = [per_store("a", 1), per_store("b", 1)];
    shop.order(reserve("1", &uses), 0);
    shop.order(reserve("2", &[per_store("b", 1)]), RESERVATION);
    assert_eq!(shop.conflict(commit("1"), RESERVATION), Conflict::ReservationExpired);
    assert_eq!((shop.uses("a"), shop.uses("b")), ((0, 0), (1, 0)));
    shop.order(release("2", ledger::Reason::Failed), RESERVATION);
    let paid = shop.order(commit("1"), RESERVATION);
    assert_eq!((paid.status, paid.closed_at), (Status::Committed, None));
    assert_eq!((shop.uses("a"), shop.uses("b")), ((0, 1), (0, 1)));
}

#[test]
fn a_clock_that_goes_back_brings_nothing_back() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    shop.order(reserve("2", &[per_store("a", 1)]), RESERVATION);
    for at in [RESERVATION - 1, 0, -HOUR] {
        assert_eq!(shop.order(get("1"), at).status, Status::Expired);
        let refused = shop.refused(reserve("3", &[per_store("a", 1)]), at);
        assert_eq!(refused[0].1, RefusalReason::LimitReached);
        assert_eq!(shop.uses("a"), (1, 0));
    }
}

#[test]
fn extending_gives_half_an_hour_from_now_and_a_day_at_most() {
    let shop = Shop::new();
    shop.order(reserve("1", &[per_store("a", 1)]), 0);
    let mut now = 0;
    for revision in 2..=50 {
        now += 29 * MINUTE;
        let extended = shop.order(extend("1"), now);
        assert_eq!(extended.revision, revision);
        assert_eq!(extended.expires_at, START + (now + RESERVATION).min(24 * HOUR));
    }
    assert_eq!(shop.order(get("1"), 24 * HOUR - 1).status, Status::Reserved);
    assert_eq!(shop.conflict(extend("1"), 24 * HOUR), Conflict::ReservationExpired);
}

#[test]
fn extending_by_a_clock_that_went_back_takes_nothing_away() {
    let shop = Shop::new();
    let reserved = shop.order(reserve("1", &[per_store("a", 1)]), 0);
    assert_eq!(shop.order(extend("1"), -MINUTE).expires_at, reserved.expires_at);
}
