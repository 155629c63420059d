use pricing::{engine::MessageState, model::Instant, money::Amount};

use super::{Row, Shown};
use crate::{
    cart::CartState,
    fixture::{coupon, offer, shop},
    shop::Shop,
};

fn shown(shop: &Shop, cart: &CartState, beside: &[&str]) -> Shown {
    let cart = cart.to_cart();
    let assessment = shop.assess(&cart, Instant::from_millis(1_780_000_000_000)).expect("known products");
    let format = |amount: Amount| format!("${}.{:02}", amount.minor() / 100, amount.minor() % 100);
    let beside: Vec<_> = beside.iter().map(|sku| (*sku).to_owned()).collect();
    Shown::new(&assessment, &beside, &format)
}

fn cart(lines: &[(&str, u64)], codes: &[&str]) -> CartState {
    let mut cart = CartState::default();
    for (sku, quantity) in lines {
        cart.add(sku, *quantity).expect("room");
    }
    for code in codes {
        cart.attach(code).expect("a code");
    }
    cart
}

fn row(id: &str, title: &str, amount: &str) -> Row {
    Row { id: id.to_owned(), title: title.to_owned(), amount: amount.to_owned() }
}

#[test]
fn every_figure_of_a_discounted_cart() {
    let mut cart = cart(&[("CAB19", 12), ("HOUNDS", 1)], &[]);
    cart.ship_by(Some("ground"));
    let shown = shown(&shop(), &cart, &[]);
    let line = shown.line("CAB19").expect("a line");
    assert_eq!(
        (line.title.as_str(), line.quantity, line.unit_price.as_str()),
        ("2019 Cabernet", 12, "$32.00")
    );
    assert_eq!((line.before.as_deref(), line.total.as_str()), (Some("$384.00"), "$307.20"));
    assert_eq!(line.discounts, [row("d-case", "Case discount", "$76.80")]);
    assert_eq!(shown.line("HOUNDS").expect("a line").before, None);
    assert_eq!(shown.count, 13);
    assert_eq!(shown.subtotal, "$400.00");
    assert_eq!(shown.off_products, [row("d-case", "Case discount", "$76.80")]);
    assert_eq!(shown.shipping, Some(row("ground", "Ground", "$12.00")));
    assert_eq!((shown.total.as_str(), shown.saving.as_deref()), ("$335.20", Some("$76.80")));
    assert!(shown.services[0].is_chosen);
}

#[test]
fn the_message_follows_the_cart() {
    let shop = shop();
    let before = shown(&shop, &cart(&[], &[]), &["CAB19", "HOUNDS", "NOT SOLD"]);
    assert_eq!(before.messages.get("CAB19").expect("a message").state, MessageState::RequirementUnmet);
    assert_eq!(before.messages.get("CAB19").expect("a message").text, "20% off when you buy a case");
    assert!(!before.messages.contains("HOUNDS"));
    assert_eq!(before.messages.get("CAB19").expect("a message").nudge, "");
    let near = shown(&shop, &cart(&[("CAB19", 10)], &[]), &["CAB19"]);
    let near = &near.messages.get("CAB19").expect("a message").nudge;
    assert_eq!(near, "Add 2 more 2019 Cabernet and save $76.80");
    let after = shown(&shop, &cart(&[("CAB19", 12)], &[]), &["CAB19"]);
    assert_eq!(after.messages.get("CAB19").expect("a message").state, MessageState::Applied);
}

#[test]
fn an_offer_that_takes_nothing_off_says_why_on_its_line() {
    let mut shop = shop();
    let offer = offer("u-1", "CAB19", "30", &[]);
    assert!(shop.offer(std::slice::from_ref(&offer)));
    let note = |quantity| {
        let mut cart = cart(&[("CAB19", quantity), ("HOUNDS", 1)], &[]);
        cart.redeem(&offer).expect("room");
        let shown = shown(&shop, &cart, &[]);
        assert_eq!(shown.line("HOUNDS").expect("a line").note, "");
        shown.line("CAB19").expect("a line").note.clone()
    };
    assert_eq!(note(11), "");
    assert_eq!(note(12), "Your offer stays on, but Case discount saves you more.");
}

#[test]
fn a_code_says_what_became_of_it() {
    let mut shop = shop();
    let _ = shop.attach(&coupon(&[]));
    let note = |shop: &Shop, quantity| {
        let shown = shown(shop, &cart(&[("CAB19", quantity)], &["SAVE10"]), &[]);
        (shown.codes[0].is_applied, shown.codes[0].note.clone())
    };
    assert_eq!(note(&shop, 2), (true, "10% off wine".to_owned()));
    assert_eq!(note(&shop, 12), (false, "SAVE10 stays on, but Case discount saves you more.".to_owned()));
    assert_eq!(note(&shop, 1), (false, "Add 1 more qualifying item to use SAVE10.".to_owned()));
    shop.detach("SAVE10");
    assert_eq!(note(&shop, 1), (false, "SAVE10 is no longer valid.".to_owned()));
}
