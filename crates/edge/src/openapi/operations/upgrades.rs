//! Upgrade offers: what merchants set up, and how buyers come by what they have earned.

use ledger::Conflict::OrderExists;
use serde_json::json;

use crate::{
    body,
    openapi::{
        operation::{Operation, Tag::Upgrades},
        problems::throttled_links,
        schema::named,
    },
    order_book, problem,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![session(), links(), past_order(), list(), get(), put(), delete()]
}

fn session() -> Operation {
    Operation::new("POST /v1/offers/session", "listOffers", Upgrades, "Get the offers of a buyer")
        .about(
            "The buyer is recognised by the link to an order, by an address they have confirmed, or by a customer's \
             token: send exactly one.",
        )
        .takes("OfferPass", body::MAXIMUM, &[("link", json!({ "link": "l1.…" }))])
        .answers(200, "Their offers, each kind once.", named("OfferSession"))
        .refuses(vec![
            problem::invalid_link(),
            problem::visit_expired(),
            problem::invalid_customer_token(),
            problem::customer_token_expired(),
            problem::not_configured(),
            problem::ledger_unavailable(),
            problem::no_snapshot(),
        ])
}

fn links() -> Operation {
    Operation::new("POST /v1/offers/links", "askForOffers", Upgrades, "Ask for a confirmation link by e-mail")
        .about(
            "The answer is the same whether the address is a buyer's or not. The link is good once, for a day; three an \
             hour go to one address. Ten in ten minutes from one place are too many.",
        )
        .idempotent()
        .takes("LinkRequest", body::MAXIMUM, &[("buyer", json!({ "email": "ada@example.com" }))])
        .answers(202, "It will be seen to.", named("Accepted"))
        .headed(&["RateLimit", "RateLimit-Policy"])
        .refuses(vec![throttled_links(), problem::ledger_unavailable()])
}

fn past_order() -> Operation {
    let order = json!({ "reference": "shop-1001", "paidAt": "2025-11-02T10:00:00Z", "total": "18.00",
                        "customer": { "email": "ada@example.com" }, "lines": [{ "sku": "HOUNDS", "quantity": 1 }] });
    Operation::new(
        "POST /v1/events/orders",
        "recordOrder",
        Upgrades,
        "Tell of an order that was paid elsewhere",
    )
    .about("Its buyer has earned what any buyer has. It can be refunded and cancelled like any order.")
    .idempotent()
    .takes("PastOrder", body::MAXIMUM, &[("book", order)])
    .answers(201, "The order, committed.", named("Order"))
    .refuses(vec![
        order_book::problem_of_past(OrderExists),
        problem::no_snapshot(),
        problem::ledger_unavailable(),
    ])
}

fn list() -> Operation {
    Operation::new("GET /admin/api/upgrades", "listUpgrades", Upgrades, "List the upgrades")
        .answers(200, "All of them, in the store's order.", named("Upgrades"))
        .refuses(vec![problem::ledger_unavailable()])
}

fn get() -> Operation {
    Operation::new("GET /admin/api/upgrades/{upgrade}", "getUpgrade", Upgrades, "Get an upgrade")
        .answers(200, "The upgrade.", named("UsedUpgrade"))
        .refuses(vec![problem::not_found(), problem::ledger_unavailable()])
}

fn put() -> Operation {
    let baskerville = json!({ "triggers": ["HOUNDS"], "offers": [{ "sku": "SCARLET",
                              "value": { "type": "percentOff", "percent": "25" } }],
                              "message": "Now that you have met the hound, meet the man." });
    Operation::new("PUT /admin/api/upgrades/{upgrade}", "putUpgrade", Upgrades, "Make or change an upgrade")
        .about("Buyers from before have its offers too. It binds at once: the store's snapshot is made anew.")
        .takes("UpgradeChange", body::MAXIMUM, &[("baskerville", baskerville)])
        .answers(200, "The upgrade.", named("UsedUpgrade"))
        .refuses(vec![problem::no_snapshot(), problem::upgrade_in_set(), problem::ledger_unavailable()])
}

fn delete() -> Operation {
    Operation::new("DELETE /admin/api/upgrades/{upgrade}", "deleteUpgrade", Upgrades, "Take an upgrade out")
        .answers_nothing(204, "It is gone, and so are its offers.")
        .refuses(vec![
            problem::not_found(),
            problem::no_snapshot(),
            problem::upgrade_in_set(),
            problem::ledger_unavailable(),
        ])
}
