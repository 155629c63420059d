use serde_json::json;
use wire::Json;

use super::{CartState, CartStateError};
use crate::fixture::parsed;

fn cart(lines: &[(&str, u64)]) -> CartState {
    let mut cart = CartState::default();
    for (sku, quantity) in lines {
        cart.add(sku, *quantity).expect("room");
    }
    cart
}

#[test]
fn a_sku_has_one_line_at_the_place_it_was_first_added() {
    let cart = cart(&[("CAB19", 6), ("HOUNDS", 1), ("CAB19", 6)]);
    assert_eq!(cart.skus().collect::<Vec<_>>(), ["CAB19", "HOUNDS"]);
    assert_eq!(cart.quantity("CAB19"), 12);
    assert_eq!(cart.count(), 13);
}

#[test]
fn a_quantity_out_of_range_leaves_the_line_as_it_was() {
    let mut cart = cart(&[("CAB19", 99_999)]);
    assert_eq!(cart.add("CAB19", 1), Err(CartStateError::QuantityOutOfRange));
    assert_eq!(cart.add("CAB19", u64::MAX), Err(CartStateError::QuantityOutOfRange));
    assert_eq!(cart.add("HOUNDS", 0), Err(CartStateError::QuantityOutOfRange));
    assert_eq!(cart.quantity("CAB19"), 99_999);
}

#[test]
fn zero_takes_a_line_out_and_unknown_skus_go() {
    let mut cart = cart(&[("CAB19", 2), ("HOUNDS", 1), ("GONE", 1)]);
    cart.set_quantity("CAB19", 0).expect("allowed");
    assert_eq!(cart.retain(|sku| sku != "GONE"), 1);
    assert_eq!(cart.skus().collect::<Vec<_>>(), ["HOUNDS"]);
}

#[test]
fn the_five_hundred_and_first_line_is_refused() {
    let mut cart = CartState::default();
    for number in 0..500 {
        cart.add(&number.to_string(), 1).expect("room");
    }
    assert_eq!(cart.add("one more", 1), Err(CartStateError::TooManyLines));
    assert_eq!(cart.add("7", 1), Ok(()));
    assert_eq!(cart.add("", 1), Err(CartStateError::TooManyLines));
}

#[test]
fn codes_are_kept_in_one_spelling_and_once() {
    let mut cart = CartState::default();
    assert_eq!(cart.attach(" save10 "), Ok(()));
    assert_eq!(cart.attach("SAVE10"), Err(CartStateError::RepeatedCode));
    assert_eq!(cart.attach("no spaces"), Err(CartStateError::InvalidCode));
    for number in 0..9 {
        cart.attach(&format!("CODE-{number}")).expect("room");
    }
    assert_eq!(cart.attach("ELEVEN"), Err(CartStateError::TooManyCodes));
    assert!(cart.detach("save10"));
    assert!(!cart.detach("save10"));
}

#[test]
fn what_is_kept_comes_back_and_what_is_not_sound_does_not() {
    let mut kept = cart(&[("CAB19", 12), ("HOUNDS", 1)]);
    kept.attach("SAVE10").expect("room");
    kept.ship_by(Some("ground"));
    assert_eq!(CartState::from_json(&kept.kept_json()), kept);

    let tampered = json!({ "lines": [{ "sku": "CAB19", "quantity": 1.5 }, { "sku": "", "quantity": 1 }, 7,
        { "sku": "OK", "quantity": 3, "price": "0.01" }], "codes": ["x", 1, "GOOD1"], "shippingService": 4 });
    let sound = CartState::from_json(&parsed(&tampered));
    assert_eq!(sound.skus().collect::<Vec<_>>(), ["OK"]);
    assert_eq!(sound.codes().collect::<Vec<_>>(), ["GOOD1"]);
    assert_eq!(sound.shipping_service(), None);
    assert_eq!(CartState::from_json(&"broken".into()), CartState::default());
}

#[test]
fn the_engine_gets_lines_called_by_their_sku() {
    let cart = cart(&[("CAB19", 12)]).to_cart();
    assert_eq!(cart.lines[0].id.as_str(), "CAB19");
    assert_eq!(cart.lines[0].quantity.get(), 12);
}

fn offer(upgrade: &str, sku: &str) -> Json {
    let text = format!(r#"{{"upgrade":"{upgrade}","sku":"{sku}","grant":"g1.{upgrade}"}}"#);
    Json::parse(&text).expect("JSON")
}

#[test]
fn an_offer_comes_with_its_product_and_goes_with_it() {
    let mut cart = CartState::default();
    assert_eq!(cart.redeem(&Json::Null), Err(CartStateError::NoOffer));
    cart.redeem(&offer("u", "A")).expect("an offer");
    cart.redeem(&offer("u", "A")).expect("the same offer");
    cart.redeem(&offer("v", "A")).expect("another");
    assert_eq!((cart.quantity("A"), cart.offers().len(), cart.to_cart().grants.len()), (1, 2, 2));
    assert_eq!(cart.to_json().items_of("grants").len(), 2);
    assert_eq!(CartState::from_json(&cart.kept_json()), cart);
    cart.give_up(&offer("v", "A"));
    assert_eq!(cart.offers().len(), 1);
    cart.set_quantity("A", 0).expect("a line to take out");
    assert!(cart.offers().is_empty());
}
