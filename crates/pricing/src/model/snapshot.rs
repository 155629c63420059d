//! Everything pricing needs to know about a store.

use alloc::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    string::String,
    vec::Vec,
};
use core::fmt;

use super::{Benefit, CouponCode, Discount, Id, Product, PromotionSet, Services, ShippingService, Upgrade};
use crate::money::Currency;

/// A store's own settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    /// The one currency it sells in.
    pub currency: Currency,
    /// The IANA name of its time zone. Pricing compares instants and never reads it.
    pub time_zone: String,
}

/// Everything pricing needs to know about a store at one moment: immutable, named by its content hash.
///
/// A shopper's browser may hold one without products and learn those it needs one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its name, `sha256-…` of its content.
    pub version: String,
    /// The store's settings.
    pub store: Store,
    /// What it sells.
    pub products: Vec<Product>,
    /// How it ships, in the order to be shown.
    pub shipping_services: Vec<ShippingService>,
    /// Promotions and coupons.
    pub discounts: Vec<Discount>,
    /// Which of them may apply together.
    pub promotion_sets: Vec<PromotionSet>,
    /// Upgrade discounts.
    pub upgrades: Vec<Upgrade>,
}

impl Snapshot {
    /// The most discounts (pricing-rules §9).
    pub const MAXIMUM_DISCOUNTS: usize = 10_000;
    /// The most promotion sets (pricing-rules §9).
    pub const MAXIMUM_SETS: usize = 500;

    /// Every way in which its parts do not fit together: too many of them first, then in the order of the fields. Empty
    /// when it is sound.
    #[must_use]
    pub fn faults(&self) -> Vec<SnapshotError> {
        let mut faults = Vec::new();
        let discounts = self.discounts.len();
        if discounts > Self::MAXIMUM_DISCOUNTS {
            faults.push(SnapshotError::TooManyDiscounts);
        }
        if self.promotion_sets.len() > Self::MAXIMUM_SETS {
            faults.push(SnapshotError::TooManySets);
        }
        repeated(self.products.iter().map(|product| Some(&product.sku)), |index| {
            faults.push(SnapshotError::RepeatedSku { product: index });
        });
        repeated(self.shipping_services.iter().map(|service| Some(&service.id)), |index| {
            faults.push(SnapshotError::RepeatedService { service: index });
        });
        let known = repeated(self.discounts.iter().map(|discount| Some(&discount.id)), |index| {
            faults.push(SnapshotError::RepeatedDiscount { discount: index });
        });
        repeated(self.discounts.iter().map(|discount| discount.code().map(CouponCode::look)), |index| {
            faults.push(SnapshotError::RepeatedCode { discount: index });
        });
        self.check_services(&mut faults);
        repeated(self.promotion_sets.iter().map(|set| Some(&set.id)), |index| {
            faults.push(SnapshotError::RepeatedSet { set: index });
        });
        let mut of_upgrades = Vec::new();
        let upgrades = self.check_upgrades(&known, &mut of_upgrades);
        for (set, members) in self.promotion_sets.iter().enumerate() {
            repeated(members.discounts.iter().map(Some), |member| {
                faults.push(SnapshotError::RepeatedMember { set, member });
            });
            for (member, id) in members.discounts.iter().enumerate() {
                if !known.contains_key(id) && !upgrades.contains_key(id) {
                    faults.push(SnapshotError::UnknownMember { set, member });
                }
            }
        }
        faults.append(&mut of_upgrades);
        faults
    }

