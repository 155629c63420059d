use pricing::model::{Id, Instant};

use super::{Cause, Change, Figures, What, cause, changes};
use crate::{cart::CartState, fixture::shop, shop::Shop};

const NOW: Instant = Instant::from_millis(1_780_000_000_000);

fn figures_of(shop: &Shop, quantity: u64, at: Instant) -> Figures {
    let mut cart = CartState::default();
    cart.add("CAB19", quantity).expect("room");
    let quote = shop.assess(&cart.to_cart(), at).expect("known products").quote();
    Figures::of_text(&wire::quote_text_with_digest(&quote)).expect("figures")
}

fn figures(quantity: u64) -> Figures {
    figures_of(&shop(), quantity, NOW)
}

#[test]
fn the_same_price_needs_no_name_even_from_other_rules() {
    let shown = figures(12);
    let edge =
        Figures { snapshot_version: "sha256-two".to_owned(), digest: "other".to_owned(), ..shown.clone() };
    assert_eq!(cause(&shown, &edge, &shown, None), None);
}

#[test]
fn other_rules_come_first() {
    let (shown, mut edge) = (figures(12), figures(11));
    edge.snapshot_version = "sha256-two".to_owned();
    assert_eq!(cause(&shown, &edge, &edge, Some(Cause::Redeemed)), Some(Cause::RulesChanged));
}

#[test]
fn the_clock_explains_what_the_same_rules_do_at_the_edges_moment() {
    let shop = shop();
    let shown = figures_of(&shop, 12, NOW);
    let edge = figures_of(&shop, 12, Instant::from_millis(0));
    let recomputed = edge.clone();
    assert_eq!(cause(&shown, &edge, &recomputed, None), Some(Cause::Clock));
    assert_eq!(edge.total, "384.00");
}

#[test]
fn a_discount_that_the_edge_keeps_silent_about_is_used_up() {
    let (mut shop, shown) = (shop(), figures(12));
    shop.use_up([Id::new("d-case").expect("an id")]);
    let edge = figures_of(&shop, 12, NOW);
    assert_eq!(shown.withheld_by(&edge), ["d-case"]);
    assert_eq!(cause(&shown, &edge, &edge, Some(Cause::LimitReached)), Some(Cause::LimitReached));
}

#[test]
fn what_nothing_explains_is_a_mismatch() {
    let (shown, mut edge) = (figures(12), figures(12));
    edge.total = "1.00".to_owned();
    edge.digest = "unknown".to_owned();
    assert_eq!(cause(&shown, &edge, &shown, None), Some(Cause::Mismatch));
}

#[test]
fn changes_name_what_came_went_and_costs_otherwise() {
    let row = |fields: [&str; 3]| fields.map(str::to_owned);
    let before = Figures {
        lines: vec![row(["CAB19", "32.00", "1"]), row(["GONE", "5.00", "5"])],
        applied: vec![row(["a", "A", "3.00"]), row(["b", "B", "4.00"]), row(["c", "C", "1.00"])],
        ..Figures::default()
    };
    let after = Figures {
        lines: vec![row(["CAB19", "34.00", "2"])],
        applied: vec![row(["b", "B", "4.00"]), row(["c", "C", "2.00"]), row(["d", "D", "6.00"])],
        ..Figures::default()
    };
    let change = |what: What, before: Option<&str>, after: Option<&str>| Change {
        what,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    let (product, discount) =
        (|sku: &str| What::Product(sku.to_owned()), |title: &str| What::Discount(title.to_owned()));
    assert_eq!(
        changes(&before, &after),
        [
            change(product("CAB19"), Some("32.00"), Some("34.00")),
            change(product("GONE"), Some("5.00"), None),
            change(discount("A"), Some("3.00"), None),
            change(discount("C"), Some("1.00"), Some("2.00")),
            change(discount("D"), None, Some("6.00")),
        ]
    );
}

#[test]
fn an_answer_without_its_figures_is_not_read() {
    assert_eq!(Figures::read(&wire::Json::object(&mut [("total", "1.00".into())])), None);
}
