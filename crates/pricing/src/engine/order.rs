//! The order of operation, and the order of titles.

use alloc::{string::String, vec::Vec};

use crate::model::{Benefit, Discount, ProductValue, ShippingValue};

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
    sorted.sort_unstable();
    let mut places: Vec<_> = (0..).zip(sorted).map(|(rank, (.., at))| (at, rank)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, rank)| rank).collect()
}

/// Unicode simple case folding. Comparing the result compares code points, as UTF-8 keeps their order.
fn fold(title: &str) -> String {
    title
        .chars()
        .map(|character| {
            unicode_case_mapping::case_folded(character)
                .and_then(|folded| char::from_u32(folded.get()))
                .unwrap_or(character)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn titles_fold_character_by_character() {
        assert_eq!(fold("Été ΣΊΣΥΦΟΣ Straße"), "été σίσυφοσ straße");
        assert_eq!(fold("ẞ"), "ß");
    }
}
