//! P21, the ledger's part: each change is told at least once, and a repeat has the same id and bytes.

use ledger::{
    Announcement, Command, Conflict, Delivery, Event, EventKind, Fanned, Outcome, Page, Pending, Place,
    Reason, Status,
};

use crate::{
    shop::{
        HOUR, MINUTE, RESERVATION, SECOND, START, Shop, cancel, commit, extend, get, instant, per_store,
        refund, release, replace, reserve, switch,
    },
    sqlite::{Fault, Sqlite},
};

/// Much more than there is.
const MANY: u32 = 1_000;

fn events(shop: &Shop, at: i64) -> Vec<Event> {
    shop.ledger.events(instant(at), MANY, u32::MAX).expect("events")
}

fn deliveries(shop: &Shop, at: i64) -> Vec<Delivery> {
    shop.ledger.deliveries(instant(at), MANY).expect("deliveries")
}

fn pending(shop: &Shop) -> Vec<Pending> {
    page(shop, None, MANY)
}

fn page(shop: &Shop, after: Option<Place>, most: u32) -> Vec<Pending> {
    match shop.ask(Command::Outbox(Page { after, most }), 0) {
        Outcome::Outbox(pending) => pending,
        other => panic!("no outbox but {other:?}"),
    }
}

fn next_due(shop: &Shop) -> Option<i64> {
    shop.ledger.next_due().expect("a database").map(|due| due.millis() - START)
}

fn fan_out(shop: &Shop, events: &[Event], endpoints: &[&str], at: i64) {
    let fanned = |event: &Event| {
        let body = format!("{} {}", event.kind.name(), event.order.reference);
        let one = |endpoint: &&str| Fanned {
            event: event.id,
            endpoint: (*endpoint).to_owned(),
            body: body.clone(),
            kind: None,
        };
        endpoints.iter().map(one).collect::<Vec<_>>()
    };
    let ids: Vec<i64> = events.iter().map(|event| event.id).collect();
    let fanned: Vec<Fanned> = events.iter().flat_map(fanned).collect();
    shop.ledger.fan_out(&ids, &fanned, instant(at)).expect("a database");
}

/// A shop that has one delivery to make.
fn shop_with_delivery() -> (Shop, Delivery) {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    shop.order(commit("1"), 0);
    fan_out(&shop, &events(&shop, 0)[1..], &["w"], 0);
    fan_out(&shop, &events(&shop, 0), &[], 0);
    let delivery = deliveries(&shop, 0).remove(0);
    (shop, delivery)
}

#[test]
fn what_is_refused_for_good_is_given_up_at_once() {
    let (shop, delivery) = shop_with_delivery();
    shop.ledger.refused(delivery.id, instant(SECOND), "no such user").expect("a database");
    let [one] = &pending(&shop)[..] else { panic!("one delivery waits") };
    assert_eq!(
        (one.attempts, one.dead_at, one.error.as_deref()),
        (1, Some(START + SECOND), Some("no such user"))
    );
    assert_eq!(deliveries(&shop, 1_000 * HOUR), []);
    // Somebody has seen to it.
    assert_eq!(shop.ask(Command::Retry { id: delivery.id }, HOUR), Outcome::Done);
    assert_eq!(deliveries(&shop, HOUR), [delivery]);
}

