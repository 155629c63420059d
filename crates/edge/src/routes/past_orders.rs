//! `POST /v1/events/orders`: an order that was paid elsewhere, or before the shop came here. Its buyer has earned what any
//! buyer has; it can be refunded and cancelled like any order.

use ledger::{Command, Outcome, Past};
use serde_json::json;
use wire::read::{self, PastOrder};

use super::order::answered;
use crate::{
    answer::Answer, buyer_name, call::Call, clock, idempotency, ledgers, order_book, order_json, problem,
    problem::Failure, snapshots,
};

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let mut document = call.json().await?;
    let (fingerprint, idempotency) = (wire::digest(&document), idempotency::of(&call, &document)?);
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let currency = compiled.engine.store().currency;
    let (name, order) = buyer_name::beside(&mut document, &buyer_name::IN_PAST_ORDER, |rest| {
        read::past_order(rest, currency)
    })?;
    if order.paid_at > clock::now() {
        return Err(problem::fault("/paidAt", "inTheFuture", "send orders that are paid").into());
    }
    let past = Past {
        reference: order.reference.to_string(),
        fingerprint,
        customer: ledgers::party(&order.customer),
        currency: currency.code().to_owned(),
        total: order.total.minor(),
        paid_at: order.paid_at.millis(),
        body: order_json::named(body(&order), name.as_deref()),
        idempotency,
    };
    match ledgers::ask(&call.env, call.store(), &Command::Record(Box::new(past))).await? {
        Outcome::Order(order) => answered(&call, 201, &order),
        Outcome::Conflict(conflict) => Err(order_book::problem_of_past(conflict).into()),
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
