//! The offers that a page wants to redeem, by the tokens it was given.

use std::collections::BTreeMap;

use ledger::{Command, GrantState, Granted, Outcome};
use pricing::model::{Grant, Id, Upgrade, Usage};
use serde::Serialize;
use wire::Fault;

use crate::{
    call::Call,
    compiled::Compiled,
    ledgers,
    offer_tokens::{self, OfStore as _},
    offers, order_json, problem,
    problem::Failure,
    signing,
};

/// What became of a token.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    upgrade: String,
    sku: String,
    order: String,
    /// `open`, `redeemed`, `withdrawn`, or `gone`: the store makes the offer no more.
    status: &'static str,
}

/// The grants that are open, each kind once, and what became of every token.
///
/// # Errors
/// A token was not signed here for this store, or was changed since: `invalidGrant`. The ledger does not answer.
pub(crate) async fn open(
    call: &Call,
    compiled: &Compiled,
    tokens: &[String],
) -> Result<(Vec<Grant>, Vec<Told>), Failure> {
    if tokens.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let signed = signed(call, tokens)?;
    let asked = signed.iter().map(|grant| Granted { discount: discount(grant), order: grant.order.clone() });
    let states = offers::states(&call.env, call.store(), asked.collect()).await?;
    let (mut grants, mut told) = (Vec::<Grant>::new(), Vec::new());
    for (signed, state) in signed.into_iter().zip(states) {
        let grant = named(&signed).filter(|grant| compiled.makes_offer(&grant.upgrade, &grant.sku));
        let status = if grant.is_some() { status(state) } else { "gone" };
        let is_first = |grant: &Grant| {
            !grants.iter().any(|known| (&known.upgrade, &known.sku) == (&grant.upgrade, &grant.sku))
        };
        if let Some(grant) = grant.filter(|grant| status == "open" && is_first(grant)) {
            grants.push(grant);
        }
        let offer_tokens::Grant { upgrade, sku, order } = signed;
        told.push(Told { upgrade, sku, order, status });
    }
    Ok((grants, told))
}

/// Makes sure that each grant of a shop's own cart names the order that earned it.
///
/// # Errors
/// Each that names none.
pub(crate) fn all_name_an_order(grants: &[Grant]) -> Result<(), Failure> {
    let nameless = grants.iter().enumerate().filter(|(_, grant)| grant.order.is_none());
    let detail = "an offer is redeemed by the order that earned it: its reference";
    let faults: Vec<_> = nameless.map(|(at, _)| fault(at, "missingField", detail)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Makes sure that the orders which a shop's own cart names have earned what it says: that each holds a trigger of the
/// upgrade. The ledger is asked what was bought, because the database may not have an order that was just paid. Whether
/// it is paid, and the offer not redeemed, the ledger says when the offer is taken; whether the store makes the offer, the
/// engine.
///
/// # Errors
/// Each grant that its order has not earned. The ledger does not answer.
pub(crate) async fn all_are_earned(
    call: &Call,
    compiled: &Compiled,
    grants: &[Grant],
) -> Result<(), Failure> {
    let mut bought = BTreeMap::<&Id, Vec<String>>::new();
    for order in grants.iter().filter_map(|grant| grant.order.as_ref()) {
        if !bought.contains_key(order) {
            bought.insert(order, skus(call, order).await?);
        }
    }
    let is_unearned = |grant: &Grant| {
        let skus = grant.order.as_ref().and_then(|order| bought.get(order));
        compiled.offers().any(|(upgrade, offer)| {
            (&upgrade.id, &offer.sku) == (&grant.upgrade, &grant.sku)
                && !skus.is_some_and(|skus| offers::holds_trigger(upgrade, skus))
        })
    };
    let unearned = grants.iter().enumerate().filter(|(_, grant)| is_unearned(grant));
    let detail = "no order of this reference holds a product that earns the offer";
    let faults: Vec<_> = unearned.map(|(at, _)| fault(at, "invalidGrant", detail)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// What is in an order; nothing where there is no such order.
async fn skus(call: &Call, order: &Id) -> Result<Vec<String>, Failure> {
    match ledgers::ask(&call.env, call.store(), &Command::Get { reference: order.to_string() }).await? {
        Outcome::Order(order) => Ok(order_json::skus(&order)),
        Outcome::Conflict(_) => Ok(Vec::new()),
        other => Err(ledgers::unexpected(&other)),
    }
}

fn fault(at: usize, code: &'static str, detail: &str) -> Fault {
    Fault { pointer: format!("/cart/grants/{at}/order"), code, detail: detail.to_owned() }
}

/// The uses that a quote with these grants is found by: what a customer has redeemed of an earlier order's offer does not
/// count against that of another.
pub(crate) fn uncounted(mut usage: Usage, grants: &[Grant]) -> Usage {
    for grant in grants {
        if let Ok(id) = Upgrade::offer_id(&grant.upgrade, &grant.sku) {
            usage.set_customer(id, 0);
        }
    }
    usage
}

fn signed(call: &Call, tokens: &[String]) -> Result<Vec<offer_tokens::Grant>, Failure> {
    let keyring = signing::keyring(&call.env)?;
    let read = |(at, token): (usize, &String)| {
        offer_tokens::Grant::open(&keyring, call.store(), token).ok_or_else(|| problem::invalid_grant(at))
    };
    Ok(tokens.iter().enumerate().map(read).collect::<Result<_, _>>()?)
}

fn named(grant: &offer_tokens::Grant) -> Option<Grant> {
    let id = |text: &str| Id::new(text).ok();
    Some(Grant { upgrade: id(&grant.upgrade)?, sku: id(&grant.sku)?, order: Some(id(&grant.order)?) })
}

fn discount(grant: &offer_tokens::Grant) -> String {
    format!("{}/{}", grant.upgrade, grant.sku)
}

const fn status(state: GrantState) -> &'static str {
    match state {
        GrantState::Open => "open",
        GrantState::Redeemed => "redeemed",
        GrantState::Withdrawn => "withdrawn",
    }
}
