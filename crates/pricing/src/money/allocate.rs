//! Splitting a sum so that the parts always add up.

use alloc::vec::Vec;

use super::Amount;

/// Splits `total` over `weights` by largest remainder; equal remainders go to the first (pricing-rules §3.2).
///
/// One share comes back for each weight, in the order given. No share exceeds its weight, a weight of zero gets
/// nothing, and the shares add up to `total`, or to all the weights together where `total` is more than those.
#[must_use]
pub fn allocate(total: Amount, weights: &[Amount]) -> Vec<Amount> {
    let sum: Amount = weights.iter().copied().sum();
    if total >= sum {
        return weights.to_vec();
    }
    let whole = u128::from(sum.minor());
    let mut left = total;
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (position, weight) in weights.iter().enumerate() {
        let product = u128::from(total.minor()).saturating_mul(u128::from(weight.minor()));
        // `whole` is above `total`, so it is above zero and the quotient is below the weight.
        let quotient = product.checked_div(whole).and_then(|floor| u64::try_from(floor).ok()).unwrap_or(0);
        let share = Amount::from_minor(quotient);
        left = left.minus(share);
        shares.push(share);
        remainders.push((product.checked_rem(whole).unwrap_or(0), position));
    }
    remainders.sort_unstable_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
    let one = Amount::from_minor(1);
    for (_, position) in remainders {
        if left.is_zero() {
            break;
        }
        if let Some(share) = shares.get_mut(position) {
            *share = share.plus(one);
            left = left.minus(one);
        }
    }
    shares
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
