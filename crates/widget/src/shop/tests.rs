use pricing::model::{Id, Instant};
use serde_json::json;
use wire::Json;

use super::Shop;
use crate::{
    cart::CartState,
    fixture::{coupon, offer, parsed, products, published, shop, snapshot},
};

const NOW: Instant = Instant::from_millis(1_780_000_000_000);

fn total(shop: &Shop, cart: &CartState) -> u64 {
    shop.assess(&cart.to_cart(), NOW).expect("known products").quote().total.minor()
}

fn case() -> CartState {
    let mut cart = CartState::default();
    cart.add("CAB19", 12).expect("room");
    cart
}

fn fresh() -> Shop {
    Shop::read(published(&snapshot(), &[])).expect("a snapshot")
}

#[test]
fn products_are_learnt_as_they_are_met() {
    let mut shop = fresh();
    assert!(!shop.knows("CAB19"));
    assert_eq!(shop.learn("no products"), None);
    assert_eq!(shop.learn(&products()).as_deref(), Some("sha256-one"));
    assert_eq!(shop.skus().collect::<Vec<_>>(), ["CAB19", "HOUNDS"]);
}

#[test]
fn a_snapshot_that_is_none_is_refused() {
    assert!(Shop::read("{}".to_owned()).is_none());
}

#[test]
fn a_customer_has_the_prices_of_their_clubs() {
    let mut club = snapshot();
    club["discounts"][0]["audience"] = json!({ "type": "clubs", "clubs": ["cellar-club"] });
    let member = [Id::new("cellar-club").expect("an id")];
    for (clubs, expected) in [(&[][..], 38_400), (&member, 30_720)] {
        let mut shop = Shop::read(published(&club, clubs)).expect("a snapshot");
        shop.learn(&products()).expect("products");
        let cart = shop.with_customer(case().to_cart());
        assert_eq!(shop.assess(&cart, NOW).expect("known products").quote().total.minor(), expected);
    }
}

#[test]
fn what_was_learnt_meanwhile_outlives_new_rules() {
    let mut old = shop();
    let _ = old.attach(&coupon(&[]));
    let mut new = fresh();
    new.catch_up(&old, &["HOUNDS".to_owned()], &[]);
    assert_eq!((new.knows("CAB19"), new.knows("HOUNDS"), new.has_code("SAVE10")), (true, false, true));
    let mut new = fresh();
    new.catch_up(&old, &[], &["SAVE10".to_owned()]);
    assert!(!new.has_code("SAVE10"), "the edge was asked, and did not know it any more");
}

#[test]
fn an_attached_coupon_joins_its_sets_and_leaves_again() {
    let (mut shop, mut cart) = (shop(), case());
    assert_eq!(total(&shop, &cart), 30_720);
    cart.attach("SAVE10").expect("room");
    assert_eq!(shop.attach(&coupon(&[])).expect("a coupon"), "SAVE10");
    // Alone it loses against the case discount; in its set both apply, the smaller title first.
    assert_eq!(total(&shop, &cart), 30_720);
    let _ = shop.attach(&coupon(&["s-both"]));
    assert_eq!(total(&shop, &cart), 27_648);
    assert!(shop.knows("CAB19"), "what was learnt outlives a new rule");
    shop.detach("save10");
    assert!(!shop.has_code("SAVE10"));
    assert_eq!(total(&shop, &cart), 30_720);
}

#[test]
fn what_the_edge_found_used_up_does_not_apply_any_more() {
    let (mut shop, cart) = (shop(), case());
    shop.use_up([Id::new("d-case").expect("an id")]);
    assert_eq!(total(&shop, &cart), 38_400);
}

#[test]
fn an_answer_that_is_no_coupon_is_refused() {
    let mut shop = shop();
    assert!(shop.attach(&parsed(&json!({ "compact": "1;x" }))).is_none());
    assert!(shop.attach(&parsed(&json!({ "discount": { "id": "x" } }))).is_none());
    assert!(shop.coupons().is_empty());
}

/// What their products cost, with these offers.
fn total_with(offers: &[Json]) -> u64 {
    let (mut shop, mut cart) = (shop(), CartState::default());
    for offer in offers {
        cart.redeem(offer).expect("an offer");
    }
    assert!(shop.offer(cart.offers()));
    total(&shop, &cart)
}

#[test]
fn offers_are_priced_as_if_published_with_the_rules() {
    assert_eq!(total_with(&[offer("u", "HOUNDS", "50", &[])]), 800);
    let both =
        |sets: &[&str]| total_with(&[offer("u", "HOUNDS", "50", sets), offer("u", "CAB19", "50", sets)]);
    assert_eq!(both(&[]), 1_600 + 1_600, "the better one");
    // Two offers of one upgrade stand in the rules as one.
    assert_eq!(both(&["s-both"]), 800 + 1_600, "both, through a set");
}

#[test]
fn offers_that_cannot_be_read_are_told() {
    let mut shop = shop();
    assert!(!shop.offer(&[parsed(&json!({ "upgrade": "u", "sku": "CAB19", "compact": "1;1;u" }))]));
    assert!(shop.offer(&[]));
    assert_eq!(total(&shop, &case()), 30_720);
}
