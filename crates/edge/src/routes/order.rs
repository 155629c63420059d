//! `/v1/orders/{reference}`: an order, and what becomes of it.

use ledger::{Command, Outcome, Reason, Refund, Release};
use pricing::money::{Amount, Currency};
use serde_json::Value;
use wire::read::{self, Node, Reference};

use crate::{
    answer::{self, Answer},
    call::Call,
    idempotency, ledgers,
    offer_tokens::{Link, OfStore as _},
    order_book, order_json,
    problem::Failure,
    signing,
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    told(&call, Command::Get { reference: reference(&call)? }).await
}

pub(super) async fn commit(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let currency = currency_for(&call, &document, "total").await?;
    let total = read::read(&document, |node| {
        node.object(|fields| fields.optional("total", |node| amount(node, currency)))
    })?;
    let idempotency = idempotency::of(&call, &document)?;
    told(&call, Command::Commit { reference: reference(&call)?, total, idempotency }).await
}

pub(super) async fn release(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let reason =
        read::read(&document, |node| node.object(|fields| fields.or("reason", Reason::Failed, reason)))?;
    let idempotency = idempotency::of(&call, &document)?;
    told(&call, Command::Release(Release { reference: reference(&call)?, reason, idempotency })).await
}

pub(super) async fn refund(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let currency = currency_for(&call, &document, "amount").await?;
    let (id, amount) = read::read(&document, |node| {
        node.object(|fields| {
            let id = fields.required("id", |node| node.id());
            let amount = fields.optional("amount", |node| amount(node, currency));
            Some((id?, amount?))
        })
    })?;
    let idempotency = idempotency::of(&call, &document)?;
    let refund = Refund { reference: reference(&call)?, id: id.to_string(), amount, idempotency };
    told(&call, Command::Refund(refund)).await
}

pub(super) async fn extend(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    read::read(&document, |node| node.object(|_| Some(())))?;
    let idempotency = idempotency::of(&call, &document)?;
    told(&call, Command::Extend { reference: reference(&call)?, idempotency }).await
}

/// Asks the ledger, and tells the order.
async fn told(call: &Call, command: Command) -> Result<Answer, Failure> {
    match ledgers::ask(&call.env, call.store(), &command).await? {
        Outcome::Order(order) => answered(call, 200, &order),
        Outcome::Conflict(conflict) => Err(order_book::problem(conflict).into()),
        other => Err(ledgers::unexpected(&other)),
    }
}

/// The order, with the buyer's own link to it.
pub(super) fn answered(call: &Call, status: u16, order: &ledger::Order) -> Result<Answer, Failure> {
    let link = Link { order: order.reference.clone() };
    let link = link.seal(&*signing::keyring(&call.env)?, call.store());
    Ok(answer::written(status, order_json::linked(order, &link)))
}

/// A segment that can't be a reference is no order's.
fn reference(call: &Call) -> Result<String, Failure> {
    let reference =
        Reference::new(&call.item).ok_or_else(|| order_book::problem(ledger::Conflict::Unknown))?;
    Ok(reference.to_string())
}

/// The order's currency, where the document has an amount to be read by it.
async fn currency_for(call: &Call, document: &Value, field: &str) -> Result<Option<Currency>, Failure> {
    if !document.get(field).is_some_and(Value::is_string) {
        return Ok(None);
    }
    let order =
        match ledgers::ask(&call.env, call.store(), &Command::Get { reference: reference(call)? }).await? {
            Outcome::Order(order) => order,
            Outcome::Conflict(conflict) => return Err(order_book::problem(conflict).into()),
            other => return Err(ledgers::unexpected(&other)),
        };
    let currency = Currency::from_code(&order.currency)
        .map_err(|error| Failure::Internal(format!("order with a currency that is none: {error}")))?;
    Ok(Some(currency))
}

/// Money in minor units of `currency`, which is known wherever a text stands.
fn amount(node: Node<'_, '_>, currency: Option<Currency>) -> Option<u64> {
    node.string()?;
    node.order_amount(currency?).map(Amount::minor)
}

fn reason(node: Node<'_, '_>) -> Option<Reason> {
    match node.string()? {
        "failed" => Some(Reason::Failed),
        "abandoned" => Some(Reason::Abandoned),
        "cancelled" => Some(Reason::Cancelled),
        _ => node.refuse("unknownVariant", "expected `failed`, `abandoned` or `cancelled`"),
    }
}
