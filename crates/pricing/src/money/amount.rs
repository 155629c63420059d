//! A sum of money.

use alloc::string::{String, ToString as _};
use core::fmt;

use rust_decimal::Decimal;

use super::{Currency, multiply::multiply, written};

/// A sum of money that is never negative, in minor units of the store's currency (US cents, whole yen).
///
/// The arithmetic saturates instead of overflowing. No cart gets there: 500 lines of 99,999 items below 10^10 minor
/// units each stay under 5 × 10^17, and [`u64`] holds 1.8 × 10^19.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The first amount, in minor units, that a price, a rate or a discount's value may not have (pricing-rules §9).
    pub const PRICE_LIMIT: Self = Self(10_000_000_000);

    /// The first amount, in minor units, that a bound on a whole order may not have: above every order there can be.
    pub const ORDER_LIMIT: Self = Self(1_000_000_000_000_000_000);

    /// The amount of so many minor units.
    #[must_use]
    pub const fn from_minor(minor: u64) -> Self {
        Self(minor)
    }

    /// This amount in minor units.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.0
    }

    /// The amount that `text` names in `currency`'s major units: `12.5` USD is 1,250 minor units. Nothing where
    /// [`Amount::from_decimal`] has something against it, or it is no number at all.
    #[must_use]
    pub fn read(text: &str, currency: Currency, limit: Self) -> Option<Self> {
        written::parts(text, currency.scale()).map(Self).filter(|amount| *amount < limit)
    }

    /// This amount in major units, with exactly the currency's decimals: `12.50`.
    #[must_use]
    pub fn text(self, currency: Currency) -> String {
        let decimals = usize::try_from(currency.scale()).unwrap_or(0);
        let mut digits = self.0.to_string();
        if decimals == 0 {
            return digits;
        }
        while digits.len() <= decimals {
            digits.insert(0, '0');
        }
        let (whole, decimals) =
            digits.split_at_checked(digits.len().saturating_sub(decimals)).unwrap_or_default();
        [whole, ".", decimals].concat()
    }

    /// The amount of a decimal number of `currency`'s major units: `12.5` USD is 1,250 minor units.
    ///
    /// # Errors
    /// Below zero, with more decimals than the currency has, or not below `limit`.
    pub fn from_decimal(value: Decimal, currency: Currency, limit: Self) -> Result<Self, AmountError> {
        if value.is_sign_negative() && !value.is_zero() {
            return Err(AmountError::Negative);
        }
        let value = value.normalize();
        let missing = currency
            .scale()
            .checked_sub(value.scale())
            .ok_or(AmountError::TooPrecise { scale: currency.scale() })?;
        10_u128
            .checked_pow(missing)
            .and_then(|factor| value.mantissa().unsigned_abs().checked_mul(factor))
            .and_then(|minor| u64::try_from(minor).ok())
            .map(Self)
            .filter(|amount| *amount < limit)
            .ok_or(AmountError::TooLarge { limit: limit.to_decimal(currency) })
    }

    /// This amount as a decimal number of major units, with exactly the currency's decimals.
    #[must_use]
    pub fn to_decimal(self, currency: Currency) -> Decimal {
        Decimal::try_from_i128_with_scale(i128::from(self.0), currency.scale()).unwrap_or(Decimal::MAX)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left after taking `other` off: never below zero.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times this amount.
    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        match multiply(self.0, count) {
            Some(product) => Self(product),
            None => Self(u64::MAX),
        }
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl core::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

/// Why a number is not an [`Amount`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Below zero.
    Negative,
    /// More decimals than the currency's `scale`.
    TooPrecise {
        /// The most decimals the currency allows.
        scale: u32,
    },
    /// Not below `limit` major units.
    TooLarge {
        /// The first amount, in major units, that is too large.
        limit: Decimal,
    },
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Negative => f.write_str("an amount can't be below zero"),
            Self::TooPrecise { scale } => {
                write!(f, "the currency has {scale} decimals, so use at most that many")
            }
            Self::TooLarge { limit } => write!(f, "an amount must be below {limit}"),
        }
    }
}

impl core::error::Error for AmountError {}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Amount, AmountError};
    use crate::money::Currency;

    #[track_caller]
    fn read(text: &str, code: &str) -> Result<u64, AmountError> {
        let currency = Currency::from_code(code).expect("a currency");
        let number = Decimal::from_str_exact(text).expect("a number");
        let named = Amount::from_decimal(number, currency, Amount::PRICE_LIMIT);
        assert_eq!(
            Amount::read(text, currency, Amount::PRICE_LIMIT),
            named.ok(),
            "both ways of reading agree"
        );
        named.map(Amount::minor)
    }

    #[test]
    fn scale_comes_from_the_currency() {
        assert_eq!(read("32", "USD"), Ok(3_200));
        assert_eq!(read("32.5", "USD"), Ok(3_250));
        assert_eq!(read("32.000", "USD"), Ok(3_200));
        assert_eq!(read("32", "JPY"), Ok(32));
        assert_eq!(read("0.001", "BHD"), Ok(1));
        assert_eq!(read("32.001", "USD"), Err(AmountError::TooPrecise { scale: 2 }));
        assert_eq!(read("0.5", "JPY"), Err(AmountError::TooPrecise { scale: 0 }));
    }

    #[test]
    fn bounds_are_named() {
        assert_eq!(read("-0.01", "USD"), Err(AmountError::Negative));
        assert_eq!(read("99999999.99", "USD"), Ok(9_999_999_999));
        let limit = Decimal::from_str_exact("100000000.00").expect("a number");
        assert_eq!(read("100000000", "USD"), Err(AmountError::TooLarge { limit }));
        assert_eq!(read("79228162514264337593543950335", "USD"), Err(AmountError::TooLarge { limit }));
    }

    #[test]
    fn prints_with_the_currencys_decimals() {
        let usd = Currency::from_code("USD").expect("a currency");
        for minor in [0, 5, 99, 100, 3_200, u64::MAX] {
            for code in ["USD", "JPY", "BHD", "CLF"] {
                let (amount, currency) =
                    (Amount::from_minor(minor), Currency::from_code(code).expect("a currency"));
                assert_eq!(amount.text(currency), std::format!("{}", amount.to_decimal(currency)));
            }
        }
        assert_eq!(Amount::from_minor(3_200).text(usd), "32.00");
    }
}
