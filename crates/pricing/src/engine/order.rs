//! The order of operation, and the order of titles.

use alloc::vec::Vec;

use crate::{
    model::{Benefit, Discount, ProductValue, ShippingValue},
    sort::sort,
};

/// When a discount's turn comes inside a set: percentages, dollars, flat rates (pricing-rules §5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Percentages; free shipping counts as 100 %.
    Percentages,
    /// Sums of money.
    Dollars,
    /// Flat shipping rates.
    FlatRates,
}

impl Phase {
    pub(super) const fn of(benefit: &Benefit) -> Self {
        match benefit {
            Benefit::Products { value: ProductValue::PercentOff(_), .. }
            | Benefit::Shipping { value: ShippingValue::Free | ShippingValue::PercentOff(_), .. } => {
                Self::Percentages
            }
            Benefit::Products { value: ProductValue::DollarOff { .. }, .. }
            | Benefit::Shipping { value: ShippingValue::DollarOff(_), .. } => Self::Dollars,
            Benefit::Shipping { value: ShippingValue::FlatRate(_), .. } => Self::FlatRates,
        }
    }
}

/// For each discount its place when all are put in order of folded title, then id.
pub(super) fn ranks(discounts: &[Discount]) -> Vec<u32> {
    let titles: Vec<_> = discounts.iter().map(Discount::folded_title).collect();
    let key = |at: usize| (titles.get(at), discounts.get(at).map(|discount| &discount.id));
    places(discounts.len(), &|a, b| key(a) < key(b))
}

/// For each discount its place when all are put in order of their ids.
pub(super) fn id_ranks(discounts: &[Discount]) -> Vec<u32> {
    let id = |at: usize| discounts.get(at).map(|discount| &discount.id);
    places(discounts.len(), &|a, b| id(a) < id(b))
}

/// For each of so many its place when all are put in order; a sort is compiled once for all of these.
fn places(count: usize, comes_before: &dyn Fn(usize, usize) -> bool) -> Vec<u32> {
    let mut sorted: Vec<usize> = (0..count).collect();
    sort(&mut sorted, |a, b| comes_before(*a, *b));
    let mut places: Vec<_> = core::iter::repeat_n(0, count).collect();
    for (place, at) in (0..).zip(sorted) {
        if let Some(known) = places.get_mut(at) {
            *known = place;
        }
    }
    places
}