#[test]
fn each_change_is_told_once_and_nothing_else_is() {
    let shop = Shop::new();
    let steps = [
        (reserve("1", &[per_store("a", 1)]), EventKind::Reserved, Status::Reserved),
        (extend("1"), EventKind::Reserved, Status::Reserved),
        (replace("1", &[]), EventKind::Reserved, Status::Reserved),
        (commit("1"), EventKind::Committed, Status::Committed),
        (refund("1", "r", Some(1)), EventKind::Refunded, Status::Committed),
        (refund("1", "s", None), EventKind::Refunded, Status::Refunded),
        (reserve("2", &[]), EventKind::Reserved, Status::Reserved),
        (release("2", Reason::Failed), EventKind::Released, Status::Released),
        (reserve("3", &[]), EventKind::Reserved, Status::Reserved),
        (commit("3"), EventKind::Committed, Status::Committed),
        (cancel("3"), EventKind::Released, Status::Cancelled),
    ];
    for (at, (command, ..)) in (0..).zip(&steps) {
        let order = shop.order(command.clone(), at);
        // The same again changes nothing, but for an extension, which counts from now.
        if !matches!(command, Command::Extend { .. }) {
            assert_eq!(shop.order(command.clone(), at), order);
        }
    }
    // Neither does what is refused, or only asks.
    shop.conflict(commit("2"), 20);
    shop.ask(switch("a", true), 20);
    shop.ask(reserve("4", &[per_store("a", 1)]), 20);
    shop.ask_all(&[get("1"), Command::Counts, Command::Outbox(Page::default())], 20);
    let told = events(&shop, 20);
    let expected: Vec<_> =
        (0..).zip(&steps).map(|(at, (_, kind, status))| (*kind, *status, START + at)).collect();
    assert_eq!(
        told.iter().map(|event| (event.kind, event.order.status, event.at)).collect::<Vec<_>>(),
        expected
    );
    // The order as it was then.
    assert_eq!(told[0].order.uses, [per_store("a", 1)]);
    assert_eq!(
        told.iter().map(|event| event.order.revision).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5, 6, 1, 2, 1, 2, 3]
    );
}

#[test]
fn what_waits_is_told_page_by_page_dead_ones_first() {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    fan_out(&shop, &events(&shop, 0), &["a", "b", "c", "d", "e"], 0);
    let all = deliveries(&shop, 0);
    for at in [3, 1] {
        shop.ledger.refused(all[at].id, instant(0), "no").expect("a database");
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let found = page(&shop, after, 2);
        let Some(last) = found.last() else { break };
        after = Some(last.place());
        seen.extend(found.into_iter().map(|pending| pending.endpoint));
    }
    assert_eq!(seen, ["b", "d", "a", "c", "e"]);
}

#[test]
fn what_is_about_no_order_is_sent_once_to_each() {
    let shop = Shop::new();
    let told = |subject: &str, at| {
        Command::Announce(Announcement {
            kind: "snapshot.published".to_owned(),
            subject: subject.to_owned(),
            at,
            endpoints: vec!["a".to_owned(), "b".to_owned()],
            body: format!("{subject} {at}"),
        })
    };
    // A call is repeated whose answer was lost.
    for command in [told("v1", 0), told("v1", 0), told("v2", 0), told("v1", 1)] {
        assert_eq!(shop.ask(command, 0), Outcome::Done);
    }
    let sent: Vec<_> =
        deliveries(&shop, 0).into_iter().map(|delivery| (delivery.endpoint, delivery.body)).collect();
    let pair = |body: &str| [("a".to_owned(), body.to_owned()), ("b".to_owned(), body.to_owned())];
    assert_eq!(sent, [pair("v1 0"), pair("v2 0"), pair("v1 1")].concat());
    assert_eq!(next_due(&shop), Some(0));
}

#[test]
fn an_order_that_expires_is_told_and_so_is_its_late_payment() {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    shop.order(commit("1"), RESERVATION);
    let told: Vec<_> =
        events(&shop, RESERVATION).into_iter().map(|event| (event.kind, event.order.status)).collect();
    let expected = [
        (EventKind::Reserved, Status::Reserved),
        (EventKind::Released, Status::Expired),
        (EventKind::Committed, Status::Committed),
    ];
    assert_eq!(told, expected);
}

