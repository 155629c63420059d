//! Discounts of contract v1: who gets what off what, when and how often.

use serde_json::Value;

use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, between, filled, flag, id, instant, list, maybe, named,
    one_of, price, sent, such_as, variants, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("Discount", about(sent(required(), optional()), "A discount of contract v1.")),
        ("UsedDiscount", about(used(), "A discount with what became of it.")),
        (
            "Discounts",
            answered(vec![("discounts", list(named("UsedDiscount"))), ("nextCursor", maybe(any_text()))]),
        ),
        ("DiscountKind", kind()),
        ("Audience", audience()),
        ("Benefit", benefit()),
        ("ProductValue", product_value()),
        ("ShippingValue", shipping_value()),
        ("Scope", scope()),
        ("Requirement", requirement()),
        ("UsageLimit", usage_limit()),
        ("Switched", switched()),
        ("Coupon", coupon()),
    ]
}

fn required() -> Fields {
    vec![("id", id()), ("kind", named("DiscountKind")), ("title", id()), ("benefit", named("Benefit"))]
}

fn optional() -> Fields {
    vec![
        ("enabled", flag()),
        ("startsAt", instant()),
        ("endsAt", instant()),
        ("audience", named("Audience")),
        ("requirement", named("Requirement")),
        ("usageLimit", named("UsageLimit")),
        ("actionMessage", any_text()),
    ]
}

/// The discount as the merchant wrote it, and what is known of it here.
fn used() -> Schema {
    let uses = answered(vec![
        ("held", about(whole(), "By orders that are reserved.")),
        ("spent", about(whole(), "By orders that are paid.")),
    ]);
    let mut fields = required();
    fields.extend([
        ("stopped", about(flag(), "Off, whatever `enabled` says.")),
        ("uses", about(uses, "By the ledger's count of this moment.")),
    ]);
    sent(fields, optional())
}

fn kind() -> Schema {
    let code =
        about(such_as(any_text(), "SAVE10"), "3 to 40 of `A`–`Z`, `0`–`9`, `_` and `-`; typed in any case.");
    variants(vec![("promotion", vec![], vec![]), ("coupon", vec![("code", code)], vec![])])
}

fn audience() -> Schema {
    variants(vec![
        ("everyone", vec![], vec![]),
        ("clubs", vec![("clubs", filled(id()))], vec![]),
        ("tags", vec![("tags", filled(id()))], vec![]),
    ])
}

fn benefit() -> Schema {
    let products = vec![("value", named("ProductValue")), ("scope", named("Scope"))];
    let services = variants(vec![("all", vec![], vec![]), ("services", vec![("ids", filled(id()))], vec![])]);
    let shipping = vec![("services", services), ("mustPurchase", named("Scope"))];
    variants(vec![
        ("products", products, vec![]),
        ("shipping", vec![("value", named("ShippingValue"))], shipping),
    ])
}

/// A percentage: above zero, 100 at most.
fn percent() -> Schema {
    such_as(price(), "12.5")
}

fn product_value() -> Schema {
    let dollars = vec![("amount", price()), ("applies", one_of(&["oncePerOrder", "perItem"]))];
    variants(vec![("percentOff", vec![("percent", percent())], vec![]), ("dollarOff", dollars, vec![])])
}

fn shipping_value() -> Schema {
    variants(vec![
        ("free", vec![], vec![]),
        ("percentOff", vec![("percent", percent())], vec![]),
        ("dollarOff", vec![("amount", price())], vec![]),
        ("flatRate", vec![("rate", price())], vec![]),
    ])
}

fn scope() -> Schema {
    let include = variants(vec![
        ("store", vec![], vec![]),
        ("collections", vec![("ids", filled(id()))], vec![]),
        ("departments", vec![("ids", filled(id()))], vec![]),
        ("products", vec![("skus", filled(id()))], vec![]),
    ]);
    let ids = || list(id());
    let exclude = sent(vec![], vec![("products", ids()), ("collections", ids()), ("departments", ids())]);
    sent(vec![("include", include)], vec![("exclude", exclude)])
}

fn requirement() -> Schema {
    let counts = || ("counts", one_of(&["everything", "onlyDiscounted"]));
    let bounds = |of: Value| vec![("minimum", of.clone()), ("maximum", of), counts()];
    variants(vec![
        ("none", vec![], vec![]),
        ("quantity", vec![], bounds(whole())),
        ("amount", vec![], bounds(price())),
    ])
}

fn usage_limit() -> Schema {
    let orders = || vec![("orders", between(1, u64::from(u32::MAX)))];
    variants(vec![
        ("unlimited", vec![], vec![]),
        ("perCustomer", orders(), vec![]),
        ("perStore", orders(), vec![]),
    ])
}

fn switched() -> Schema {
    answered(vec![
        ("discount", id()),
        ("stopped", flag()),
        ("snapshotVersion", about(any_text(), "The snapshot that prices now.")),
    ])
}

fn coupon() -> Schema {
    answered(vec![
        ("snapshotVersion", any_text()),
        ("discount", named("Discount")),
        ("compact", about(any_text(), "The same as a page's own engine takes it.")),
        ("promotionSets", about(list(id()), "The sets it is a member of.")),
    ])
}
