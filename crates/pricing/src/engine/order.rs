//! The order of operation, and the order of titles.

use alloc::vec::Vec;

use super::fold::fold;
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
    let mut sorted: Vec<_> = discounts
        .iter()
        .enumerate()
        .map(|(at, discount)| (fold(discount.title.as_str()), &discount.id, at))
        .collect();
    sort(&mut sorted, |a, b| a < b);
    let mut ranks: Vec<_> = core::iter::repeat_n(0, discounts.len()).collect();
    for (rank, (.., at)) in (0..).zip(sorted) {
        if let Some(place) = ranks.get_mut(at) {
            *place = rank;
        }
    }
    ranks
}
