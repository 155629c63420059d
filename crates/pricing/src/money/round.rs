//! The one rounding rule.

/// `numerator / denominator` rounded half up to a whole number (pricing-rules §3.2).
///
/// A `denominator` of zero gives zero: there is nothing to divide by, and nothing to charge.
///
/// Everyday numbers stay within 64 bits, where wasm divides in one instruction.
pub(super) fn half_up(numerator: u128, denominator: u64) -> u128 {
    let doubled = numerator.saturating_mul(2).saturating_add(u128::from(denominator));
    let twice = denominator.saturating_mul(2);
    match u64::try_from(doubled) {
        Ok(doubled) => doubled.checked_div(twice).map_or(0, u128::from),
        Err(_) => doubled.checked_div(u128::from(twice)).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::half_up;

    #[test]
    fn a_half_goes_up_and_less_goes_down() {
        assert_eq!(half_up(5, 2), 3);
        assert_eq!(half_up(7, 3), 2);
        assert_eq!(half_up(8, 3), 3);
        assert_eq!(half_up(0, 3), 0);
        assert_eq!(half_up(1, 0), 0);
    }
}
