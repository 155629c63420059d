//! Webhooks, what is sent to them and what waits to be sent.

use crate::offer_events;
use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, flag, instant, list, maybe, named, one_of, pattern, sent,
    such_as, whole,
};

pub(super) fn schemas() -> Fields {
    vec![
        ("Webhook", about(answered(facts()), "An address that events are sent to.")),
        ("Webhooks", answered(vec![("webhooks", list(named("Webhook")))])),
        ("WebhookChange", change()),
        ("ShownWebhook", about(shown(), "A webhook with its secret, which is shown this once.")),
        ("Delivery", about(delivery(), "An event on its way to a webhook.")),
        (
            "Outbox",
            answered(vec![
                ("deliveries", about(list(named("Delivery")), "Those given up first.")),
                ("nextCursor", maybe(any_text())),
            ]),
        ),
        ("Event", about(event(), "What happened, with what it is about.")),
        ("PublishedEvent", about(published(), "The rules that the store sells by from now on.")),
        ("OfferEvent", about(offer_event(), "Offers that an order has earned, or redeemed.")),
    ]
}

fn kind() -> Schema {
    one_of(&offer_events::types())
}

fn facts() -> Fields {
    vec![
        ("id", pattern("^[0-9a-f]{12}$")),
        ("url", any_text()),
        ("events", about(list(kind()), "Only these; all where none is named.")),
        ("enabled", flag()),
        ("createdAt", instant()),
        ("previousUntil", about(maybe(instant()), "Until when the secret before signs too.")),
    ]
}

fn shown() -> Schema {
    let mut fields = facts();
    fields.push(("secret", pattern("^whsec_")));
    answered(fields)
}

fn change() -> Schema {
    let url = such_as(any_text(), "https://shop.example/farthing");
    sent(vec![("url", url)], vec![("events", list(kind())), ("enabled", flag())])
}

fn delivery() -> Schema {
    answered(vec![
        ("id", whole()),
        ("message", about(pattern("^msg_"), "The `webhook-id` by which the receiver knows it.")),
        (
            "webhook",
            about(any_text(), "The webhook's id; `mail/receipt` and `mail/confirmation` go by mail."),
        ),
        ("event", about(any_text(), "What it tells of.")),
        ("attempts", whole()),
        ("dueAt", about(maybe(instant()), "When it is tried next; `null` of one that was given up.")),
        ("deadAt", maybe(instant())),
        ("error", maybe(any_text())),
    ])
}

fn offer_event() -> Schema {
    let known = || maybe(any_text());
    let customer = answered(vec![("id", known()), ("email", known()), ("name", known())]);
    let offer = answered(vec![
        ("upgrade", any_text()),
        ("sku", any_text()),
        ("earnedBy", about(any_text(), "The order that earned it.")),
    ]);
    answered(vec![("order", any_text()), ("customer", maybe(customer)), ("offers", list(offer))])
}

fn published() -> Schema {
    answered(vec![("version", about(pattern("^sha256-"), "The snapshot's `version`."))])
}

fn event() -> Schema {
    let data = serde_json::json!({ "anyOf": [named("Order"), named("OfferEvent"), named("PublishedEvent")] });
    answered(vec![("type", kind()), ("timestamp", instant()), ("data", data)])
}