    /// Upgrades and discounts share one space of names, as sets name both and uses are counted for both.
    fn check_upgrades<'a>(
        &'a self,
        discounts: &BTreeMap<&Id, usize>,
        faults: &mut Vec<SnapshotError>,
    ) -> BTreeMap<&'a Id, usize> {
        let upgrades = repeated(self.upgrades.iter().map(|upgrade| Some(&upgrade.id)), |upgrade| {
            faults.push(SnapshotError::RepeatedUpgrade { upgrade });
        });
        let mut offers = BTreeSet::new();
        for (upgrade, rule) in self.upgrades.iter().enumerate() {
            if discounts.contains_key(&rule.id) {
                faults.push(SnapshotError::UpgradeNamedAsDiscount { upgrade });
            }
            for (offer, promoted) in rule.offers.iter().enumerate() {
                match Upgrade::offer_id(&rule.id, &promoted.sku) {
                    Err(_) => faults.push(SnapshotError::LongOfferName { upgrade, offer }),
                    Ok(id) => {
                        if discounts.contains_key(&id) || !offers.insert(id) {
                            faults.push(SnapshotError::RepeatedOffer { upgrade, offer });
                        }
                    }
                }
            }
        }
        upgrades
    }

    fn check_services(&self, faults: &mut Vec<SnapshotError>) {
        for (discount, rule) in self.discounts.iter().enumerate() {
            let Benefit::Shipping { services: Services::Listed(ids), .. } = &rule.benefit else { continue };
            for (service, id) in ids.iter().enumerate() {
                if !self.shipping_services.iter().any(|known| known.id == *id) {
                    faults.push(SnapshotError::UnknownService { discount, service });
                }
            }
        }
    }
}

/// Calls `found` with the position of each key that stood before, and returns where each key stood first.
fn repeated<K: Ord>(
    keys: impl Iterator<Item = Option<K>>,
    mut found: impl FnMut(usize),
) -> BTreeMap<K, usize> {
    let mut first = BTreeMap::new();
    for (index, key) in keys.enumerate() {
        let Some(key) = key else { continue };
        match first.entry(key) {
            Entry::Vacant(place) => {
                place.insert(index);
            }
            Entry::Occupied(_) => found(index),
        }
    }
    first
}

/// One way in which the parts of a snapshot do not fit together. Fields are positions in its lists, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field names the list it is a position in")]
pub enum SnapshotError {
    /// More than [`Snapshot::MAXIMUM_DISCOUNTS`].
    TooManyDiscounts,
    /// More than [`Snapshot::MAXIMUM_SETS`].
    TooManySets,
    /// An earlier product has the same SKU.
    RepeatedSku { product: usize },
    /// An earlier shipping service has the same id.
    RepeatedService { service: usize },
    /// An earlier discount has the same id.
    RepeatedDiscount { discount: usize },
    /// An earlier coupon has the same code, or one that looks like it.
    RepeatedCode { discount: usize },
    /// A shipping discount lists a service the store does not have.
    UnknownService { discount: usize, service: usize },
    /// An earlier set has the same id.
    RepeatedSet { set: usize },
    /// A set names a discount twice.
    RepeatedMember { set: usize, member: usize },
    /// A set names a discount the store does not have.
    UnknownMember { set: usize, member: usize },
    /// An earlier upgrade has the same id.
    RepeatedUpgrade { upgrade: usize },
    /// A discount has the upgrade's id.
    UpgradeNamedAsDiscount { upgrade: usize },
    /// An earlier offer, or a discount, has the offer's id, which is that of the upgrade, `/` and the SKU.
    RepeatedOffer { upgrade: usize, offer: usize },
    /// The offer's id is longer than an id may be.
    LongOfferName { upgrade: usize, offer: usize },
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyDiscounts => {
                write!(f, "a store has at most {} discounts", Snapshot::MAXIMUM_DISCOUNTS)
            }
            Self::TooManySets => write!(f, "a store has at most {} promotion sets", Snapshot::MAXIMUM_SETS),
            Self::RepeatedSku { .. } => f.write_str("another product has this SKU"),
            Self::RepeatedService { .. } => f.write_str("another shipping service has this id"),
            Self::RepeatedDiscount { .. } => f.write_str("another discount has this id"),
            Self::RepeatedCode { .. } => {
                f.write_str("another coupon has this code, or one that looks like it")
            }
            Self::UnknownService { .. } => f.write_str("the store has no shipping service with this id"),
            Self::RepeatedSet { .. } => f.write_str("another promotion set has this id"),
            Self::RepeatedMember { .. } => f.write_str("the set names this discount twice"),
            Self::UnknownMember { .. } => f.write_str("the store has no discount with this id"),
            Self::RepeatedUpgrade { .. } => f.write_str("another upgrade has this id"),
            Self::UpgradeNamedAsDiscount { .. } => f.write_str("a discount has this id"),
            Self::RepeatedOffer { .. } => f.write_str("this offer is there already"),
            Self::LongOfferName { .. } => {
                f.write_str("the upgrade's id and the SKU have more than 255 characters together")
            }
        }
    }
}

impl core::error::Error for SnapshotError {}
