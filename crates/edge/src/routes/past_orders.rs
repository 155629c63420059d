//! `POST /v1/events/orders`: an order that was paid elsewhere, or before the shop came here. Its buyer has earned what any
//! buyer has; it can be refunded and cancelled like any order.

use ledger::{Command, Outcome, Past};
use serde_json::json;
use wire::read::{self, PastOrder};
use worker::Response;

use super::order::{answered, call_key};
use crate::{call::Call, clock, ledgers, order_book, problem, problem::Failure, snapshots};

pub(super) async fn post(mut call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let currency = compiled.engine.store().currency;
    let order = read::past_order(&document, currency)?;
    if order.paid_at > clock::now() {
        return Err(problem::fault("/paidAt", "inTheFuture", "send orders that are paid").into());
    }
    let past = Past {
        reference: order.reference.to_string(),
        fingerprint: wire::digest(&document),
        customer: ledgers::party(&order.customer),
        currency: currency.code().to_owned(),
        total: order.total.minor(),
        paid_at: order.paid_at.millis(),
        body: body(&order),
        idempotency: call_key(&call, &document)?,
    };
    match ledgers::ask(&call.env, call.store(), &Command::Record(Box::new(past))).await? {
        Outcome::Order(order) => answered(&call, 201, &order),
        Outcome::Conflict(conflict) => Err(order_book::problem(conflict).into()),
        other => Err(ledgers::unexpected(&other)),
    }
}

/// What the order keeps: nothing of it was quoted.
fn body(order: &PastOrder) -> String {
    let lines =
        order.lines.iter().map(|(sku, quantity)| json!({ "sku": sku.as_str(), "quantity": quantity.get() }));
    let lines: Vec<_> = lines.collect();
    json!({ "quote": null, "changed": null, "elsewhere": true, "lines": lines }).to_string()
}
