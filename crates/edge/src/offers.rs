//! Upgrade offers as a buyer sees them (pricing-rules §8): what each paid order has earned, what it is worth now, and
//! whether it can still be redeemed.

use std::collections::{BTreeMap, btree_map::Entry};

use ledger::{Command, GrantState, Granted, Outcome};
use pricing::{
    engine::{Request, Viewpoint},
    model::{Cart, CartLine, Customer, Grant, Id, Instant, Quantity, Upgrade, UpgradeOffer, Usage},
    money::Amount,
};
use seal::Keyring;
use serde::Serialize;
use wire::compact;
use worker::Env;

use crate::{
    compiled::Compiled,
    ledgers,
    offer_tokens::{self, OfStore as _},
    problem::Failure,
    store::history::Bought,
    store_id::StoreId,
};

/// An offer that an order has earned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Earned<'a> {
    pub(crate) upgrade: &'a Upgrade,
    pub(crate) offer: &'a UpgradeOffer,
    /// The order's reference.
    pub(crate) order: &'a str,
}

/// How an offer stands, the best first: of several that a buyer has of one kind, the best is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Standing {
    /// It can be redeemed.
    Open,
    /// It can be later.
    NotStarted,
    /// An order has redeemed it.
    Redeemed,
    /// Its time is over.
    Ended,
    /// The order that earned it is not paid, or not any longer.
    Withdrawn,
}

/// An offer as it is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Offer {
    pub(crate) upgrade: String,
    pub(crate) sku: String,
    pub(crate) order: String,
    pub(crate) title: String,
    pub(crate) message: Option<String>,
    /// What one costs without the offer, and with it.
    pub(crate) price: String,
    pub(crate) offer_price: String,
    pub(crate) saving: String,
    /// How many are discounted in one order.
    pub(crate) units: u32,
    pub(crate) ends_at: Option<String>,
    pub(crate) status: Standing,
    /// The token that redeems it, and what a page's own engine prices it by; only of an open one.
    pub(crate) grant: Option<String>,
    pub(crate) compact: Option<String>,
    /// The ids of the sets that the upgrade is a member of.
    pub(crate) promotion_sets: Vec<String>,
}

/// The products whose purchase earns anything.
pub(crate) fn triggers(compiled: &Compiled) -> Vec<&str> {
    let mut skus: Vec<_> =
        compiled.upgrades.iter().flat_map(|(upgrade, _)| upgrade.triggers.iter().map(Id::as_str)).collect();
    skus.sort_unstable();
    skus.dedup();
    skus
}

/// Whether one of these products earns what an upgrade offers.
pub(crate) fn holds_trigger(upgrade: &Upgrade, skus: &[String]) -> bool {
    skus.iter().any(|sku| upgrade.triggers.iter().any(|trigger| trigger.as_str() == sku))
}

/// What orders have earned: by offer in the store's order, then by order as given.
pub(crate) fn earned<'a>(compiled: &'a Compiled, orders: &'a [Bought]) -> Vec<Earned<'a>> {
    let by_order = |upgrade: &'a Upgrade, offer: &'a UpgradeOffer| {
        let is_in = |bought: &&Bought| holds_trigger(upgrade, &bought.skus);
        orders.iter().filter(is_in).map(move |bought| Earned { upgrade, offer, order: &bought.reference })
    };
    compiled.offers().flat_map(|(upgrade, offer)| by_order(upgrade, offer)).collect()
}

/// How offers stand by the ledger, in the order given.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn states(
    env: &Env,
    store: &StoreId,
    grants: Vec<Granted>,
) -> Result<Vec<GrantState>, Failure> {
    if grants.is_empty() {
        return Ok(Vec::new());
    }
    match ledgers::ask(env, store, &Command::Grants { grants }).await? {
        Outcome::Grants(states) => Ok(states),
        other => Err(ledgers::unexpected(&other)),
    }
}

/// Tells a buyer their offers, each kind once.
///
/// # Errors
/// The ledger does not answer.
pub(crate) async fn told(
    env: &Env,
    store: &StoreId,
    telling: &Telling<'_>,
    earned: &[Earned<'_>],
) -> Result<Vec<Offer>, Failure> {
    let grants = earned.iter().map(Earned::granted).collect();
    Ok(telling.told(store, earned, states(env, store, grants).await?))
}

/// Of each kind of offer the one that stands best, in order of first mention.
fn best<'a>(standings: impl Iterator<Item = (Earned<'a>, Standing)>) -> Vec<(Earned<'a>, Standing)> {
    let mut found: Vec<(Earned<'a>, Standing)> = Vec::new();
    let mut places = BTreeMap::new();
    for (earned, standing) in standings {
        match places.entry((&earned.upgrade.id, &earned.offer.sku)) {
            Entry::Vacant(place) => {
                place.insert(found.len());
                found.push((earned, standing));
            }
            Entry::Occupied(place) => {
                if let Some(known) = found.get_mut(*place.get()).filter(|known| standing < known.1) {
                    *known = (earned, standing);
                }
            }
        }
    }
    found
}

impl Earned<'_> {
    /// As the ledger knows it.
    pub(crate) fn granted(&self) -> Granted {
        let discount = Upgrade::offer_id(&self.upgrade.id, &self.offer.sku);
        // The snapshot's names were checked when it was read.
        let discount = discount.map(|id| id.to_string()).unwrap_or_default();
        Granted { discount, order: self.order.to_owned() }
    }
}

