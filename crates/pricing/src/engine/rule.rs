//! A discount made ready.

use alloc::vec::Vec;

use super::order::{Phase, ranks};
use crate::model::{Applies, Benefit, Counts, Discount, Inclusion, ProductValue, Requirement, Scope};

/// A discount and its place among all others.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) discount: Discount,
    pub(super) phase: Phase,
    /// Its place in the order of folded title, then id: the last word in every tie.
    pub(super) rank: u32,
    pub(super) reach: Reach,
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
    let ready = |(discount, rank): (Discount, u32)| Rule {
        phase: Phase::of(&discount.benefit),
        reach: Reach::of(&discount.benefit),
        discount,
        rank,
    };
    discounts.into_iter().zip(ranks).map(ready).collect()
}

/// The rule at a position.
pub(super) fn at(rules: &[Rule], position: u32) -> Option<&Rule> {
    rules.get(usize::try_from(position).ok()?)
}

impl Rule {
    /// The products it is about: those it discounts, or one of which must be bought.
    pub(super) const fn scope(&self) -> Option<&Scope> {
        match &self.discount.benefit {
            Benefit::Products { scope, .. } => Some(scope),
            Benefit::Shipping { must_purchase, .. } => must_purchase.as_ref(),
        }
    }

    /// Whether it takes something off products.
    pub(super) const fn is_on_products(&self) -> bool {
        matches!(self.discount.benefit, Benefit::Products { .. })
    }

    /// Whether its requirement counts its own products only (pricing-rules §4).
    pub(super) fn counts_own_products(&self) -> bool {
        let counts = match self.discount.requirement {
            Requirement::None => return false,
            Requirement::Quantity { counts, .. } | Requirement::Amount { counts, .. } => counts,
        };
        counts == Counts::OnlyDiscounted
            && self.scope().is_some_and(|scope| scope.include != Inclusion::Store)
    }
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
