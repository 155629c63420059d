//! The one rounding rule.

use super::multiply::multiply;

/// `a × b / whole` rounded half up to a whole number (pricing-rules §3.2).
///
/// A `whole` of zero gives zero: there is nothing to divide by, and nothing to charge. What does not fit gives the
/// largest number there is.
pub(super) fn half_up(a: u64, b: u64, whole: u64) -> u64 {
    // Carts of everyday size stay within 64 bits, where wasm divides in one instruction.
    let doubled =
        multiply(a, b).and_then(|product| product.checked_mul(2)).and_then(|twice| twice.checked_add(whole));
    match (doubled, whole.checked_mul(2)) {
        (Some(doubled), Some(divisor)) => doubled.checked_div(divisor).unwrap_or(0),
        _ => half_up_wide(u128::from(a).saturating_mul(u128::from(b)), u128::from(whole)),
    }
}

fn half_up_wide(product: u128, whole: u128) -> u64 {
    let doubled = product.saturating_mul(2).saturating_add(whole);
    let quotient = doubled.checked_div(whole.saturating_mul(2)).unwrap_or(0);
    u64::try_from(quotient).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{half_up, half_up_wide};

    #[test]
    fn a_half_goes_up_and_less_goes_down() {
        assert_eq!(half_up(5, 1, 2), 3);
        assert_eq!(half_up(7, 1, 3), 2);
        assert_eq!(half_up(8, 1, 3), 3);
        assert_eq!(half_up(0, 1, 3), 0);
        assert_eq!(half_up(1, 1, 0), 0);
        assert_eq!(half_up(u64::MAX, u64::MAX, 1), u64::MAX);
    }

    proptest! {
        #[test]
        fn the_short_way_and_the_wide_way_agree(a: u64, b in 0_u64..=1_000_000, whole in 1_u64..=1_000_000_000_000) {
            prop_assert_eq!(half_up(a, b, whole), half_up_wide(u128::from(a) * u128::from(b), u128::from(whole)));
            prop_assert_eq!(half_up(a >> 24, b, whole), half_up_wide(u128::from(a >> 24) * u128::from(b), u128::from(whole)));
        }
    }
}
