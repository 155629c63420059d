//! What staff look at besides what is sold: customers, the audit, health.

use serde_json::json;

use super::cart::{customer_fields, name};
use crate::{
    customer_token::MAXIMUM_SECONDS,
    openapi::schema::{
        Fields, Schema, about, answered, any_text, between, id, instant, list, maybe, named, one_of, pattern,
        sent, whole,
    },
};

pub(super) fn schemas() -> Fields {
    let page = |name, of: &str| answered(vec![(name, list(named(of))), ("nextCursor", maybe(any_text()))]);
    vec![
        ("Health", answered(vec![("status", one_of(&["ok"])), ("version", any_text())])),
        ("CustomerFacts", about(facts(), "A customer as the store keeps them.")),
        ("CustomerChange", sent(Vec::new(), change_of_customer())),
        ("Customers", page("customers", "CustomerFacts")),
        ("TokenRequest", about(token_request(), "A customer, with an `id` or an `email`.")),
        ("CustomerToken", answered(vec![("token", pattern("^c1\\.")), ("expiresAt", instant())])),
        ("Change", about(change(), "A change that somebody made.")),
        ("Audit", page("changes", "Change")),
    ]
}

fn facts() -> Schema {
    answered(vec![
        ("id", id()),
        ("email", maybe(id())),
        ("name", maybe(any_text())),
        ("clubs", list(id())),
        ("tags", list(id())),
    ])
}

/// The id stands in the address.
fn change_of_customer() -> Fields {
    customer_fields().into_iter().skip(1).chain([("name", name())]).collect()
}

fn token_request() -> Schema {
    let seconds = between(1, MAXIMUM_SECONDS.unsigned_abs());
    let mut fields = customer_fields();
    fields.push((
        "expiresIn",
        about(seconds, "How long the token is good, in seconds: an hour where nothing is said."),
    ));
    sent(Vec::new(), fields)
}

fn change() -> Schema {
    let hash = pattern("^sha256-[0-9a-f]{64}$");
    answered(vec![
        ("sequence", whole()),
        ("at", instant()),
        ("actor", about(any_text(), "The id of an admin token, or `owner`.")),
        ("action", about(any_text(), "What was done, such as `discount.stop`.")),
        ("subject", about(any_text(), "To which thing.")),
        ("detail", about(json!({ "type": "object" }), "More of it; never a secret.")),
        ("previousHash", about(any_text(), "Of the change before; empty of the first.")),
        ("hash", about(hash, "Of the canonical JSON of the rest.")),
    ])
}
