//! Carts: what a browser may say of one, and what a shop's own records have.

use pricing::model::{Cart, Quantity};
use wire::read::QuoteRequest;

use crate::{
    buyer_name,
    openapi::schema::{
        Fields, Schema, about, any_text, between, bounded, id, list, named, one_of, pattern, sent, such_as,
        text,
    },
};

pub(super) fn schemas() -> Fields {
    vec![
        ("CartLine", about(line(), "A line; without an id of its own it is called by its place, from 1.")),
        (
            "QuoteRequest",
            about(quote_request(), "A cart as a browser may have it. Prices, totals and tags are refused."),
        ),
        ("ShopperCart", sent(lines(), shopper())),
        ("Cart", about(cart("Customer", simulated_grant()), "A cart as the shop's own records have it.")),
        (
            "OrderCart",
            about(cart("Buyer", grant()), "A cart as the shop's own records have it, and who buys it."),
        ),
        (
            "Customer",
            about(sent(Vec::new(), customer_fields()), "A customer as the shop's own records have it."),
        ),
        ("Buyer", about(sent(Vec::new(), buyer_fields()), "A customer who buys.")),
        ("CouponCheck", sent(vec![("code", such_as(id(), "SAVE10"))], vec![("customerToken", token())])),
    ]
}

fn line() -> Schema {
    let quantity = between(1, u64::from(Quantity::MAXIMUM));
    sent(vec![("sku", such_as(id(), "CAB19")), ("quantity", such_as(quantity, 12))], vec![("id", id())])
}

fn lines() -> Fields {
    vec![("lines", bounded(named("CartLine"), 0, Cart::MAXIMUM_LINES))]
}

/// What a browser may say besides the lines.
fn shopper() -> Fields {
    vec![("codes", bounded(such_as(id(), "save10"), 0, Cart::MAXIMUM_CODES)), ("shippingService", id())]
}

fn token() -> Schema {
    about(any_text(), "Who is shopping, as the shop has signed it: `c1.…`.")
}

fn quote_request() -> Schema {
    let mut optional = shopper();
    let skus = bounded(id(), 0, QuoteRequest::MAXIMUM_BESIDE);
    optional.extend([
        ("customerToken", token()),
        (
            "grants",
            about(
                bounded(pattern("^g1\\."), 0, Cart::MAXIMUM_GRANTS),
                "The offers to be redeemed: the `grant` of each.",
            ),
        ),
        (
            "beside",
            about(skus, "SKUs that the page also shows: their prices and messages come with the quote."),
        ),
    ]);
    sent(lines(), optional)
}

/// An offer by the order that earned it.
fn grant() -> Schema {
    sent(
        vec![("upgrade", id()), ("sku", id()), ("order", about(id(), "The order that earned it."))],
        Vec::new(),
    )
}

/// An offer that is only priced, as if it were earned.
fn simulated_grant() -> Schema {
    sent(vec![("upgrade", id()), ("sku", id())], vec![("order", id())])
}

fn cart(customer: &str, grant: Schema) -> Schema {
    let mut optional = shopper();
    optional.extend([
        ("channel", one_of(&["web", "pos", "admin", "club"])),
        ("customer", named(customer)),
        ("grants", bounded(grant, 0, Cart::MAXIMUM_GRANTS)),
    ]);
    sent(lines(), optional)
}

/// What somebody is called.
pub(super) fn name() -> Schema {
    let name = such_as(text(buyer_name::MAXIMUM), "Ada Lovelace");
    about(name, "What mails call them: one line without control characters. It changes no price.")
}

fn buyer_fields() -> Fields {
    let mut fields = customer_fields();
    fields.push(("name", name()));
    fields
}

/// What may be said of a customer.
pub(super) fn customer_fields() -> Fields {
    vec![("id", id()), ("email", id()), ("clubs", list(id())), ("tags", list(id()))]
}
