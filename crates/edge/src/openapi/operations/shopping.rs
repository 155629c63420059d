//! What a shop's pages ask.

use serde_json::json;

use crate::{
    body,
    openapi::{
        examples,
        operation::{Operation, Tag::Shopping},
        problems::throttled,
        schema::named,
    },
    problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![quotes(), snapshot(), products(), coupon_check()]
}

/// What can go wrong wherever a customer's token is read.
fn of_customers() -> Vec<wire::Problem> {
    vec![
        problem::invalid_customer_token(),
        problem::customer_token_expired(),
        problem::not_configured(),
        problem::ledger_unavailable(),
        problem::no_snapshot(),
    ]
}

fn quotes() -> Operation {
    Operation::new("POST /v1/quotes", "quoteCart", Shopping, "Quote a cart")
        .about(
            "The authoritative quote, signed: for 15 minutes an order gets this price. Ten wrong codes in ten minutes \
             are too many.",
        )
        .takes("QuoteRequest", body::MAXIMUM, &[("caseOfCabernet", examples::quote_request())])
        .with(&["part"])
        .answers(200, "The quote, or its sale.", json!({ "anyOf": [named("SignedQuote"), named("SignedSale")] }))
        .such_as(examples::quote())
        .headed(&["RateLimit", "RateLimit-Policy"])
        .refuses(of_customers())
        .refuses(vec![throttled(), problem::invalid_grant(0)])
}

fn snapshot() -> Operation {
    Operation::new("GET /v1/snapshot", "getSnapshot", Shopping, "Get the rules that this shopper may see")
        .about(
            "For the browser's own engine. No coupon is in it, nor a rule that is off, not begun, over, used up, or \
             for others.",
        )
        .with(&["FarthingCustomer", "IfNoneMatch"])
        .answers(200, "The rules.", named("ShopperSnapshot"))
        .or_text()
        .headed(&["ETag"])
        .answers_nothing(304, "The caller holds them.")
        .headed(&["ETag"])
        .refuses(of_customers())
}

fn products() -> Operation {
    Operation::new("GET /v1/products", "getProducts", Shopping, "Get facts of up to 100 SKUs")
        .with(&["sku", "IfNoneMatch"])
        .answers(200, "The products.", named("Products"))
        .or_text()
        .such_as(examples::products())
        .headed(&["ETag"])
        .answers_nothing(304, "The caller holds them.")
        .headed(&["ETag"])
        .refuses(vec![problem::no_snapshot()])
}

fn coupon_check() -> Operation {
    Operation::new("POST /v1/coupons/check", "checkCoupon", Shopping, "Get the rule that a code stands for")
        .about(
            "A code that can't be used gets one answer, byte for byte: unknown, switched off, not begun, over, used up, \
             or for others. Ten wrong codes in ten minutes are too many.",
        )
        .takes("CouponCheck", body::MAXIMUM, &[("save10", json!({ "code": "SAVE10" }))])
        .answers(200, "The rule.", named("Coupon"))
        .headed(&["RateLimit", "RateLimit-Policy"])
        .refuses(of_customers())
        .refuses(vec![problem::unknown_code(), throttled()])
}
