//! Exact numbers (§3). Money is a number of minor units, and only [`half_up`] ever rounds it.

use std::cmp::Reverse;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive as _, Zero as _};
use pricing::money::{Amount, Percent};

pub(crate) type Fraction = BigRational;

pub(crate) fn whole(number: u64) -> Fraction {
    Fraction::from_integer(BigInt::from(number))
}

pub(crate) fn money(amount: Amount) -> Fraction {
    whole(amount.minor())
}

pub(crate) fn amount(minor: &Fraction) -> Amount {
    Amount::from_minor(minor.to_integer().to_u64().expect("an amount"))
}

/// A percentage as a fraction of one.
pub(crate) fn percentage(percent: Percent) -> Fraction {
    whole(u64::from(percent.ten_thousandths())) / whole(100 * 10_000)
}

/// §3.2: half a minor unit goes up.
pub(crate) fn half_up(exact: &Fraction) -> Fraction {
    (exact + whole(1) / whole(2)).floor()
}

/// §3.2: splits `sum` by largest remainder on `weights`; equal remainders go to the first.
pub(crate) fn split(sum: &Fraction, weights: &[Fraction]) -> Vec<Fraction> {
    let all: Fraction = weights.iter().sum();
    if all.is_zero() {
        return weights.to_vec();
    }
    let exact: Vec<Fraction> = weights.iter().map(|weight| sum * weight / &all).collect();
    let mut parts: Vec<Fraction> = exact.iter().map(Fraction::floor).collect();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    by_remainder.sort_by_key(|&at| Reverse(&exact[at] - &parts[at]));
    let mut missing = sum - parts.iter().sum::<Fraction>();
    for at in by_remainder {
        if !missing.is_zero() {
            parts[at] += whole(1);
            missing -= whole(1);
        }
    }
    parts
}
