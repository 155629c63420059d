//! What may take something off an order: promotions, coupons and upgrade offers (§1, §8).

use std::borrow::Cow;

use pricing::model::{Cart, CouponCode, Discount, Grant, Id, Snapshot, Upgrade, UpgradeOffer};

/// A discount that is in play.
#[derive(Clone)]
pub(crate) struct Rule<'a> {
    pub(crate) discount: Cow<'a, Discount>,
    /// The id by which promotion sets list it: an upgrade's stands for all its offers.
    pub(crate) listed_as: &'a Id,
    /// §8: how many units of its product an offer is for. The number of items of others is never capped (§2).
    pub(crate) units: Option<u64>,
}

impl Rule<'_> {
    pub(crate) fn id(&self) -> &Id {
        &self.discount.id
    }
}

/// Promotions, coupons whose code was typed, and offers that are held, in the order of the snapshot.
pub(crate) fn in_play<'a>(snapshot: &'a Snapshot, cart: &Cart) -> Vec<Rule<'a>> {
    let discounts = snapshot.discounts.iter().filter(|discount| is_attached(discount, cart));
    let discounts =
        discounts.map(|one| Rule { discount: Cow::Borrowed(one), listed_as: &one.id, units: None });
    discounts.chain(offers(snapshot).filter(|offer| is_held(*offer, cart)).map(rule_of)).collect()
}

/// §1: whether it applies by itself, or its code was typed.
fn is_attached(discount: &Discount, cart: &Cart) -> bool {
    let is_typed = |code: &CouponCode| cart.codes.iter().any(|typed| normal(typed) == code.as_str());
    discount.code().is_none_or(is_typed)
}

/// §5.7: a typed code, which is in NFKC already, trimmed and with its ASCII letters in upper case.
pub(crate) fn normal(typed: &str) -> String {
    typed.trim().to_ascii_uppercase()
}

/// §8: an offer for each promoted product of each upgrade.
type Offer<'a> = (&'a Upgrade, &'a UpgradeOffer);

fn offers(snapshot: &Snapshot) -> impl Iterator<Item = Offer<'_>> {
    snapshot.upgrades.iter().flat_map(|upgrade| upgrade.offers.iter().map(move |offer| (upgrade, offer)))
}

fn is_of((upgrade, offer): Offer<'_>, grant: &Grant) -> bool {
    upgrade.id == grant.upgrade && offer.sku == grant.sku
}

/// §8: only who holds a grant has the offer, and the same grant twice is one.
fn is_held(offer: Offer<'_>, cart: &Cart) -> bool {
    cart.grants.iter().any(|grant| is_of(offer, grant))
}

pub(crate) fn is_offered(snapshot: &Snapshot, grant: &Grant) -> bool {
    offers(snapshot).any(|offer| is_of(offer, grant))
}

fn rule_of<'a>((upgrade, offer): Offer<'a>) -> Rule<'a> {
    let discount = upgrade.discount(offer).expect("a sound snapshot");
    let units = Some(u64::from(offer.units.get()));
    Rule { discount: Cow::Owned(discount), listed_as: &upgrade.id, units }
}
