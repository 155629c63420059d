//! The offers that a page wants to redeem, by the tokens it was given.

use ledger::{GrantState, Granted};
use pricing::model::{Grant, Id, Upgrade, Usage};
use serde::Serialize;

use crate::{
    call::Call,
    compiled::Compiled,
    offer_tokens::{self, OfStore as _},
    offers, problem,
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
