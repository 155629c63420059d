//! Coupon codes.

use alloc::{boxed::Box, string::String};
use core::fmt;

/// A coupon's code: 3 to 40 of `A`–`Z`, `0`–`9`, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CouponCode(Box<str>);

impl CouponCode {
    /// Reads a code as typed, once the caller has brought it to Unicode form NFKC (the tables for that are large,
    /// and the browser has its own).
    ///
    /// # Errors
    /// Not 3 to 40 of the allowed characters.
    pub fn new(typed: &str) -> Result<Self, CouponCodeError> {
        let code = Self::normalise(typed);
        let allowed =
            |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
        if (3..=40).contains(&code.len()) && code.bytes().all(allowed) {
            Ok(Self(code.into_boxed_str()))
        } else {
            Err(CouponCodeError)
        }
    }

    /// How a typed code is spelt for comparison and display: trimmed, ASCII in upper case.
    #[must_use]
    pub fn normalise(typed: &str) -> String {
        typed.trim().to_ascii_uppercase()
    }

    /// A code in normal spelling that was checked when it was first read, by whoever passes it on.
    #[must_use]
    pub fn of_checked(code: &str) -> Self {
        Self(code.into())
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as a hurried eye reads it: `0` like `O`, `1` like `I`. A store gives no two coupons codes that look alike,
    /// so a shopper who mistakes one for the other never gets another discount than the one on the paper.
    #[must_use]
    pub fn look(&self) -> String {
        let alike = |letter| match letter {
            '0' => 'O',
            '1' => 'I',
            other => other,
        };
        self.0.chars().map(alike).collect()
    }
}

/// A text is not a coupon code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CouponCodeError;

impl fmt::Display for CouponCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code is 3 to 40 of the letters A–Z, digits, `_` and `-`")
    }
}

impl core::error::Error for CouponCodeError {}

#[cfg(test)]
mod tests {
    use super::CouponCode;

    #[test]
    fn spelling_is_folded_and_bounds_hold() {
        assert_eq!(CouponCode::new(" save-10 ").expect("a code").as_str(), "SAVE-10");
        for text in ["ab", "", "has space", "ÉTÉ10", &"A".repeat(41)] {
            assert!(CouponCode::new(text).is_err(), "{text}");
        }
    }
}
