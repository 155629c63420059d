//! A discount made ready.

use alloc::{boxed::Box, vec::Vec};
use core::iter;

use super::{
    catalogue::Stocked,
    order::{Phase, id_ranks, ranks},
};
use crate::{
    model::{
        Applies, Audience, Benefit, Discount, Inclusion, Product, ProductValue, Quantity, Requirement,
        Schedule, Scope, Upgrade, UsageLimit,
    },
    money::Amount,
};

/// A discount made ready: what pricing asks of every rule in play lies together, the rest behind a pointer.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) phase: Phase,
    pub(super) reach: Reach,
    pub(super) is_coupon: bool,
    pub(super) is_enabled: bool,
    pub(super) is_for_everyone: bool,
    /// Whether its requirement counts its own products only.
    pub(super) counts_own_products: bool,
    /// Whether it has a message to show beside products.
    pub(super) speaks: bool,
    /// Whether a promotion set names it.
    pub(super) is_in_set: bool,
    /// Its place in the order of folded title, then id: the last word in every tie.
    pub(super) rank: u32,
    /// Its place in the order of ids, in which verdicts are told.
    pub(super) id_rank: u32,
    pub(super) schedule: Schedule,
    pub(super) requirement: Requirement,
    pub(super) usage_limit: UsageLimit,
    /// What it takes off products; nothing for shipping.
    pub(super) value: Option<ProductValue>,
    pub(super) discount: Box<Discount>,
}

/// How a rule's tally is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// From each product its scope covers.
    Listed,
    /// From the whole cart: it covers every product that can be discounted.
    Store,
    /// From nothing: shipping, whatever is bought.
    Nothing,
    /// From so many units of the promoted product, for who holds a grant.
    Offered(Quantity),
}

/// All discounts made ready, in their order, then all upgrade offers in theirs.
pub(super) fn rules(mut discounts: Vec<Discount>, upgrades: &[Upgrade]) -> Vec<Rule> {
    let mut units: Vec<_> = iter::repeat_n(None, discounts.len()).collect();
    for upgrade in upgrades {
        for offer in &upgrade.offers {
            // A sound snapshot has no offer whose id is too long.
            discounts.extend(upgrade.discount(offer));
            units.push(Some(offer.units));
        }
    }
    let ranks = ranks(&discounts).into_iter().zip(id_ranks(&discounts));
    let ready = discounts.into_iter().zip(ranks).zip(units);
    ready.map(|((discount, ranks), units)| Rule::new(discount, ranks, units)).collect()
}

/// The rule at a position.
pub(super) fn at(rules: &[Rule], position: u32) -> Option<&Rule> {
    rules.get(usize::try_from(position).ok()?)
}

impl Rule {
    fn new(discount: Discount, (rank, id_rank): (u32, u32), units: Option<Quantity>) -> Self {
        let value = match discount.benefit {
            Benefit::Products { value, .. } => Some(value),
            Benefit::Shipping { .. } => None,
        };
        Self {
            phase: Phase::of(&discount.benefit),
            reach: units.map_or_else(|| Reach::of(&discount.benefit), Reach::Offered),
            is_coupon: discount.code().is_some(),
            is_enabled: discount.enabled,
            is_for_everyone: discount.audience == Audience::Everyone,
            counts_own_products: discount.counts_own_products(),
            speaks: value.is_some() && discount.action_message.is_some(),
            is_in_set: false,
            rank,
            id_rank,
            schedule: discount.schedule,
            requirement: discount.requirement.clone(),
            usage_limit: discount.usage_limit,
            value,
            discount: Box::new(discount),
        }
    }

    /// The products it is about: those it discounts, or one of which must be bought.
    pub(super) fn scope(&self) -> Option<&Scope> {
        self.discount.benefit.scope()
    }

    /// Whether it is out of play until a code or a grant brings it in.
    pub(super) const fn needs_attaching(&self) -> bool {
        self.is_coupon || self.is_offer()
    }

    /// Whether it is an upgrade's offer.
    pub(super) const fn is_offer(&self) -> bool {
        matches!(self.reach, Reach::Offered(_))
    }

    /// Whether it, standing at `at`, may take something off this product.
    pub(super) fn discounts(&self, at: u32, stocked: &Stocked) -> bool {
        let product = &stocked.product;
        let covers = match self.reach {
            Reach::Store => true,
            Reach::Listed => stocked.is_listed(at),
            Reach::Offered(_) => self.covers(product),
            Reach::Nothing => false,
        };
        covers && product.discountable && self.value.is_some()
    }

    /// Whether `product` is in its scope.
    pub(super) fn covers(&self, product: &Product) -> bool {
        self.scope().is_some_and(|scope| scope.covers(product))
    }

    /// Whether it covers every product, but for those excluded.
    pub(super) fn includes_all(&self) -> bool {
        self.scope().is_some_and(|scope| scope.include == Inclusion::Store)
    }

    /// What it takes off each item, where it does.
    pub(super) const fn per_item(&self) -> Option<Amount> {
        match self.value {
            Some(ProductValue::DollarOff { amount, applies: Applies::PerItem }) => Some(amount),
            _ => None,
        }
    }
}

impl Reach {
    /// How many of so many items are discounted.
    pub(super) fn units_of(self, quantity: u64) -> u64 {
        match self {
            Self::Offered(units) => quantity.min(u64::from(units.get())),
            _ => quantity,
        }
    }

    const fn of(benefit: &Benefit) -> Self {
        match benefit {
            Benefit::Shipping { must_purchase: None, .. } => Self::Nothing,
            Benefit::Products { value, scope } if covers_all(scope) && !is_per_item(*value) => Self::Store,
            _ => Self::Listed,
        }
    }
}

const fn covers_all(scope: &Scope) -> bool {
    let exclude = &scope.exclude;
    matches!(scope.include, Inclusion::Store)
        && exclude.products.is_empty()
        && exclude.collections.is_empty()
        && exclude.departments.is_empty()
}

const fn is_per_item(value: ProductValue) -> bool {
    matches!(value, ProductValue::DollarOff { applies: Applies::PerItem, .. })
}