#[test]
fn ids_are_of_the_change_and_no_two_changes_have_one() {
    let changes = |shop: &Shop| {
        for reference in ["1", "11", "1 1"] {
            shop.order(reserve(reference, &[]), 0);
            shop.order(commit(reference), 0);
            shop.order(cancel(reference), 0);
        }
        let ids: Vec<String> = events(shop, 0).into_iter().map(|event| event.message).collect();
        ids
    };
    // Another ledger, the same change: the same id.
    let mut ids = changes(&Shop::new());
    assert_eq!(ids, changes(&Shop::new()));
    let is_id = |id: &String| id.strip_prefix("msg_").is_some_and(|digits| digits.len() == 32);
    assert!(ids.iter().all(is_id), "{ids:?}");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 9);
    // Another store, the same names: they may have one receiver, who would take the second for a repeat of the first.
    let others = changes(&Shop::of("second", Sqlite::in_memory()));
    assert!(others.iter().all(|id| is_id(id) && !ids.contains(id)), "{others:?}");
}

#[test]
fn ids_are_what_they_always_were() {
    // Of `printf 'default\n328\n1\norder.reserved' | sha256sum` the first half: receivers know events by it.
    let shop = Shop::new();
    shop.order(reserve("328", &[]), 0);
    assert_eq!(events(&shop, 0)[0].message, "msg_0081d5f24005c71eba557589c55f1bc9");
}

