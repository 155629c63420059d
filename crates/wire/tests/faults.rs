//! Every field of the contract with a bad value, the code of the fault and its pointer.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what a test relies on may fail it"
)]

use serde_json::{Value, json};

/// A pricing input that holds every field of the contract and is sound.
fn sound() -> Value {
    json!({
        "snapshot": {
            "version": "sha256-0",
            "store": { "name": "Shop", "currency": "USD", "timeZone": "America/Los_Angeles" },
            "products": [{
                "sku": "CAB19", "title": "Cabernet", "price": "32.00", "compareAt": "36.00", "departments": ["wine"],
                "collections": ["reds"], "discountable": true, "description": "Dark.", "vendor": "Hill",
                "attributes": { "vintage": "2019" },
            }],
            "shippingServices": [{ "id": "ground", "title": "Ground", "rate": "12.00" }],
            "discounts": [
                {
                    "id": "d-case", "kind": { "type": "promotion" }, "title": "Case", "enabled": true,
                    "startsAt": "2026-01-01T08:00:00Z", "endsAt": "2026-02-01T08:00:00Z",
                    "audience": { "type": "clubs", "clubs": ["gold"] },
                    "benefit": {
                        "type": "products", "value": { "type": "percentOff", "percent": "20" },
                        "scope": {
                            "include": { "type": "products", "skus": ["CAB19"] },
                            "exclude": { "products": ["X"], "collections": ["Y"], "departments": ["Z"] },
                        },
                    },
                    "requirement": { "type": "quantity", "minimum": 6, "maximum": 12, "counts": "onlyDiscounted" },
                    "usageLimit": { "type": "perStore", "orders": 5 }, "actionMessage": "Buy a case",
                },
                {
                    "id": "d-ship", "kind": { "type": "coupon", "code": "SHIP" }, "title": "Ship",
                    "audience": { "type": "tags", "tags": ["vip"] },
                    "benefit": {
                        "type": "shipping", "value": { "type": "flatRate", "rate": "5.00" },
                        "services": { "type": "services", "ids": ["ground"] },
                        "mustPurchase": { "include": { "type": "collections", "ids": ["reds"] } },
                    },
                    "requirement": { "type": "amount", "minimum": "10.00", "maximum": "20.00", "counts": "everything" },
                    "usageLimit": { "type": "perCustomer", "orders": 1 },
                },
                {
                    "id": "d-dollar", "kind": { "type": "promotion" }, "title": "Dollar",
                    "benefit": {
                        "type": "products",
                        "value": { "type": "dollarOff", "amount": "5.00", "applies": "perItem" },
                        "scope": { "include": { "type": "departments", "ids": ["wine"] } },
                    },
                },
            ],
            "promotionSets": [{ "id": "s-1", "title": "Set", "discounts": ["d-case", "d-ship"] }],
            "upgrades": [{
                "id": "u-1", "title": "Thanks", "triggers": ["CAB19"], "startsAt": null, "endsAt": null, "message": "Thanks",
                "offers": [{ "sku": "CAB19", "value": { "type": "percentOff", "percent": "25" }, "units": 2 }],
            }],
        },
        "asOf": "2026-01-15T12:00:00Z",
        "cart": {
            "lines": [{ "id": "1", "sku": "CAB19", "quantity": 12 }], "codes": ["ship"], "shippingService": "ground",
            "channel": "web", "grants": [{ "upgrade": "u-1", "sku": "CAB19" }],
            "customer": { "id": "c-9", "email": "a@example.com", "clubs": ["gold"], "tags": ["vip"] },
        },
        "usage": { "d-case": { "store": 3, "customer": 0 } },
    })
}

/// Puts `value` at `pointer`, into a new field where there is none.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect("a place in the document");
    match parent {
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        _ => panic!("{pointer} is in neither a list nor an object"),
    }
}

