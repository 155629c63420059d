//! What stands in addresses and in the headers of requests, and the headers of answers.

use ledger::Status;
use serde_json::{Map, Value, json};

use super::schema::{Schema, about, also, any_text, between, flag, id, one_of, pattern, reference, such_as};
use crate::{form, idempotency, page_of};

/// Every parameter by its name in the document.
pub(super) fn parameters() -> Value {
    let all = segments().into_iter().chain(queries()).chain(headers());
    all.collect::<Map<_, _>>().into()
}

/// The segment of its own that a path has.
fn segments() -> Vec<(String, Value)> {
    let hex = || pattern("^[0-9a-f]{12}$");
    [
        ("reference", "The shop's own name for the order.", such_as(reference(), "1001")),
        ("discount", "The discount's id.", such_as(id(), "d-case")),
        ("upgrade", "The upgrade's id.", such_as(id(), "u-1")),
        ("customer", "The customer's id.", such_as(id(), "c-9")),
        ("siteKey", "The site key itself.", such_as(pattern("^pk_[A-Za-z0-9_]{3,64}$"), "pk_live_shop")),
        ("serverKey", "The key's id: never the key itself.", such_as(hex(), "3b0c5f7a9d21")),
        ("adminToken", "The token's id: never the token itself.", such_as(hex(), "3b0c5f7a9d21")),
        ("webhook", "The webhook's id.", such_as(hex(), "3b0c5f7a9d21")),
        ("confirmation", "What the mail's link ends with.", such_as(any_text(), "n1.k1.a.b")),
        ("update", "The mail's id.", such_as(hex(), "3b0c5f7a9d21")),
        ("unsubscription", "What the mail's link ends with.", such_as(any_text(), "u1.k1.a.b")),
        ("delivery", "The delivery's number.", such_as(between(1, (1 << 53) - 1), 17)),
    ]
    .map(|(name, sentence, schema)| parameter(name, name, "path", sentence, schema))
    .into()
}

fn queries() -> Vec<(String, Value)> {
    let statuses = Status::ALL.map(Status::name);
    let skus = json!({ "type": "array", "items": any_text(), "minItems": 1, "maxItems": 100 });
    let page = between(1, page_of::MAXIMUM as u64);
    let store = such_as(pattern("^[a-z0-9-]{1,40}$"), "default");
    let mut all: Vec<_> = [
        ("dryRun", "Only try it: nothing is written.", flag()),
        ("q", "Part of an id, a title or a code.", any_text()),
        ("part", "Only this part of the quote: `sale` is what an order is sold by.", one_of(&["sale"])),
        (form::NAME, "Told not as JSON but as our own pages' engine takes it.", one_of(&["compact"])),
        ("status", "Only orders that stand so.", one_of(&statuses)),
        ("email", "Only the customer with this address.", such_as(any_text(), "ada@example.com")),
        ("limit", "The most things of the page.", also(page, "default", page_of::USUAL.into())),
        ("cursor", "`nextCursor` of the page before, as it came.", pattern("^[A-Za-z0-9_-]*$")),
        (
            "store",
            "Which store the deployment's own `ADMIN_TOKEN` is used for, `default` where nothing is said. Any other \
             token belongs to one store.",
            store,
        ),
    ]
    .map(|(name, sentence, schema)| parameter(name, name, "query", sentence, schema))
    .into();
    let (name, mut sku) = parameter("sku", "sku", "query", "A SKU; may be repeated.", skus);
    if let Some(fields) = sku.as_object_mut() {
        fields.extend([("required".to_owned(), true.into()), ("explode".to_owned(), true.into())]);
        fields.insert("example".to_owned(), json!(["CAB19", "HOUNDS"]));
    }
    all.push((name, sku));
    all
}

fn headers() -> Vec<(String, Value)> {
    let key = such_as(pattern(&format!("^[!-~]{{1,{}}}$", idempotency::MAXIMUM_LENGTH)), "5f1c");
    [
        (
            "IdempotencyKey",
            "Idempotency-Key",
            "Names this call, so that repeating it does nothing twice: for 24 hours it gets the first answer, or where that \
             showed a secret, 409 `alreadyMade`. With another request it is refused.",
            key,
        ),
        (
            "IfMatch",
            "If-Match",
            "The `ETag` of what the change was made to: it is carried out only if nobody made another since.",
            any_text(),
        ),
        ("IfNoneMatch", "If-None-Match", "The `ETag` of the answer that the caller holds.", any_text()),
        ("FarthingCustomer", "Farthing-Customer", "A customer's token, `c1.…`, of who looks.", any_text()),
    ]
    .map(|(name, header, sentence, schema)| parameter(name, header, "header", sentence, schema))
    .into()
}

fn parameter(name: &str, sent: &str, place: &str, sentence: &str, schema: Schema) -> (String, Value) {
    let parameter = json!({
        "name": sent,
        "in": place,
        "description": sentence,
        "required": place == "path",
        "schema": schema,
    });
    (name.to_owned(), parameter)
}

/// Every header of answers by its name.
pub(super) fn answered() -> Value {
    let header = |(name, required, schema): (&str, bool, Schema)| {
        (name.to_owned(), json!({ "required": required, "schema": schema }))
    };
    [
        ("Cache-Control", true, about(any_text(), "Who may keep the answer, and for how long.")),
        ("X-Content-Type-Options", true, json!({ "const": "nosniff" })),
        (
            "ETag",
            true,
            about(
                pattern("^\".*\"$"),
                "The answer's tag, for `If-None-Match`, and of what can be changed for `If-Match`.",
            ),
        ),
        ("WWW-Authenticate", true, one_of(&["Bearer realm=\"admin\"", "Bearer realm=\"server\""])),
        (
            "RateLimit-Policy",
            false,
            about(
                pattern("^\"(codes|links)\";q=[0-9]+;w=[0-9]+$"),
                "How many wrong codes may be tried in how many seconds.",
            ),
        ),
        (
            "RateLimit",
            false,
            about(
                pattern("^\"(codes|links)\";r=[0-9]+;t=[0-9]+$"),
                "How many are left, and for how many seconds.",
            ),
        ),
        ("Retry-After", true, about(pattern("^[0-9]+$"), "When codes may be tried again, in seconds.")),
    ]
    .map(header)
    .into_iter()
    .collect::<Map<_, _>>()
    .into()
}