#[test]
fn events_are_told_a_part_at_a_time_the_oldest_first() {
    let shop = Shop::new();
    for reference in ["1", "2", "3"] {
        shop.order(reserve(reference, &[]), 0);
    }
    let first = shop.ledger.events(instant(0), 2, u32::MAX).expect("events");
    assert_eq!(first.iter().map(|event| event.order.reference.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(shop.ledger.events(instant(0), 2, u32::MAX).expect("events"), first, "to look is not to take");
    fan_out(&shop, &first, &[], 0);
    assert_eq!(events(&shop, 0)[0].order.reference, "3");
}

#[test]
fn an_event_that_can_not_be_told_is_told_later_the_same() {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    let before = events(&shop, 0);
    shop.ledger.postpone(&[before[0].id], instant(0)).expect("a database");
    assert_eq!(next_due(&shop), Some(5 * SECOND));
    assert_eq!(events(&shop, 5 * SECOND - 1), []);
    assert_eq!(events(&shop, 5 * SECOND), before);
}

#[test]
fn an_event_that_waits_keeps_those_behind_it() {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    shop.ledger.postpone(&[events(&shop, 0)[0].id], instant(0)).expect("a database");
    shop.order(commit("1"), 1);
    // Nobody is told that it is paid before they are told that it is there, and the alarm does not ring in vain.
    assert_eq!(events(&shop, 5 * SECOND - 1), []);
    assert_eq!(next_due(&shop), Some(5 * SECOND));
    let told = events(&shop, 5 * SECOND).into_iter().map(|event| event.kind);
    assert_eq!(told.collect::<Vec<_>>(), [EventKind::Reserved, EventKind::Committed]);
}

#[test]
fn an_event_becomes_a_delivery_for_each_webhook_however_often_it_is_told() {
    let shop = Shop::new();
    shop.order(reserve("1", &[]), 0);
    let told = events(&shop, 0);
    fan_out(&shop, &told, &["v", "w"], 1);
    let made = deliveries(&shop, 1);
    let expected = [("v", "order.reserved 1"), ("w", "order.reserved 1")];
    let said = made.iter().map(|delivery| (delivery.endpoint.as_str(), delivery.body.as_str()));
    assert_eq!(said.collect::<Vec<_>>(), expected);
    assert!(made.iter().all(|delivery| delivery.message == told[0].message));
    assert_eq!(events(&shop, 1), []);
    // Told again, because nobody heard that it was: nothing more comes of it.
    fan_out(&shop, &told, &["v", "w"], 2);
    assert_eq!(deliveries(&shop, 2), made);
}

#[test]
fn telling_is_whole_or_absent() {
    for number in 1.. {
        let shop = Shop::new();
        shop.order(reserve("1", &[]), 0);
        let told = events(&shop, 0);
        let fanned = ["v", "w"].map(|endpoint| Fanned {
            event: told[0].id,
            endpoint: endpoint.to_owned(),
            body: "{}".to_owned(),
            kind: None,
        });
        let before = shop.sqlite.dump();
        shop.sqlite.fail(Fault::After, number);
        let done = shop.ledger.fan_out(&[told[0].id], &fanned, instant(0));
        if !shop.sqlite.mend() {
            assert_eq!((number, deliveries(&shop, 0).len()), (4, 2));
            break;
        }
        assert!(done.is_err());
        assert_eq!(shop.sqlite.dump(), before);
    }
}

#[test]
fn a_delivery_is_tried_as_standard_webhooks_advises_and_then_dead() {
    let (shop, delivery) = shop_with_delivery();
    let waits =
        [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
    let mut now = 0;
    for (attempts, wait) in (1..).zip(waits) {
        shop.ledger.failed(delivery.id, instant(now), "it answered 500").expect("a database");
        assert_eq!(deliveries(&shop, now + wait - 1), []);
        now += wait;
        // The same id, the same bytes.
        assert_eq!(deliveries(&shop, now), core::slice::from_ref(&delivery));
        assert_eq!(next_due(&shop), Some(now));
        let waiting = &pending(&shop)[0];
        assert_eq!((waiting.attempts, waiting.due_at, waiting.dead_at), (attempts, START + now, None));
        assert_eq!(waiting.error.as_deref(), Some("it answered 500"));
    }
    shop.ledger.failed(delivery.id, instant(now), "it answered 410").expect("a database");
    assert_eq!(deliveries(&shop, now + 999 * HOUR), []);
    assert_eq!(next_due(&shop), None);
    let dead = &pending(&shop)[0];
    assert_eq!((dead.attempts, dead.dead_at), (10, Some(START + now)));
    assert_eq!(dead.error.as_deref(), Some("it answered 410"));
    // Somebody has mended the webhook.
    assert_eq!(shop.ask(Command::Retry { id: delivery.id }, now), Outcome::Done);
    assert_eq!(deliveries(&shop, now), core::slice::from_ref(&delivery));
    shop.ledger.failed(delivery.id, instant(now), "no").expect("a database");
    assert_eq!(next_due(&shop), Some(now + 5 * SECOND));
    shop.ledger.delivered(delivery.id).expect("a database");
    assert_eq!(pending(&shop), []);
}

#[test]
fn what_is_delivered_is_gone() {
    let (shop, delivery) = shop_with_delivery();
    shop.ledger.delivered(delivery.id).expect("a database");
    assert_eq!(deliveries(&shop, HOUR), []);
    // A second word about it, good or bad, changes nothing.
    shop.ledger.delivered(delivery.id).expect("a database");
    shop.ledger.failed(delivery.id, instant(0), "late").expect("a database");
    assert_eq!(pending(&shop), []);
    assert_eq!(shop.conflict(Command::Retry { id: delivery.id }, 0), Conflict::Unknown);
}

#[test]
fn the_alarm_rings_for_what_comes_first() {
    let shop = Shop::new();
    assert_eq!(next_due(&shop), None);
    shop.order(reserve("1", &[]), 7);
    assert_eq!(next_due(&shop), Some(7), "an event");
    fan_out(&shop, &events(&shop, 7), &[], 7);
    assert_eq!(next_due(&shop), Some(7 + RESERVATION), "the end of a reservation");
    shop.order(commit("1"), 8);
    fan_out(&shop, &events(&shop, 8), &["w"], 9);
    assert_eq!(next_due(&shop), Some(9), "a delivery");
    shop.ledger.delivered(deliveries(&shop, 9)[0].id).expect("a database");
    assert_eq!(next_due(&shop), None);
}

#[test]
fn the_dead_come_first_in_the_list() {
    let (shop, first) = shop_with_delivery();
    shop.order(reserve("2", &[]), 0);
    fan_out(&shop, &events(&shop, 0), &["w"], 0);
    let second = deliveries(&shop, 0).remove(1);
    for _ in 0..10 {
        shop.ledger.failed(second.id, instant(0), "no").expect("a database");
    }
    assert_eq!(pending(&shop).iter().map(|one| one.id).collect::<Vec<_>>(), [second.id, first.id]);
}
