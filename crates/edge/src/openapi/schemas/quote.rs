//! Quotes: what a cart costs, and why.

use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, flag, id, instant, list, maybe, money, named, object, one_of,
    pattern, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("Quote", about(answered(quote()), "What a cart costs at a moment by a snapshot.")),
        ("SignedQuote", about(signed(quote()), "A quote that an order may be sold by until `expiresAt`.")),
        ("SignedSale", about(signed(told_sale()), "What an order is sold by, signed as the quote is.")),
        ("Beside", about(beside(), "What the page shows beside its cart, where `beside` was asked for.")),
        ("QuoteLine", answered(line())),
        ("LineDiscount", about(line_discount(), "What one discount took off a line or off shipping.")),
        ("Shipping", answered(shipping())),
        ("Applied", about(answered(applied()), "A discount that applied.")),
        ("CodeOutcome", about(answered(code()), "What became of a typed code.")),
        ("Verdict", about(answered(verdict()), "What became of a discount, and why.")),
        ("Reason", reason()),
        ("Message", message()),
        (
            "Nudge",
            about(answered(nudge()), "A discount one step away: after the step so much more is saved."),
        ),
    ]
}

/// The fields that an order keeps of a quote.
pub(super) fn sale() -> Fields {
    vec![
        ("snapshotVersion", any_text()),
        ("asOf", instant()),
        ("currency", named("Currency")),
        ("lines", list(named("QuoteLine"))),
        ("subtotal", money()),
        ("productDiscount", money()),
        ("shipping", maybe(named("Shipping"))),
        ("total", money()),
        ("saving", money()),
        ("applied", list(named("Applied"))),
        ("codes", list(named("CodeOutcome"))),
    ]
}

fn told_sale() -> Fields {
    let mut fields = sale();
    fields.push(("digest", about(digest(), "Of the canonical JSON of the fields of a `Sale`.")));
    fields
}

fn digest() -> Schema {
    pattern("^sha256-[0-9a-f]{64}$")
}

fn quote() -> Fields {
    let mut fields = sale();
    fields.extend([
        ("shippingPending", about(flag(), "Whether a shipping service is still to be chosen.")),
        ("verdicts", list(named("Verdict"))),
        ("messages", list(named("Message"))),
        ("nudges", list(named("Nudge"))),
        (
            "digest",
            about(
                digest(),
                "Of the canonical JSON of the fields of a `Quote`: equal wherever it was priced.",
            ),
        ),
    ]);
    fields
}

fn signed(mut fields: Fields) -> Schema {
    fields.extend([
        ("token", about(pattern("^q1\\."), "The signed quote, for `POST /v1/orders`.")),
        ("expiresAt", about(instant(), "Until when an order gets this price.")),
    ]);
    object(fields, vec![("beside", named("Beside")), ("grants", list(named("GrantTold")))])
}

fn beside() -> Schema {
    let message = answered(vec![
        ("state", message_state()),
        ("text", any_text()),
        ("nudge", about(maybe(named("Nudge")), "What one step more would save by its discount.")),
    ]);
    let product = answered(vec![
        ("sku", id()),
        ("title", any_text()),
        ("price", about(money(), "What one costs, after any discount that one alone already has.")),
        ("before", about(maybe(money()), "What it cost before, where that was more.")),
        ("message", maybe(message)),
    ]);
    let service = answered(vec![("id", id()), ("title", any_text()), ("rate", money())]);
    answered(vec![("products", list(product)), ("services", list(service))])
}

fn line() -> Fields {
    let run = answered(vec![("quantity", whole()), ("amount", money())]);
    vec![
        ("id", id()),
        ("sku", id()),
        ("quantity", whole()),
        ("unitPrice", money()),
        ("subtotal", money()),
        ("discount", money()),
        ("total", money()),
        ("discounts", list(named("LineDiscount"))),
        ("unitDiscounts", about(list(run), "What came off each unit, so that partial refunds add up.")),
    ]
}

fn line_discount() -> Schema {
    answered(vec![("discount", id()), ("amount", money())])
}

fn shipping() -> Fields {
    vec![
        ("service", id()),
        ("rate", money()),
        ("discount", money()),
        ("total", money()),
        ("discounts", list(named("LineDiscount"))),
    ]
}

fn applied() -> Fields {
    vec![
        ("discount", id()),
        ("title", any_text()),
        ("code", maybe(any_text())),
        ("productAmount", money()),
        ("shippingAmount", money()),
    ]
}

fn code() -> Fields {
    let statuses = one_of(&["applied", "beaten", "ineligible", "unknown"]);
    vec![("code", any_text()), ("status", statuses), ("discount", maybe(id()))]
}

fn verdict() -> Fields {
    let kinds = one_of(&["applied", "beaten", "ineligible"]);
    vec![("discount", id()), ("type", kinds), ("reasons", list(named("Reason")))]
}

fn reason() -> Schema {
    let kinds = one_of(&[
        "disabled",
        "notStarted",
        "ended",
        "wrongAudience",
        "nothingInScope",
        "noShippingService",
        "serviceNotCovered",
        "belowMinimum",
        "aboveMaximum",
        "missingProduct",
        "limitReached",
        "savesNothing",
        "betterDealApplied",
    ]);
    let measure = |sentence| {
        let either = serde_json::json!({ "anyOf": [whole(), money()] });
        about(either, sentence)
    };
    object(
        vec![("type", kinds)],
        vec![
            ("need", measure("The minimum not reached: items, or money.")),
            ("allowed", measure("The maximum exceeded.")),
            ("have", measure("What the cart holds.")),
        ],
    )
}

fn message_state() -> Schema {
    one_of(&["applied", "beaten", "available", "requirementUnmet"])
}

fn message() -> Schema {
    object(
        vec![
            ("discount", id()),
            ("text", about(any_text(), "The merchant's words.")),
            ("state", message_state()),
        ],
        vec![
            ("sku", about(id(), "The product it stands beside.")),
            ("service", about(id(), "The shipping service it stands beside.")),
        ],
    )
}

fn nudge() -> Fields {
    let quantity = answered(vec![("type", one_of(&["quantity"])), ("more", whole()), ("sku", id())]);
    let amount = answered(vec![("type", one_of(&["amount"])), ("more", money())]);
    let step = serde_json::json!({ "oneOf": [quantity, amount] });
    vec![("discount", id()), ("step", step), ("saving", money())]
}
