//! Orders: what is asked to have reserved, and how an order stands.

use ledger::Status;
use serde_json::json;

use super::{cart::name, quote::sale};
use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, between, flag, id, instant, list, maybe, money, named, object,
    one_of, pattern, price, reference, sent, such_as, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("OrderRequest", about(request(), "An order to be reserved, by a signed quote or by a cart.")),
        (
            "CommitRequest",
            sent(Vec::new(), vec![("total", about(price(), "What was paid: must be the order's."))]),
        ),
        ("ReleaseRequest", sent(Vec::new(), vec![("reason", reasons())])),
        ("RefundRequest", refund()),
        ("Nothing", about(sent(Vec::new(), Vec::new()), "An empty object.")),
        ("Order", about(order(), "An order as it stands.")),
        ("Sale", about(answered(sale()), "The part of a quote that an order is sold by.")),
        ("Changed", about(changed(), "Why the price is not the promised one.")),
        ("Orders", answered(vec![("orders", list(named("Order"))), ("nextCursor", maybe(any_text()))])),
    ]
}

/// With a quote, the cart is only compared and `customer` says who is buying; without one, both are the cart's.
fn request() -> Schema {
    let reference =
        || ("reference", such_as(about(reference(), "The shop's own name for the order."), "1001"));
    let replace = || ("replace", about(flag(), "Takes the place of what is reserved under the reference."));
    let quote = about(pattern("^q1\\."), "The `token` of a quote.");
    let buyer = sent(Vec::new(), vec![("id", id()), ("email", id()), ("name", name())]);
    let by_quote = sent(
        vec![reference(), ("quote", quote)],
        vec![("cart", named("ShopperCart")), ("customer", buyer), replace()],
    );
    let nothing = json!({ "type": "null" });
    let mut by_cart = sent(vec![reference(), ("cart", named("OrderCart"))], vec![replace()]);
    for absent in ["quote", "customer"] {
        if let Some(field) = by_cart.pointer_mut("/properties").and_then(|fields| fields.as_object_mut()) {
            field.insert(absent.to_owned(), nothing.clone());
        }
    }
    json!({ "oneOf": [by_quote, by_cart] })
}

fn reasons() -> Schema {
    about(one_of(&["failed", "abandoned", "cancelled"]), "Why; `failed` where nothing is said.")
}

fn refund() -> Schema {
    let name = about(id(), "The shop's name for the refund: a repeated one is the same one.");
    sent(vec![("id", name)], vec![("amount", about(price(), "All that is left where nothing is said."))])
}

fn order() -> Schema {
    let line = answered(vec![("sku", id()), ("quantity", whole())]);
    let elsewhere = vec![
        ("elsewhere", about(flag(), "True of an order that was paid elsewhere.")),
        ("lines", about(list(line), "What was bought elsewhere.")),
        ("link", about(pattern("^l1\\."), "The buyer's own link to the order: only to the shop's server.")),
    ];
    object(facts(), elsewhere)
}

fn facts() -> Fields {
    let statuses = Status::ALL.map(Status::name);
    let customer = answered(vec![
        ("id", maybe(any_text())),
        ("email", maybe(any_text())),
        ("name", about(maybe(any_text()), "What mails call them, where the shop said it.")),
    ]);
    vec![
        ("reference", any_text()),
        ("status", one_of(&statuses)),
        ("revision", about(between(1, (1 << 53) - 1), "1 at first, one more with each change.")),
        ("currency", named("Currency")),
        ("total", money()),
        ("refunded", money()),
        ("reservedAt", instant()),
        ("expiresAt", about(maybe(instant()), "Only of an order that is reserved.")),
        ("committedAt", maybe(instant())),
        ("closedAt", maybe(instant())),
        ("customer", maybe(customer)),
        ("quote", about(maybe(named("Sale")), "Nothing of an order that was paid elsewhere.")),
        ("changed", maybe(named("Changed"))),
    ]
}

fn changed() -> Schema {
    let lost = answered(vec![
        ("discount", id()),
        ("title", any_text()),
        ("reason", one_of(&["limitReached", "stopped", "redeemed", "withdrawn"])),
    ]);
    answered(vec![
        ("reason", one_of(&["limitReached", "stopped", "redeemed", "withdrawn", "mismatch"])),
        ("before", money()),
        ("after", money()),
        ("discounts", about(list(lost), "The discounts that would have applied.")),
    ])
}
