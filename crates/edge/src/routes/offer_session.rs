//! `POST /v1/offers/session?key=`: the upgrade offers of a buyer who is recognised: by the link to an order, by an address
//! they have confirmed, or by the shop's own word.

use ledger::{Command, Outcome};
use pricing::model::{Customer, Id};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wire::read;

use crate::{
    answer::{self, Answer},
    call::Call,
    clock, customer_token, ledgers,
    offer_tokens::{Link, OfStore as _, Visit},
    offers::{self, Offer, Telling},
    order_json,
    problem::{self, Failure},
    signing, snapshots,
    store::history::{self, Bought, Buyer},
};

/// By what a visitor is recognised.
#[derive(Debug)]
enum Pass {
    Link(String),
    Visit(String),
    Customer(String),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Session<'a> {
    snapshot_version: &'a str,
    currency: &'a str,
    /// The order whose link was shown.
    order: Option<Shown>,
    offers: Vec<Offer>,
}

#[derive(Debug, Serialize)]
struct Shown {
    reference: String,
    status: &'static str,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    sku: String,
    quantity: u64,
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let pass = pass(&document)?;
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let keyring = signing::keyring(&call.env)?;
    let (customer, order) = recognised(&call, pass).await?;
    let bought = bought(&call, &offers::triggers(&compiled), &customer, order.as_ref()).await?;
    let telling = Telling { compiled: &compiled, keyring: &keyring, customer: &customer, now: clock::now() };
    let earned = offers::earned(&compiled, &bought);
    answer::json(&Session {
        snapshot_version: compiled.engine.version(),
        currency: compiled.engine.store().currency.code(),
        order: order.map(|order| shown(&order)),
        offers: offers::told(&call.env, call.store(), &telling, &earned).await?,
    })
}

fn pass(document: &Value) -> Result<Pass, Failure> {
    let pass = read::read(document, |node| {
        node.object(|fields| {
            let mut text = |name| fields.optional(name, |node| node.string().map(str::to_owned));
            let [link, visit, customer] = ["link", "visit", "customerToken"].map(&mut text);
            match (link?, visit?, customer?) {
                (Some(token), None, None) => Some(Pass::Link(token)),
                (None, Some(token), None) => Some(Pass::Visit(token)),
                (None, None, Some(token)) => Some(Pass::Customer(token)),
                _ => node.refuse("missingField", "send exactly one of `link`, `visit` and `customerToken`"),
            }
        })
    })?;
    Ok(pass)
}

/// Who the pass is of, and the order where it is of one.
async fn recognised(call: &Call, pass: Pass) -> Result<(Customer, Option<ledger::Order>), Failure> {
    let keyring = signing::keyring(&call.env)?;
    match pass {
        Pass::Customer(token) => Ok((customer_token::customer(call, Some(&token)).await?, None)),
        Pass::Visit(token) => {
            let visit = Visit::open(&keyring, call.store(), &token).ok_or_else(problem::invalid_link)?;
            if visit.is_over(clock::now()) {
                return Err(problem::visit_expired().into());
            }
            Ok((Customer { email: Some(visit.email), ..Customer::default() }, None))
        }
        Pass::Link(token) => {
            let link = Link::open(&keyring, call.store(), &token).ok_or_else(problem::invalid_link)?;
            match ledgers::ask(&call.env, call.store(), &Command::Get { reference: link.order }).await? {
                Outcome::Order(order) => Ok((buyer(&order), Some(*order))),
                Outcome::Conflict(_) => Err(problem::invalid_link().into()),
                other => Err(ledgers::unexpected(&other)),
            }
        }
    }
}

fn buyer(order: &ledger::Order) -> Customer {
    let ledger::Party { id, email } = order.customer.clone();
    Customer { id: id.and_then(|id| Id::new(id).ok()), email, ..Customer::default() }
}

/// The orders that may have earned something: the one shown, which the database may not have yet, then the buyer's others.
async fn bought(
    call: &Call,
    triggers: &[&str],
    customer: &Customer,
    shown: Option<&ledger::Order>,
) -> Result<Vec<Bought>, Failure> {
    let mut bought: Vec<_> = shown
        .map(|order| Bought { reference: order.reference.clone(), skus: order_json::skus(order) })
        .into_iter()
        .collect();
    if customer.is_known() && !triggers.is_empty() {
        let buyer = Buyer { id: customer.id.as_ref().map(Id::as_str), email: customer.email.as_deref() };
        let others = history::orders_with(&call.database()?, call.store(), buyer, triggers).await?;
        bought.extend(
            others.into_iter().filter(|other| shown.is_none_or(|shown| shown.reference != other.reference)),
        );
    }
    Ok(bought)
}

fn shown(order: &ledger::Order) -> Shown {
    Shown {
        reference: order.reference.clone(),
        status: order.status.name(),
        lines: order_json::lines(order)
            .into_iter()
            .filter_map(|line| serde_json::from_value(line).ok())
            .collect(),
    }
}
