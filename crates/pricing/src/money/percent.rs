//! A percentage.

use core::fmt;

use rust_decimal::Decimal;

use super::{Amount, round::half_up, written};

/// Decimals a percentage may have.
const SCALE: u32 = 4;
/// 100 % in ten-thousandths of a percent.
const WHOLE: u32 = 1_000_000;

/// A percentage above 0 and up to 100, exact to four decimals, held in ten-thousandths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// All of it.
    pub const HUNDRED: Self = Self(WHOLE);

    /// The percentage that `text` names. Nothing where [`Percent::from_decimal`] has something against it, or it is no
    /// number at all.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let parts = written::parts(text, SCALE).and_then(|parts| u32::try_from(parts).ok())?;
        (1..=WHOLE).contains(&parts).then_some(Self(parts))
    }

    /// The percentage written as the decimal number `value`: `12.5` is 12.5 %.
    ///
    /// # Errors
    /// Zero or less, above 100, or with more than four decimals.
    pub fn from_decimal(value: Decimal) -> Result<Self, PercentError> {
        let value = value.normalize();
        if value.is_sign_negative() || value.is_zero() || value > Decimal::ONE_HUNDRED {
            return Err(PercentError::OutOfRange);
        }
        let missing = SCALE.checked_sub(value.scale()).ok_or(PercentError::TooPrecise)?;
        10_u128
            .checked_pow(missing)
            .and_then(|factor| value.mantissa().unsigned_abs().checked_mul(factor))
            .and_then(|parts| u32::try_from(parts).ok())
            .map(Self)
            .ok_or(PercentError::OutOfRange)
    }

    /// A percentage that was checked when it was first read, in ten-thousandths of a percent; above 100 % it is that.
    #[must_use]
    pub fn of_checked(ten_thousandths: u32) -> Self {
        Self(ten_thousandths.min(WHOLE))
    }

    /// The percentage in ten-thousandths of a percent: 1 to 1,000,000.
    #[must_use]
    pub const fn ten_thousandths(self) -> u32 {
        self.0
    }

    /// This part of `amount`, rounded once, half up.
    #[must_use]
    pub fn of(self, amount: Amount) -> Amount {
        Amount::from_minor(half_up(amount.minor(), u64::from(self.0), u64::from(WHOLE)))
    }
}

/// Why a number is not a [`Percent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PercentError {
    /// Zero or less, or above 100.
    OutOfRange,
    /// More than four decimals.
    TooPrecise,
}

impl fmt::Display for PercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfRange => "a percentage must be above 0 and at most 100",
            Self::TooPrecise => "a percentage may have at most 4 decimals",
        })
    }
}

impl core::error::Error for PercentError {}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Percent, PercentError};
    use crate::money::Amount;

    fn read(text: &str) -> Result<Percent, PercentError> {
        let named = Percent::from_decimal(Decimal::from_str_exact(text).expect("a number"));
        assert_eq!(Percent::read(text), named.ok(), "both ways of reading agree");
        named
    }

    #[test]
    fn bounds_and_decimals() {
        assert_eq!(read("100"), Ok(Percent::HUNDRED));
        assert_eq!(read("0.0001"), Ok(Percent(1)));
        assert_eq!(read("12.50000"), Ok(Percent(125_000)));
        assert_eq!(read("0"), Err(PercentError::OutOfRange));
        assert_eq!(read("-5"), Err(PercentError::OutOfRange));
        assert_eq!(read("100.0001"), Err(PercentError::OutOfRange));
        assert_eq!(read("0.00001"), Err(PercentError::TooPrecise));
    }

    #[test]
    fn a_half_cent_goes_up() {
        let of = |text, minor| read(text).map(|percent| percent.of(Amount::from_minor(minor)).minor());
        assert_eq!(of("15", 2_900), Ok(435));
        assert_eq!(of("0.15", 1_897), Ok(3));
        assert_eq!(of("50", 1), Ok(1));
    }
}
