//! A discount made ready.

use alloc::{boxed::Box, vec::Vec};

use super::order::{Phase, ranks};
use crate::{
    model::{
        Applies, Audience, Benefit, Counts, Discount, Inclusion, ProductValue, Requirement, Schedule, Scope,
        UsageLimit,
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
    /// Its place in the order of folded title, then id: the last word in every tie.
    pub(super) rank: u32,
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
}

/// All discounts made ready, in their order.
pub(super) fn rules(discounts: Vec<Discount>) -> Vec<Rule> {
    let ranks = ranks(&discounts);
    discounts.into_iter().zip(ranks).map(|(discount, rank)| Rule::new(discount, rank)).collect()
}

/// The rule at a position.
pub(super) fn at(rules: &[Rule], position: u32) -> Option<&Rule> {
    rules.get(usize::try_from(position).ok()?)
}

impl Rule {
    fn new(discount: Discount, rank: u32) -> Self {
        let value = match discount.benefit {
            Benefit::Products { value, .. } => Some(value),
            Benefit::Shipping { .. } => None,
        };
        Self {
            phase: Phase::of(&discount.benefit),
            reach: Reach::of(&discount.benefit),
            is_coupon: discount.code().is_some(),
            is_enabled: discount.enabled,
            is_for_everyone: discount.audience == Audience::Everyone,
            counts_own_products: counts_own_products(&discount),
            rank,
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

    /// What it takes off each item, where it does.
    pub(super) const fn per_item(&self) -> Option<Amount> {
        match self.value {
            Some(ProductValue::DollarOff { amount, applies: Applies::PerItem }) => Some(amount),
            _ => None,
        }
    }
}

/// Whether a requirement counts the discount's own products only (pricing-rules §4).
fn counts_own_products(discount: &Discount) -> bool {
    let counts = match discount.requirement {
        Requirement::None => return false,
        Requirement::Quantity { counts, .. } | Requirement::Amount { counts, .. } => counts,
    };
    let scope = discount.benefit.scope();
    counts == Counts::OnlyDiscounted && scope.is_some_and(|scope| scope.include != Inclusion::Store)
}

impl Reach {
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
