//! How many of a product.

use core::fmt;

/// A number of items, 1 to 99,999 (pricing-rules §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(u32);

impl Quantity {
    /// The most items one line may have.
    pub const MAXIMUM: u32 = 99_999;

    /// One item.
    pub const ONE: Self = Self(1);

    /// So many items.
    ///
    /// # Errors
    /// Zero, or more than [`Quantity::MAXIMUM`].
    pub const fn new(count: u64) -> Result<Self, QuantityError> {
        if count == 0 || count > Self::MAXIMUM as u64 {
            return Err(QuantityError);
        }
        Ok(Self(count as u32))
    }

    /// The number of items.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A number of items is out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityError;

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a quantity is a whole number from 1 to {}", Quantity::MAXIMUM)
    }
}

impl core::error::Error for QuantityError {}