/// What offers are told by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling<'a> {
    pub(crate) compiled: &'a Compiled,
    pub(crate) keyring: &'a Keyring,
    pub(crate) customer: &'a Customer,
    pub(crate) now: Instant,
}

impl Telling<'_> {
    /// Offers as they are told, each kind once, by how the ledger says that they stand.
    pub(crate) fn told(&self, store: &StoreId, earned: &[Earned<'_>], states: Vec<GrantState>) -> Vec<Offer> {
        let standings =
            earned.iter().zip(states).map(|(earned, state)| (*earned, self.standing(*earned, state)));
        best(standings).into_iter().map(|(earned, standing)| self.offer(store, earned, standing)).collect()
    }

    fn standing(&self, earned: Earned<'_>, state: GrantState) -> Standing {
        let schedule = &earned.upgrade.schedule;
        match state {
            GrantState::Withdrawn => Standing::Withdrawn,
            GrantState::Redeemed => Standing::Redeemed,
            GrantState::Open if schedule.has_ended(self.now) => Standing::Ended,
            GrantState::Open if !schedule.has_started(self.now) => Standing::NotStarted,
            GrantState::Open => Standing::Open,
        }
    }

    fn offer(&self, store: &StoreId, earned: Earned<'_>, standing: Standing) -> Offer {
        let Earned { upgrade, offer, order } = earned;
        let engine = &self.compiled.engine;
        let money = |amount: Amount| wire::money(amount, engine.store().currency);
        let product = engine.product(offer.sku.as_str());
        let price = self.price(offer, Vec::new()).unwrap_or_default();
        let granted = Grant { upgrade: upgrade.id.clone(), sku: offer.sku.clone(), order: None };
        let offer_price = self.price(offer, vec![granted]).unwrap_or(price).min(price);
        let is_open = standing == Standing::Open;
        Offer {
            upgrade: upgrade.id.to_string(),
            sku: offer.sku.to_string(),
            order: order.to_owned(),
            title: product.map(|product| product.title.to_string()).unwrap_or_default(),
            message: upgrade.message.as_ref().map(ToString::to_string),
            price: money(price),
            offer_price: money(offer_price),
            saving: money(price.minus(offer_price)),
            units: offer.units.get(),
            ends_at: upgrade.schedule.ends_at().map(wire::format_instant),
            status: standing,
            grant: is_open.then(|| self.grant(store, earned)),
            compact: is_open.then(|| rule(earned)),
            promotion_sets: self.sets(upgrade),
        }
    }

    /// What one of the offered product costs this customer alone, with what they hold.
    fn price(&self, offer: &UpgradeOffer, grants: Vec<Grant>) -> Option<Amount> {
        let line = CartLine { id: offer.sku.clone(), sku: offer.sku.clone(), quantity: Quantity::ONE };
        let cart = Cart { customer: self.customer.clone(), grants, ..Cart::of_lines(vec![line]) };
        let usage = Usage::default();
        let request = Request { cart: &cart, as_of: self.now, usage: &usage, viewpoint: Viewpoint::Shopper };
        Some(self.compiled.engine.assess(request).ok()?.sale().total)
    }

    fn grant(&self, store: &StoreId, earned: Earned<'_>) -> String {
        let grant = offer_tokens::Grant {
            upgrade: earned.upgrade.id.to_string(),
            sku: earned.offer.sku.to_string(),
            order: earned.order.to_owned(),
        };
        grant.seal(self.keyring, store)
    }

    fn sets(&self, upgrade: &Upgrade) -> Vec<String> {
        let sets = self.compiled.sets.iter().filter(|set| set.discounts.contains(&upgrade.id));
        sets.map(|set| set.id.to_string()).collect()
    }
}

/// The upgrade with this one offer, as a page's own engine takes it: a page learns no other.
fn rule(earned: Earned<'_>) -> String {
    compact::rule_text(&Upgrade { offers: vec![earned.offer.clone()], ..earned.upgrade.clone() })
}