fn faults(document: &Value) -> Vec<(String, &'static str)> {
    let read = wire::read::pricing_input(document, str::to_owned);
    read.err().unwrap_or_default().into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

#[track_caller]
fn refuses(pointer: &str, value: Value, code: &'static str) {
    let mut document = sound();
    put(&mut document, pointer, value.clone());
    assert_eq!(faults(&document), [(pointer.to_owned(), code)], "{pointer} = {value}");
}

/// As [`refuses`], for a fault told at another place than the value's.
#[track_caller]
fn refuses_at(pointer: &str, value: Value, place: &str, code: &'static str) {
    let mut document = sound();
    put(&mut document, pointer, value.clone());
    assert_eq!(faults(&document), [(place.to_owned(), code)], "{pointer} = {value}");
}

#[test]
fn the_sound_input_is_accepted() {
    assert_eq!(faults(&sound()), []);
}

#[test]
fn every_field_refuses_the_wrong_type_and_its_object_any_unknown_field() {
    fn visit(document: &Value, pointer: &str) {
        match document {
            Value::Object(fields) => {
                if !pointer.ends_with("/attributes") && pointer != "/usage" {
                    refuses(&format!("{pointer}/surprise"), json!(1), "unknownField");
                }
                if !pointer.is_empty() {
                    refuses(pointer, json!(true), "wrongType");
                }
                fields.iter().for_each(|(key, value)| visit(value, &format!("{pointer}/{key}")));
            }
            Value::Array(items) => {
                refuses(pointer, json!({}), "wrongType");
                items.iter().enumerate().for_each(|(at, value)| visit(value, &format!("{pointer}/{at}")));
            }
            Value::String(_) | Value::Number(_) | Value::Bool(_) => refuses(pointer, json!([]), "wrongType"),
            Value::Null => {}
        }
    }
    visit(&sound(), "");
}

#[test]
fn required_fields_may_not_be_absent() {
    for pointer in [
        "/snapshot",
        "/asOf",
        "/cart",
        "/cart/lines",
        "/cart/lines/0/sku",
        "/cart/lines/0/quantity",
        "/cart/grants/0/upgrade",
        "/cart/grants/0/sku",
        "/snapshot/store",
        "/snapshot/store/currency",
        "/snapshot/store/timeZone",
        "/snapshot/products/0/sku",
        "/snapshot/products/0/title",
        "/snapshot/products/0/price",
        "/snapshot/shippingServices/0/id",
        "/snapshot/shippingServices/0/title",
        "/snapshot/shippingServices/0/rate",
        "/snapshot/discounts/0/id",
        "/snapshot/discounts/0/kind",
        "/snapshot/discounts/0/kind/type",
        "/snapshot/discounts/1/kind/code",
        "/snapshot/discounts/0/title",
        "/snapshot/discounts/0/benefit",
        "/snapshot/discounts/0/benefit/type",
        "/snapshot/discounts/0/benefit/value",
        "/snapshot/discounts/0/benefit/value/percent",
        "/snapshot/discounts/0/benefit/scope",
        "/snapshot/discounts/0/benefit/scope/include",
        "/snapshot/discounts/0/benefit/scope/include/skus",
        "/snapshot/discounts/0/audience/clubs",
        "/snapshot/discounts/1/audience/tags",
        "/snapshot/discounts/1/benefit/value/rate",
        "/snapshot/discounts/1/benefit/services/ids",
        "/snapshot/discounts/2/benefit/value/amount",
        "/snapshot/discounts/2/benefit/value/applies",
        "/snapshot/discounts/0/usageLimit/orders",
        "/snapshot/promotionSets/0/id",
        "/snapshot/promotionSets/0/title",
        "/snapshot/promotionSets/0/discounts",
        "/snapshot/upgrades/0/id",
        "/snapshot/upgrades/0/triggers",
        "/snapshot/upgrades/0/offers",
        "/snapshot/upgrades/0/offers/0/sku",
        "/snapshot/upgrades/0/offers/0/value",
    ] {
        refuses(pointer, Value::Null, "missingField");
    }
}

#[test]
fn numbers_out_of_bounds() {
    for quantity in [json!(0), json!(-1), json!(1.5), json!(1_000_000_000), json!(100_000)] {
        refuses("/cart/lines/0/quantity", quantity, "quantityOutOfRange");
    }
    for money in
        ["/snapshot/products/0/price", "/snapshot/products/0/compareAt", "/snapshot/shippingServices/0/rate"]
    {
        for text in ["", "abc", "1e3", "1,00", "+1", ".5", "5.", "1_000", " 1", "--1", "0x10"] {
            refuses(money, json!(text), "invalidMoney");
        }
        refuses(money, json!("-0.01"), "negativeAmount");
        refuses(money, json!("0.001"), "tooPrecise");
        refuses(money, json!("100000000.00"), "amountTooLarge");
    }
    for percent in ["0", "101", "-5", "100.0001"] {
        refuses("/snapshot/discounts/0/benefit/value/percent", json!(percent), "percentOutOfRange");
    }
    refuses("/snapshot/discounts/0/benefit/value/percent", json!("abc"), "invalidPercent");
    refuses("/snapshot/discounts/0/benefit/value/percent", json!("1.00001"), "tooPrecise");
    refuses("/snapshot/discounts/2/benefit/value/amount", json!("0.00"), "outOfRange");
    refuses("/snapshot/discounts/0/usageLimit/orders", json!(0), "outOfRange");
    refuses("/snapshot/discounts/0/requirement/minimum", json!(-1), "notAWholeNumber");
    refuses("/snapshot/discounts/1/requirement/minimum", json!("1000000000000000000000"), "amountTooLarge");
    refuses("/usage/d-case/store", json!(0.5), "notAWholeNumber");
    for whole in [
        "/snapshot/discounts/0/requirement/maximum",
        "/snapshot/discounts/0/usageLimit/orders",
        "/usage/d-case/store",
    ] {
        refuses(whole, json!(1_u64 << 53), "outOfRange");
        let mut document = sound();
        put(&mut document, whole, json!((1_u64 << 53) - 1));
        assert_eq!(faults(&document), [], "{whole}");
    }
    for instant in ["/asOf", "/snapshot/discounts/0/startsAt", "/snapshot/discounts/0/endsAt"] {
        refuses(instant, json!("2026-02-30T00:00:00Z"), "invalidInstant");
    }
}

#[test]
fn texts_and_lists_out_of_bounds() {
    refuses("/snapshot/discounts/0/title", json!("x".repeat(257)), "textTooLong");
    refuses("/snapshot/discounts/0/title", json!(""), "textEmpty");
    refuses("/snapshot/discounts/0/actionMessage", json!("x".repeat(501)), "textTooLong");
    refuses("/snapshot/discounts/1/kind/code", json!("a b"), "invalidCode");
    refuses("/snapshot/store/currency", json!("XXX"), "unknownCurrency");
    let line = json!({ "sku": "CAB19", "quantity": 1 });
    refuses("/cart/lines", Value::Array(vec![line; 501]), "tooManyLines");
    refuses("/cart/codes", json!(vec!["SHIP"; 11]), "tooManyCodes");
    for list in [
        "/snapshot/discounts/0/benefit/scope/include/skus",
        "/snapshot/discounts/2/benefit/scope/include/ids",
        "/snapshot/discounts/1/benefit/services/ids",
    ] {
        refuses(list, json!([]), "emptyScope");
    }
    refuses("/snapshot/discounts/0/audience/clubs", json!([]), "emptyAudience");
    refuses("/snapshot/upgrades/0/triggers", json!([]), "emptyList");
    let grant = json!({ "upgrade": "u-1", "sku": "CAB19" });
    refuses("/cart/grants", Value::Array(vec![grant; 101]), "tooManyGrants");
    refuses("/snapshot/upgrades/0/offers/0/units", json!(0), "quantityOutOfRange");
    refuses("/snapshot/upgrades/0/offers/0/sku", json!("x".repeat(253)), "textTooLong");
    let sets = (0..501).map(|at| json!({ "id": format!("s-{at}"), "title": "Set", "discounts": ["d-case"] }));
    let mut sets: Vec<Value> = sets.collect();
    refuses("/snapshot/promotionSets", Value::Array(sets.clone()), "tooManySets");
    sets.pop();
    let mut document = sound();
    put(&mut document, "/snapshot/promotionSets", Value::Array(sets));
    assert_eq!(faults(&document), []);
}

#[test]
fn what_uses_are_of_is_an_id() {
    refuses("/usage/", json!({}), "textEmpty");
    let long = format!("/usage/{}", "x".repeat(257));
    refuses(&long, json!({}), "textTooLong");
    let mut document = sound();
    put(&mut document, "/usage/", json!({ "store": -1 }));
    let place = |pointer: &str, code: &'static str| (pointer.to_owned(), code);
    assert_eq!(faults(&document), [place("/usage//store", "notAWholeNumber"), place("/usage/", "textEmpty")]);
}

#[test]
fn unknown_variants() {
    for (pointer, place) in [
        ("/cart/channel", "/cart/channel"),
        ("/snapshot/discounts/0/kind/type", "/snapshot/discounts/0/kind/type"),
        ("/snapshot/discounts/0/audience/type", "/snapshot/discounts/0/audience/type"),
        ("/snapshot/discounts/0/benefit/type", "/snapshot/discounts/0/benefit/type"),
        ("/snapshot/discounts/0/benefit/value/type", "/snapshot/discounts/0/benefit/value/type"),
        ("/snapshot/discounts/1/benefit/value/type", "/snapshot/discounts/1/benefit/value/type"),
        ("/snapshot/discounts/1/benefit/services/type", "/snapshot/discounts/1/benefit/services/type"),
        ("/snapshot/discounts/2/benefit/value/applies", "/snapshot/discounts/2/benefit/value/applies"),
        ("/snapshot/discounts/0/requirement/type", "/snapshot/discounts/0/requirement/type"),
        ("/snapshot/discounts/0/requirement/counts", "/snapshot/discounts/0/requirement/counts"),
        ("/snapshot/discounts/0/usageLimit/type", "/snapshot/discounts/0/usageLimit/type"),
    ] {
        refuses_at(pointer, json!("surprise"), place, "unknownVariant");
    }
}

#[test]
fn parts_that_do_not_fit_together() {
    refuses_at(
        "/snapshot/discounts/0/endsAt",
        json!("2026-01-01T08:00:00Z"),
        "/snapshot/discounts/0/endsAt",
        "endBeforeStart",
    );
    refuses_at(
        "/snapshot/discounts/0/requirement/maximum",
        json!(5),
        "/snapshot/discounts/0/requirement/minimum",
        "minimumAboveMaximum",
    );
    refuses("/snapshot/discounts/2/id", json!("d-case"), "duplicateId");
    refuses("/snapshot/promotionSets/0/discounts/1", json!("d-none"), "unknownDiscount");
    refuses("/snapshot/promotionSets/0/discounts/1", json!("d-case"), "duplicateMember");
    refuses("/snapshot/discounts/1/benefit/services/ids/0", json!("boat"), "unknownService");
    refuses("/snapshot/upgrades/0/id", json!("d-case"), "duplicateId");
    let line = |id: Option<&str>| json!({ "id": id, "sku": "CAB19", "quantity": 1 });
    for (first, second) in [(Some("a"), Some("a")), (Some("2"), None)] {
        refuses_at("/cart/lines", json!([line(first), line(second)]), "/cart/lines/1", "duplicateId");
    }
    refuses_at(
        "/snapshot/discounts/2/id",
        json!("u-1/CAB19"),
        "/snapshot/upgrades/0/offers/0/sku",
        "duplicateOffer",
    );
    let mut document = sound();
    put(&mut document, "/snapshot/discounts/2/kind", json!({ "type": "coupon", "code": " ship" }));
    assert_eq!(faults(&document), [("/snapshot/discounts/2/kind/code".to_owned(), "duplicateCode")]);
    put(&mut document, "/snapshot/discounts/2/kind", json!({ "type": "coupon", "code": "SH1P" }));
    assert_eq!(faults(&document), [("/snapshot/discounts/2/kind/code".to_owned(), "duplicateCode")]);
}

#[test]
fn no_fault_hides_another() {
    let mut document = sound();
    put(&mut document, "/snapshot/products/0/price", json!("free"));
    put(&mut document, "/snapshot/discounts/0/benefit/value/percent", json!("0"));
    put(&mut document, "/snapshot/discounts/1/kind/code", json!("!"));
    put(&mut document, "/cart/lines/0/quantity", json!(0));
    put(&mut document, "/cart/lines/0/price", json!("0.01"));
    let found: Vec<_> = faults(&document).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        found,
        ["invalidMoney", "percentOutOfRange", "invalidCode", "quantityOutOfRange", "unknownField"]
    );
}
