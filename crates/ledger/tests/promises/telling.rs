//! P21, the ledger's part: what was not told stays to be told, and what time brings is told in the order it came.

use ledger::Event;

use crate::shop::{HOUR, MINUTE, Shop, instant, reserve, reserve_with};

/// More bytes than there are.
const ANY: u32 = u32::MAX;

fn references(events: &[Event]) -> Vec<&str> {
    events.iter().map(|event| event.order.reference.as_str()).collect()
}

#[test]
fn only_what_was_told_goes_away() {
    let shop = Shop::new();
    for reference in ["1", "2", "3", "4"] {
        shop.order(reserve(reference, &[]), 0);
    }
    let all = shop.ledger.events(instant(0), 9, ANY).expect("events");
    shop.ledger.fan_out(&[all[1].id, all[3].id], &[], instant(0)).expect("a database");
    let left = shop.ledger.events(instant(0), 9, ANY).expect("events");
    assert_eq!(references(&left), ["1", "3"]);
    shop.ledger.fan_out(&[], &[], instant(0)).expect("a database");
    assert_eq!(shop.ledger.events(instant(0), 9, ANY).expect("events"), left);
}

#[test]
fn no_more_is_told_at_once_than_fits() {
    let shop = Shop::new();
    for reference in ["1", "2", "3"] {
        shop.order(reserve_with(reference, "é".repeat(1_000)), 0);
    }
    // Two bytes a letter, and the rest of the order.
    for (most_bytes, told) in [(0, 1), (2_000, 1), (4_000, 1), (5_000, 2), (ANY, 3)] {
        let events = shop.ledger.events(instant(0), 9, most_bytes).expect("events");
        assert_eq!(events.len(), told, "{most_bytes}");
        assert_eq!(events[0].order.reference, "1");
    }
}

#[test]
fn reservations_end_in_the_order_of_their_ends() {
    let shop = Shop::new();
    for (at, reference) in [(0, "3"), (MINUTE, "1"), (2 * MINUTE, "2")] {
        shop.order(reserve(reference, &[]), at);
    }
    shop.ledger.sweep(instant(HOUR)).expect("a database");
    let told = shop.ledger.events(instant(HOUR), 9, ANY).expect("events");
    assert_eq!(references(&told[3..]), ["3", "1", "2"]);
}

#[test]
fn what_an_older_version_has_not_told_is_told_by_this_one() {
    let shop = Shop::new();
    for reference in ["1", "2", "3"] {
        shop.order(reserve(reference, &[]), 0);
    }
    let waiting = shop.ledger.events(instant(0), 9, ANY).expect("events");
    shop.ledger.fan_out(&[waiting[0].id], &[], instant(0)).expect("a database");
    for back in [
        "ALTER TABLE events RENAME TO newer",
        "CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, message TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
         at INTEGER NOT NULL, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL) STRICT",
        "INSERT INTO events SELECT * FROM newer",
        "DROP TABLE newer",
        "ALTER TABLE refunds DROP COLUMN was_the_rest",
        "DELETE FROM steps WHERE done > 18",
    ] {
        shop.sqlite.rows(back);
    }
    let shop = Shop::at(shop.sqlite);
    assert_eq!(shop.ledger.events(instant(0), 9, ANY).expect("events"), waiting[1..]);
    shop.order(reserve("4", &[]), 0);
    let told = shop.ledger.events(instant(0), 9, ANY).expect("events");
    assert_eq!(references(&told), ["2", "3", "4"]);
}
