//! Splitting a sum so that the parts always add up.

use alloc::vec::Vec;

use super::{Amount, multiply::multiply};
use crate::sort::sort;

/// Splits `total` over `weights` by largest remainder; equal remainders go to the first (pricing-rules §3.2).
///
/// One share comes back for each weight, in the order given. No share exceeds its weight, a weight of zero gets
/// nothing, and the shares add up to `total`, or to all the weights together where `total` is more than those.
#[must_use]
pub fn allocate(total: Amount, weights: &[Amount]) -> Vec<Amount> {
    let mut split = Split::default();
    split.weights.extend_from_slice(weights);
    split.allocate(total);
    split.shares
}

/// Room for one [`allocate`], to be used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Split {
    /// What to split over.
    pub(crate) weights: Vec<Amount>,
    /// What each weight got.
    pub(crate) shares: Vec<Amount>,
    /// For each weight the remainder of its division, and its position.
    remainders: Vec<(u64, u32)>,
}

impl Split {
    /// Splits `total` over `weights` into `shares`, as [`allocate`] does.
    pub(crate) fn allocate(&mut self, total: Amount) {
        let sum: Amount = self.weights.iter().copied().sum();
        self.shares.clear();
        if total >= sum {
            self.shares.extend_from_slice(&self.weights);
            return;
        }
        self.remainders.clear();
        let mut left = total;
        for (position, weight) in (0..).zip(&self.weights) {
            // `total` is below `sum`, so `sum` is above zero and the share is below the weight.
            let (share, remainder) = divide(total.minor(), weight.minor(), sum.minor());
            let share = Amount::from_minor(share);
            left = left.minus(share);
            self.shares.push(share);
            self.remainders.push((remainder, position));
        }
        self.hand_out(left);
    }

    /// Gives one minor unit each to the `left` largest remainders. There are at least as many that are not zero.
    fn hand_out(&mut self, left: Amount) {
        let count = usize::try_from(left.minor()).unwrap_or(0);
        if count == 0 {
            return;
        }
        sort(&mut self.remainders, |(a, first), (b, second)| (b, first) < (a, second));
        for (_, position) in self.remainders.iter().take(count) {
            if let Some(share) = usize::try_from(*position).ok().and_then(|at| self.shares.get_mut(at)) {
                *share = share.plus(Amount::from_minor(1));
            }
        }
    }
}

/// The quotient and the remainder of `a × b / whole`. Carts of everyday size stay within 64 bits, where wasm divides
/// in one instruction.
fn divide(a: u64, b: u64, whole: u64) -> (u64, u64) {
    if let Some(product) = multiply(a, b) {
        return (product.checked_div(whole).unwrap_or(0), product.checked_rem(whole).unwrap_or(0));
    }
    let (product, whole) = (u128::from(a).saturating_mul(u128::from(b)), u128::from(whole));
    let narrow = |wide: Option<u128>| wide.and_then(|wide| u64::try_from(wide).ok()).unwrap_or(0);
    (narrow(product.checked_div(whole)), narrow(product.checked_rem(whole)))
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use proptest::prelude::*;

    use super::{Amount, allocate};

    fn split(total: u64, weights: &[u64]) -> Vec<u64> {
        let weights: Vec<_> = weights.iter().copied().map(Amount::from_minor).collect();
        allocate(Amount::from_minor(total), &weights).into_iter().map(Amount::minor).collect()
    }

    #[test]
    fn equal_remainders_go_to_the_first() {
        assert_eq!(split(1_000, &[1_000, 1_000, 1_000]), [334, 333, 333]);
        assert_eq!(split(10, &[0, 33, 33, 33]), [0, 4, 3, 3]);
        assert_eq!(split(700, &[5_098, 713]), [614, 86]);
    }

    #[test]
    fn more_than_there_is_takes_all_there_is() {
        assert_eq!(split(99, &[10, 0, 20]), [10, 0, 20]);
        assert_eq!(split(5, &[]), []);
        assert_eq!(split(0, &[3, 4]), [0, 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_exceeds_its_weight(
            weights in proptest::collection::vec(0_u64..1_000_000_000_000_000, 0..60), part in 0_u64..=1_000_000,
        ) {
            let sum: u64 = weights.iter().sum();
            let total = u64::try_from(u128::from(sum) * u128::from(part) / 1_000_000).expect("at most the sum");
            let shares = split(total, &weights);
            prop_assert_eq!(shares.iter().sum::<u64>(), total);
            prop_assert!(shares.iter().zip(&weights).all(|(share, weight)| share <= weight));
        }
    }
}
