//! What holds for every cart (P12): over random stores and carts, by seed, so that a failure can be had again.

#![expect(clippy::expect_used, reason = "what a test relies on may fail it")]

use farthing_tests::{
    laws::{self, minor},
    pricing_input,
};
use pricing::{
    engine::{Engine, MessagePlace, MessageState, Request, Viewpoint},
    model::Discount,
};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;
use wire::{Problem, Quote, quote_text, quote_text_with_digest, read};

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

fn list<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
    document.pointer_mut(pointer).and_then(Value::as_array_mut).expect("a list")
}

#[test]
fn parts_add_up_and_nothing_goes_below_zero() {
    for_every_cart(laws::parts_add_up);
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
                let part = |quantity: u64| {
                    (quantity > 0).then(|| json!({ "sku": line["sku"], "quantity": quantity }))
                };
                [part(quantity / 3), part(quantity - quantity / 3)].into_iter().flatten()
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

/// What the oracle says, which knows no better than to try everything.
fn by_brute_force(document: &Value) -> Quote {
    let input = read::pricing_input(document, |text| text.nfkc().collect()).expect("a sound input");
    let quote = oracle::quote(&input.snapshot, &input.cart, input.as_of, &input.usage);
    Quote::from(&quote.expect("a cart of known products"))
}

/// Up to a dozen candidates, each priced in a store that has nothing but its own discounts.
#[test]
fn the_deal_chosen_is_the_best_of_all_candidates() {
    let mut compared = 0;
    for number in 0..COUNT {
        let mut document = pricing_input(SEED, number);
        document["cart"]["grants"] = json!([]);
        let Ok(best) = price(&document) else { continue };
        let discounts = std::mem::take(list(&mut document, "/snapshot/discounts"));
        let sets = std::mem::take(list(&mut document, "/snapshot/promotionSets"));
        let id = |discount: &Value| discount["id"].clone();
        let singles = discounts.iter().map(|discount| (vec![id(discount)], json!([])));
        let members = |set: &Value| set["discounts"].as_array().cloned().unwrap_or_default();
        let sets = sets.iter().map(|set| (members(set), json!([set])));
        let candidates: Vec<_> = singles.chain(sets).collect();
        if candidates.len() > 12 {
            continue;
        }
        let saving = |(members, sets): &(Vec<Value>, Value)| {
            let mut alone = document.clone();
            alone["snapshot"]["promotionSets"] = sets.clone();
            *list(&mut alone, "/snapshot/discounts") =
                discounts.iter().filter(|discount| members.contains(&id(discount))).cloned().collect();
            minor(&by_brute_force(&alone).saving)
        };
        let most = candidates.iter().map(saving).max().unwrap_or(0);
        assert_eq!(minor(&best.saving), most, "{document}");
        compared += 1;
    }
    assert!(compared > 20, "only {compared} stores have few candidates");
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
fn a_quote_survives_the_wire() {
    for_every_cart(laws::survives_the_wire);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for_every_cart(|document, first| assert_eq!(quote(document).digest, first.digest, "{document}"));
}

#[test]
fn a_browser_writes_the_same_as_a_server() {
    let nfkc = |text: &str| -> String { text.nfkc().collect() };
    for number in 0..COUNT {
        let document = pricing_input(SEED, number);
        let input = read::pricing_input(&document, nfkc).expect("a sound input");
        let request = Request {
            cart: &input.cart,
            as_of: input.as_of,
            usage: &input.usage,
            viewpoint: Viewpoint::Shopper,
        };
        if let Ok(quote) = Engine::new(input.snapshot).quote(request) {
            let text = serde_json::to_string(&Quote::from(&quote)).expect("a quote");
            assert_eq!(quote_text_with_digest(&quote), text, "{document}");
            let without_digest = serde_json::to_string(&Quote::without_digest(&quote)).expect("a quote");
            assert_eq!(quote_text(&quote), without_digest, "{document}");
        }
    }
}

/// Pages show one message at each place, and find it without ranking all of them.
#[test]
fn the_message_shown_is_the_first_of_all() {
    let nfkc = |text: &str| -> String { text.nfkc().collect() };
    let mut shown = 0;
    for number in 0..COUNT {
        let document = pricing_input(SEED, number);
        let input = read::pricing_input(&document, nfkc).expect("a sound input");
        let engine = Engine::new(input.snapshot);
        let request = Request {
            cart: &input.cart,
            as_of: input.as_of,
            usage: &input.usage,
            viewpoint: Viewpoint::Shopper,
        };
        let Ok(assessment) = engine.assess(request) else { continue };
        let (quote, standings) = (assessment.quote(), assessment.standings());
        let mut is_first = |place: MessagePlace, found: Option<(&Discount, MessageState)>| {
            let first = quote.messages.iter().find(|message| message.place == place);
            let found = found.map(|(discount, state)| (&discount.id, state));
            assert_eq!(found, first.map(|message| (&message.discount, message.state)), "{document}");
            shown += usize::from(found.is_some());
        };
        for line in &quote.lines {
            let product = engine.handle(line.sku.as_str()).expect("a product that was priced");
            is_first(MessagePlace::Product(line.sku.clone()), standings.first_beside(product));
        }
        for service in engine.shipping_services() {
            is_first(MessagePlace::Service(service.id.clone()), standings.first_beside_service(service));
        }
    }
    assert!(shown > 200, "only {shown} messages were shown");
}
