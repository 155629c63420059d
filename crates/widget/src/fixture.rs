//! A small shop for tests: two products, a case discount, a free shipping offer and a coupon worth less.

use serde_json::{Value, json};
use wire::Json;

use crate::shop::Shop;

/// As the widget reads it.
pub(crate) fn read(document: &Value) -> Json {
    Json::parse(&document.to_string()).expect("JSON")
}

fn rule(id: &str, title: &str, percent: &str, minimum: u64) -> Value {
    json!({ "id": id, "kind": { "type": "promotion" }, "title": title, "enabled": true,
        "startsAt": "2026-01-01T00:00:00Z", "endsAt": null, "audience": { "type": "everyone" },
        "benefit": { "type": "products", "value": { "type": "percentOff", "percent": percent },
            "scope": { "include": { "type": "departments", "ids": ["wine"] },
                "exclude": { "products": [], "collections": [], "departments": [] } } },
        "requirement": { "type": "quantity", "minimum": minimum, "maximum": null, "counts": "onlyDiscounted" },
        "usageLimit": { "type": "perStore", "orders": 5 }, "actionMessage": "20% off when you buy a case" })
}

/// What `/v1/snapshot` answers.
pub(crate) fn snapshot() -> Value {
    json!({ "version": "sha256-one", "store": { "currency": "USD", "timeZone": "America/Los_Angeles" },
        "shippingServices": [{ "id": "ground", "title": "Ground", "rate": "12.00" }],
        "discounts": [rule("d-case", "Case discount", "20", 12)],
        "promotionSets": [{ "id": "s-both", "title": "Both", "discounts": ["d-case"] }] })
}

/// What `/v1/products` answers.
pub(crate) fn products() -> Json {
    read(&json!({ "snapshotVersion": "sha256-one", "unknown": [], "products": [
        { "sku": "CAB19", "title": "2019 Cabernet", "price": "32.00", "compareAt": "36.00", "departments": ["wine"] },
        { "sku": "HOUNDS", "title": "The Hounds", "price": "16.00", "departments": ["books"] }] }))
}

/// What `/v1/coupons/check` answers for SAVE10.
pub(crate) fn coupon(sets: &[&str]) -> Json {
    let mut discount = rule("c-save", "10% off wine", "10", 2);
    discount["kind"] = json!({ "type": "coupon", "code": "SAVE10" });
    read(&json!({ "snapshotVersion": "sha256-one", "discount": discount, "promotionSets": sets }))
}

/// The shop with both products known.
pub(crate) fn shop() -> Shop {
    let mut shop = Shop::read(read(&snapshot()), str::to_owned).expect("a snapshot");
    shop.learn(&products());
    shop
}
