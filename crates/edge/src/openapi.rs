//! The API for machines: an OpenAPI 3.1 document.
//!
//! Its addresses, methods and keys are those of the table of routes, its problems are made by what makes them, its limits
//! and names are those of the code. What is told of each operation stands in [`operations`], what goes in and out in
//! [`schemas`]; a test fails when a route is told nothing of, and the API's tests hold every answer against it.

mod examples;
mod operation;
mod operations;
mod parameters;
mod paths;
mod problems;
mod schema;
mod schemas;

use std::rc::Rc;

use ledger::EventKind;
use serde_json::{Map, Value, json};

use crate::{
    form::{Body, Form},
    routes::table::ROUTES,
};
use operation::Tag;
use problems::Problems;

thread_local! {
    static DOCUMENT: Rc<Body> = Rc::new(Body::new(Form::Json, value().to_string()));
}

/// The document; made by the first request to an isolate that asks for it.
pub(crate) fn document() -> Rc<Body> {
    DOCUMENT.with(Rc::clone)
}

fn value() -> Value {
    let mut problems = Problems::default();
    let paths = paths::paths(ROUTES, &operations::operations(), &mut problems);
    let (responses, examples) = problems.into_components();
    json!({
        "openapi": "3.1.1",
        "info": info(),
        "servers": [{ "url": "/", "description": "The deployment that serves this document" }],
        "tags": Tag::ALL.map(|tag| json!({ "name": tag.name(), "description": tag.about() })),
        "paths": paths,
        "webhooks": webhooks(),
        "components": {
            "schemas": schemas::schemas(),
            "responses": responses,
            "parameters": parameters::parameters(),
            "headers": parameters::answered(),
            "examples": examples,
            "securitySchemes": security_schemes(),
        },
    })
}

fn info() -> Value {
    json!({
        "title": "Farthing",
        "version": env!("CARGO_PKG_VERSION"),
        "summary": "Prices carts, and counts every use of a discount exactly.",
        "description": "Money is decimal strings in the currency's scale, instants are RFC 3339 in UTC, names are in \
            camel case. Bodies and queries are read strictly: what is not known is refused. Every error is \
            `application/problem+json` (RFC 9457) with a stable `code`.",
        "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
    })
}

fn security_schemes() -> Value {
    let bearer = |format: &str, about: &str| json!({ "type": "http", "scheme": "bearer", "bearerFormat": format, "description": about });
    json!({
        "siteKey": {
            "type": "apiKey",
            "in": "query",
            "name": "key",
            "description": "A site key, `pk_…`. Public: it is in the page. A browser's `Origin` must be one of the key's.",
        },
        "serverKey": bearer("sk_…", "A server key, for the shop's own server. Never in a page."),
        "adminToken": bearer(
            "ft_…",
            "A token of the merchant's staff, with a role: a viewer looks, an editor changes what is sold and how, an \
             owner decides who may. The deployment's `ADMIN_TOKEN` is an owner of every store.",
        ),
    })
}

/// What is sent to webhooks, by the event's name.
fn webhooks() -> Value {
    let header = |name: &str, about: &str| {
        let schema = json!({ "type": "string" });
        json!({ "name": name, "in": "header", "required": true, "description": about, "schema": schema })
    };
    let event = |kind: EventKind| {
        let told = json!({ "properties": { "type": { "const": kind.name() } } });
        let schema = json!({ "allOf": [schema::named("Event"), told] });
        let post = json!({
            "operationId": kind.name(),
            "tags": [Tag::Webhooks.name()],
            "summary": "Something happened to an order",
            "description": "Signed as Standard Webhooks says. A delivery that is repeated has the same `webhook-id`.",
            "security": [],
            "parameters": [
                header("webhook-id", "The event's id, the same each time it is sent."),
                header("webhook-timestamp", "When it was sent, in seconds since 1970."),
                header("webhook-signature", "Signatures, parted by spaces."),
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": {
                "2XX": { "description": "It was received." },
                "default": { "description": "It is sent again later." },
            },
        });
        (kind.name().to_owned(), json!({ "post": post }))
    };
    EventKind::ALL.map(event).into_iter().collect::<Map<_, _>>().into()
}

#[cfg(test)]
mod tests;
