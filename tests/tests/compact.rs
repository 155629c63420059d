//! What a page's engine prices by is what the edge has: random stores come back from their compact text as they were.

#![expect(clippy::expect_used, reason = "what a test relies on may fail it")]

use farthing_tests::pricing_input;
use pricing::model::Snapshot;
use wire::{
    compact::{self, Published},
    read,
};

fn snapshot(number: u64) -> Snapshot {
    let input = pricing_input(1, number);
    let store = input.get("snapshot").expect("a store");
    read::read(store, |node| read::snapshot(node, str::to_owned)).expect("a sound store")
}

#[test]
fn random_stores_come_back_as_they_were() {
    for number in 0..1_000 {
        let snapshot = snapshot(number);
        let clubs: Vec<_> = snapshot.discounts.iter().take(2).map(|discount| discount.id.clone()).collect();
        let published = Published { clubs: &clubs, ..Published::of(&snapshot) };
        let (read, customer) = compact::published(&published.text()).expect("compact text");
        assert_eq!((customer.clubs, customer.tags), (clubs, Vec::new()));
        let products = compact::products_text(&snapshot.version, snapshot.products.iter());
        let (version, products) = compact::products(&products).expect("compact text");
        assert_eq!(version, snapshot.version);
        let upgrades = snapshot
            .upgrades
            .iter()
            .map(|upgrade| compact::upgrade(&compact::rule_text(upgrade)).expect("compact text"));
        assert_eq!(Snapshot { products, upgrades: upgrades.collect(), ..read }, snapshot, "store {number}");
    }
}
