//! A small shop for tests: two products, a case discount, a free shipping offer and a coupon worth less.

use pricing::{model::Id, money::Currency};
use serde_json::{Value, json};
use wire::{
    Json,
    compact::{self, Published},
    read,
};

use crate::shop::Shop;

/// As the widget reads it.
pub(crate) fn parsed(document: &Value) -> Json {
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

/// The same as the widget asks for it.
pub(crate) fn published(rules: &Value, clubs: &[Id]) -> String {
    let snapshot = read::read(rules, |node| read::snapshot(node, str::to_owned)).expect("a snapshot");
    let published = Published { clubs, ..Published::of(&snapshot) };
    published.text()
}

fn usd() -> Currency {
    Currency::from_code("USD").expect("a currency")
}

/// What `/v1/products` answers.
pub(crate) fn products() -> String {
    let products = [
        json!({ "sku": "CAB19", "title": "2019 Cabernet", "price": "32.00", "compareAt": "36.00", "departments": ["wine"] }),
        json!({ "sku": "HOUNDS", "title": "The Hounds", "price": "16.00", "departments": ["books"] }),
    ];
    let products =
        products.map(|json| read::read(&json, |node| read::product(node, usd())).expect("a product"));
    compact::products_text("sha256-one", products.iter())
}

/// What `/v1/coupons/check` answers for SAVE10.
pub(crate) fn coupon(sets: &[&str]) -> Json {
    let mut discount = rule("c-save", "10% off wine", "10", 2);
    discount["kind"] = json!({ "type": "coupon", "code": "SAVE10" });
    let rule = read::read(&discount, |node| read::discount(node, usd(), str::to_owned)).expect("a discount");
    parsed(
        &json!({ "snapshotVersion": "sha256-one", "compact": compact::rule_text(&rule), "promotionSets": sets }),
    )
}

/// An offer as `/v1/offers/session` tells it: so many percent off one of a product.
pub(crate) fn offer(upgrade: &str, sku: &str, percent: &str, sets: &[&str]) -> Json {
    let value = json!({ "type": "percentOff", "percent": percent });
    let rule = json!({ "id": upgrade, "triggers": ["T"], "offers": [{ "sku": sku, "value": value }] });
    let rule = read::read(&rule, |node| read::upgrade(node, usd())).expect("an upgrade");
    parsed(&json!({ "upgrade": upgrade, "sku": sku, "grant": "g1", "promotionSets": sets,
        "compact": compact::rule_text(&rule) }))
}

/// The shop with both products known.
pub(crate) fn shop() -> Shop {
    let mut shop = Shop::read(published(&snapshot(), &[])).expect("a snapshot");
    shop.learn(&products()).expect("products");
    shop
}
