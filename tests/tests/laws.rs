//! What holds for every cart (P12): over random stores and carts, by seed, so that a failure can be had again.

#![expect(clippy::expect_used, reason = "what a test relies on may fail it")]

use farthing_tests::pricing_input;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote, read};

const SEED: u64 = 7;
const COUNT: u64 = 500;

fn quote(document: &Value) -> Quote {
    price(document).expect("a cart of known products")
}

fn price(document: &Value) -> Result<Quote, Problem> {
    read::pricing_input(document, |text| text.nfkc().collect()).expect("a sound input").quote()
}

/// Checks `law` on every random input whose cart the store can serve.
#[track_caller]
fn for_every_cart(law: impl Fn(&Value, &Quote)) {
    for number in 0..COUNT {
        let document = pricing_input(SEED, number);
        if let Ok(quote) = price(&document) {
            law(&document, &quote);
        }
    }
}

/// An amount in minor units: all amounts of a quote have the same decimals.
fn minor(money: &str) -> u64 {
    money.replace('.', "").parse().expect("an amount")
}

fn sum<'a>(amounts: impl IntoIterator<Item = &'a String>) -> u64 {
    amounts.into_iter().map(|amount| minor(amount)).sum()
}

fn list<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    document.pointer_mut(pointer).and_then(Value::as_array_mut).expect("a list")
}

#[test]
fn parts_add_up_and_nothing_goes_below_zero() {
    for_every_cart(|document, quote| {
        for line in &quote.lines {
            assert_eq!(
                sum(line.discounts.iter().map(|part| &part.amount)),
                minor(&line.discount),
                "{document}"
            );
            assert_eq!(minor(&line.discount) + minor(&line.total), minor(&line.subtotal), "{document}");
            assert!(line.discounts.iter().all(|part| minor(&part.amount) > 0), "{document}");
        }
        assert_eq!(sum(quote.lines.iter().map(|line| &line.subtotal)), minor(&quote.subtotal), "{document}");
        assert_eq!(
            sum(quote.lines.iter().map(|line| &line.discount)),
            minor(&quote.product_discount),
            "{document}"
        );
        for line in &quote.lines {
            let units = line.unit_discounts.iter();
            let all: u64 = units.clone().map(|run| u64::from(run.quantity) * minor(&run.amount)).sum();
            assert_eq!(all, minor(&line.discount), "{document}");
            let counted: u32 = units.map(|run| run.quantity).sum();
            assert!(counted == if all == 0 { 0 } else { line.quantity }, "{document}");
        }
        for applied in &quote.applied {
            let parts = quote.lines.iter().flat_map(|line| &line.discounts);
            let parts = parts.filter(|part| part.discount == applied.discount).map(|part| &part.amount);
            assert_eq!(sum(parts), minor(&applied.product_amount), "{document}");
            assert!(minor(&applied.product_amount) + minor(&applied.shipping_amount) > 0, "{document}");
        }
        let shipping = quote.shipping.as_ref();
        let (shipping_discount, shipping_total) =
            shipping.map_or((0, 0), |shipping| (minor(&shipping.discount), minor(&shipping.total)));
        if let Some(shipping) = shipping {
            assert_eq!(shipping_discount + shipping_total, minor(&shipping.rate), "{document}");
            assert_eq!(
                sum(shipping.discounts.iter().map(|part| &part.amount)),
                shipping_discount,
                "{document}"
            );
        }
        assert_eq!(minor(&quote.product_discount) + shipping_discount, minor(&quote.saving), "{document}");
        let products = minor(&quote.subtotal) - minor(&quote.product_discount);
        assert_eq!(products + shipping_total, minor(&quote.total), "{document}");
    });
}

#[test]
fn the_order_of_lines_never_changes_a_total() {
    for_every_cart(|document, straight| {
        let mut turned = document.clone();
        list(&mut turned, "/cart/lines").reverse();
        let turned = quote(&turned);
        assert_eq!((&turned.total, &turned.applied), (&straight.total, &straight.applied), "{document}");
        for line in &straight.lines {
            let alone = straight.lines.iter().filter(|other| other.sku == line.sku).count() == 1;
            let again = turned.lines.iter().find(|other| other.id == line.id).expect("the same line");
            assert!(
                !alone || (&again.total, &again.discounts) == (&line.total, &line.discounts),
                "{document}"
            );
        }
    });
}

#[test]
fn splitting_a_line_never_changes_a_total() {
    for_every_cart(|document, whole| {
        let mut split = document.clone();
        let lines = list(&mut split, "/cart/lines");
        let halves: Vec<Value> = lines
            .iter()
            .flat_map(|line| {
                let quantity = line["quantity"].as_u64().expect("a quantity");
                let part = |id: &str, quantity: u64| {
                    (quantity > 0).then(|| json!({ "id": id, "sku": line["sku"], "quantity": quantity }))
                };
                [part("a", quantity / 3), part("b", quantity - quantity / 3)].into_iter().flatten()
            })
            .collect();
        *lines = halves;
        let split = quote(&split);
        assert_eq!((&split.total, &split.applied), (&whole.total, &whole.applied), "{document}");
    });
}

#[test]
fn a_promotion_outside_sets_never_raises_a_price() {
    for_every_cart(|document, with| {
        for discount in document["snapshot"]["discounts"].as_array().expect("discounts") {
            let sets = document["snapshot"]["promotionSets"].as_array().expect("sets");
            let in_a_set = sets
                .iter()
                .any(|set| set["discounts"].as_array().is_some_and(|ids| ids.contains(&discount["id"])));
            if in_a_set || discount["kind"]["type"] != "promotion" {
                continue;
            }
            let mut without = document.clone();
            list(&mut without, "/snapshot/discounts").retain(|other| other["id"] != discount["id"]);
            assert!(minor(&with.total) <= minor(&quote(&without).total), "{} in {document}", discount["id"]);
        }
    });
}

#[test]
fn an_ineligible_discount_changes_nothing() {
    for_every_cart(|document, with| {
        let Some(verdict) = with.verdicts.iter().find(|verdict| verdict.kind == "ineligible") else { return };
        if verdict.reasons.iter().any(|reason| reason.kind == "savesNothing") {
            return;
        }
        let mut without = document.clone();
        list(&mut without, "/snapshot/discounts").retain(|other| other["id"] != verdict.discount.as_str());
        for set in list(&mut without, "/snapshot/promotionSets") {
            list(set, "/discounts").retain(|id| id != verdict.discount.as_str());
        }
        let without = quote(&without);
        assert_eq!(
            (&without.total, &without.applied, &without.lines),
            (&with.total, &with.applied, &with.lines),
            "{document}"
        );
    });
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for_every_cart(|document, first| assert_eq!(quote(document).digest, first.digest, "{document}"));
}
