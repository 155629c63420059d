//! Where events are sent, and what waits to be sent.

use serde_json::{Value, json};

use crate::{
    body,
    openapi::{
        operation::{Operation, Tag::Webhooks},
        schema::named,
    },
    problem,
    store::webhooks::Webhook,
};

/// One of no webhook in particular.
const ID: &str = "3b0c5f7a9d21";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = lists();
    all.extend(one());
    all.extend(outbox());
    all
}

fn wanted() -> Value {
    json!({ "url": "https://shop.example/farthing", "events": ["order.committed"] })
}

fn lists() -> Vec<Operation> {
    vec![
        Operation::new("GET /admin/api/webhooks", "listWebhooks", Webhooks, "List the webhooks").answers(
            200,
            "All of them.",
            named("Webhooks"),
        ),
        Operation::new("POST /admin/api/webhooks", "makeWebhook", Webhooks, "Make a webhook")
            .about("Its secret is shown this once. What is sent is signed as Standard Webhooks says.")
            .idempotent()
            .takes("WebhookChange", body::MAXIMUM, &[("payments", wanted())])
            .answers(201, "The webhook, with its secret.", named("ShownWebhook"))
            .refuses(vec![problem::too_many("webhooks", Webhook::MAXIMUM), problem::already_made(ID)]),
    ]
}

fn one() -> Vec<Operation> {
    let rotate = "POST /admin/api/webhooks/{webhook}/rotate";
    vec![
        Operation::new("GET /admin/api/webhooks/{webhook}", "getWebhook", Webhooks, "Get a webhook")
            .answers(200, "The webhook.", named("Webhook"))
            .refuses(vec![problem::not_found()]),
        Operation::new("PUT /admin/api/webhooks/{webhook}", "putWebhook", Webhooks, "Change a webhook")
            .takes("WebhookChange", body::MAXIMUM, &[("payments", wanted())])
            .answers(200, "The webhook.", named("Webhook"))
            .refuses(vec![problem::not_found()]),
        Operation::new(
            "DELETE /admin/api/webhooks/{webhook}",
            "deleteWebhook",
            Webhooks,
            "Take a webhook away",
        )
        .answers_nothing(204, "Nothing more is sent there.")
        .refuses(vec![problem::not_found()]),
        Operation::new(rotate, "rotateWebhook", Webhooks, "Give a webhook a new secret")
            .about("For a day what is sent is signed with the one before, too.")
            .idempotent()
            .takes("Nothing", body::MAXIMUM, &[("usual", json!({}))])
            .answers(200, "The webhook, with its new secret.", named("ShownWebhook"))
            .refuses(vec![problem::not_found(), problem::already_made(ID)]),
    ]
}

fn outbox() -> Vec<Operation> {
    let retry = "POST /admin/api/outbox/{delivery}/retry";
    vec![
        Operation::new("GET /admin/api/outbox", "listDeliveries", Webhooks, "List what waits to be sent")
            .with(&["limit", "cursor"])
            .answers(200, "Those given up first, then the oldest.", named("Outbox"))
            .refuses(vec![problem::ledger_unavailable()]),
        Operation::new(retry, "retryDelivery", Webhooks, "Send a delivery again")
            .idempotent()
            .takes_nothing()
            .answers_nothing(204, "It is tried again at once.")
            .refuses(vec![problem::not_found(), problem::ledger_unavailable()]),
    ]
}
