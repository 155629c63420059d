//! Upgrades and what buyers have earned by them.

use pricing::model::Cart;

use super::store::upgrade_fields;
use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, bounded, id, instant, list, maybe, money, named, object,
    one_of, pattern, price, reference, sent, such_as, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("OfferPass", about(pass(), "By what a buyer is recognised: exactly one.")),
        ("OfferSession", session()),
        ("Offer", about(answered(offer()), "An upgrade offer that a paid order has earned.")),
        ("GrantTold", about(answered(granted()), "What became of an offer to be redeemed.")),
        ("LinkRequest", sent(vec![("email", such_as(id(), "ada@example.com"))], Vec::new())),
        ("Accepted", answered(vec![("status", one_of(&["accepted"]))])),
        ("PastOrder", about(past_order(), "An order that was paid elsewhere.")),
        ("UpgradeChange", change()),
        ("UsedUpgrade", about(used(), "An upgrade, and in how many orders its offers were redeemed.")),
        ("Upgrades", answered(vec![("upgrades", list(named("UsedUpgrade")))])),
    ]
}

fn pass() -> Schema {
    let one = |name, begins, sentence| sent(vec![(name, about(pattern(begins), sentence))], Vec::new());
    serde_json::json!({ "oneOf": [
        one("link", "^l1\\.", "The `link` of an order."),
        one("visit", "^v1\\.", "What a confirmed address is told by."),
        one("customerToken", "^c1\\.", "Who is shopping, as the shop has signed it."),
    ] })
}

fn session() -> Schema {
    let line = object(vec![("sku", id()), ("quantity", whole())], Vec::new());
    let order = answered(vec![("reference", any_text()), ("status", any_text()), ("lines", list(line))]);
    answered(vec![
        ("snapshotVersion", any_text()),
        ("currency", named("Currency")),
        ("order", about(maybe(order), "The order whose link was sent.")),
        ("offers", list(named("Offer"))),
    ])
}

fn offer() -> Fields {
    let standing = one_of(&["open", "notStarted", "redeemed", "ended", "withdrawn"]);
    vec![
        ("upgrade", id()),
        ("sku", id()),
        ("order", about(any_text(), "The order that earned it.")),
        ("title", any_text()),
        ("message", maybe(any_text())),
        ("price", about(money(), "What one costs without the offer.")),
        ("offerPrice", about(money(), "What one costs with it.")),
        ("saving", money()),
        ("units", about(whole(), "How many are discounted in one order.")),
        ("endsAt", maybe(instant())),
        ("status", standing),
        ("grant", about(maybe(pattern("^g1\\.")), "What `POST /v1/quotes` takes; only of an open one.")),
        ("compact", about(maybe(any_text()), "What a page's own engine prices it by; only of an open one.")),
        ("promotionSets", about(list(id()), "The sets that the upgrade is a member of.")),
    ]
}

fn granted() -> Fields {
    vec![
        ("upgrade", id()),
        ("sku", id()),
        ("order", any_text()),
        ("status", one_of(&["open", "redeemed", "withdrawn", "gone"])),
    ]
}

fn past_order() -> Schema {
    let line = sent(vec![("sku", id())], vec![("quantity", whole())]);
    sent(
        vec![
            ("reference", reference()),
            ("paidAt", instant()),
            ("total", price()),
            ("customer", about(named("Buyer"), "An `id`, an `email`, or both.")),
            ("lines", bounded(line, 1, Cart::MAXIMUM_LINES)),
        ],
        Vec::new(),
    )
}

fn change() -> Schema {
    let (required, optional) = upgrade_fields();
    sent(required.into_iter().filter(|(name, _)| *name != "id").collect(), optional)
}

fn used() -> Schema {
    let (mut required, optional) = upgrade_fields();
    // As the merchant wrote it: with `null` where nothing is.
    let optional = optional.into_iter().map(|(name, schema)| (name, maybe(schema))).collect();
    required.push(("uses", answered(vec![("held", whole()), ("spent", whole())])));
    object(required, optional)
}
