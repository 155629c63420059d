//! What a store has: its file, its snapshot as a shopper may see it, its products.

use crate::openapi::schema::{
    Fields, Schema, about, also, answered, any_text, between, bounded, filled, flag, id, instant, list,
    map_of, maybe, money, named, object, pattern, price, sent, such_as, text, whole,
};
use pricing::model::{Quantity, Snapshot};

pub(super) fn schemas() -> Fields {
    vec![
        ("Currency", such_as(pattern("^[A-Z]{3}$"), "USD")),
        ("Store", store()),
        ("Product", about(product(), "A product of contract v1.")),
        ("ShippingService", service()),
        ("PromotionSet", about(set(), "Discounts of which the best applies.")),
        ("Upgrade", upgrade()),
        ("StoreFile", about(file(), "A whole store.")),
        ("Imported", imported()),
        ("Snapshot", about(snapshot(), "A store's rules with its products.")),
        ("ShopperSnapshot", about(shopper_snapshot(), "The rules that a shopper may see.")),
        ("Products", products()),
        ("PricingInput", about(input(), "All that one pricing needs.")),
    ]
}

fn store() -> Schema {
    sent(
        vec![("currency", named("Currency")), ("timeZone", such_as(id(), "America/Los_Angeles"))],
        vec![("name", id())],
    )
}

fn product() -> Schema {
    sent(
        vec![("sku", id()), ("title", id()), ("price", price())],
        vec![
            ("compareAt", price()),
            ("departments", list(id())),
            ("collections", list(id())),
            ("discountable", flag()),
            ("description", text(5_000)),
            ("vendor", id()),
            ("attributes", map_of(id())),
        ],
    )
}

fn service() -> Schema {
    sent(vec![("id", id()), ("title", id()), ("rate", price())], vec![])
}

fn set() -> Schema {
    sent(vec![("id", id()), ("title", id()), ("discounts", list(id()))], vec![])
}

fn upgrade() -> Schema {
    let (required, optional) = upgrade_fields();
    sent(required, optional)
}

/// What must be said of an upgrade, and what may be.
pub(super) fn upgrade_fields() -> (Fields, Fields) {
    let units = between(1, u64::from(Quantity::MAXIMUM));
    let offer = sent(vec![("sku", id()), ("value", named("ProductValue"))], vec![("units", units)]);
    let required = vec![("id", id()), ("triggers", filled(id())), ("offers", filled(offer))];
    let optional =
        vec![("title", id()), ("startsAt", instant()), ("endsAt", instant()), ("message", any_text())];
    (required, optional)
}

/// What a store file and a snapshot have in common besides the store.
fn content() -> Fields {
    vec![
        ("products", list(named("Product"))),
        ("shippingServices", list(named("ShippingService"))),
        ("discounts", bounded(named("Discount"), 0, Snapshot::MAXIMUM_DISCOUNTS)),
        ("promotionSets", bounded(named("PromotionSet"), 0, Snapshot::MAXIMUM_SETS)),
        ("upgrades", list(named("Upgrade"))),
    ]
}

fn file() -> Schema {
    let group = || list(sent(vec![("id", id()), ("title", id())], vec![]));
    let mut optional = content();
    optional.extend([("departments", group()), ("collections", group())]);
    sent(vec![("store", named("Store"))], optional)
}

fn imported() -> Schema {
    let kinds = [
        "departments",
        "collections",
        "products",
        "shippingServices",
        "discounts",
        "promotionSets",
        "upgrades",
    ];
    let counts = answered(kinds.map(|kind| (kind, whole())).into());
    answered(vec![
        ("dryRun", flag()),
        ("version", about(any_text(), "The name of the snapshot that the file makes.")),
        ("counts", about(counts, "How many of each the file has.")),
        ("stopped", about(list(id()), "The discounts in it that stay off, because they are stopped.")),
    ])
}

fn snapshot() -> Schema {
    let mut optional = content();
    optional.push(("version", any_text()));
    sent(vec![("store", named("Store"))], optional)
}

fn shopper_snapshot() -> Schema {
    let membership = answered(vec![("clubs", list(id())), ("tags", list(id()))]);
    object(
        vec![
            ("version", any_text()),
            ("store", named("Store")),
            ("shippingServices", list(named("ShippingService"))),
            ("discounts", list(named("Discount"))),
            ("promotionSets", list(named("PromotionSet"))),
        ],
        vec![("customer", about(membership, "What of the customer decides which discounts are for them."))],
    )
}

fn products() -> Schema {
    let facts = answered(vec![
        ("sku", id()),
        ("title", id()),
        ("price", money()),
        ("compareAt", maybe(money())),
        ("departments", list(id())),
        ("collections", list(id())),
        ("discountable", flag()),
    ]);
    answered(vec![
        ("snapshotVersion", any_text()),
        ("products", about(list(facts), "In the order asked for, each once.")),
        ("unknown", about(list(any_text()), "The SKUs that the store does not have.")),
    ])
}

fn input() -> Schema {
    let uses = sent(vec![], vec![("store", whole()), ("customer", whole())]);
    let usage = about(map_of(uses), "How often each discount was used already.");
    sent(
        vec![("snapshot", named("Snapshot")), ("asOf", instant()), ("cart", named("Cart"))],
        vec![("usage", also(usage, "propertyNames", id()))],
    )
}
