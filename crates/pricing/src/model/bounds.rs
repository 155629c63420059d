//! A range with inclusive ends.

use core::fmt;

/// A range, both ends inclusive, either open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds<T> {
    minimum: Option<T>,
    maximum: Option<T>,
}

impl<T: Copy + Ord + Default> Bounds<T> {
    /// The range from `minimum` to `maximum`. A minimum of zero is no minimum (pricing-rules §4).
    ///
    /// # Errors
    /// The minimum is above the maximum.
    pub fn new(minimum: Option<T>, maximum: Option<T>) -> Result<Self, BoundsError> {
        let minimum = minimum.filter(|minimum| *minimum != T::default());
        match (minimum, maximum) {
            (Some(low), Some(high)) if low > high => Err(BoundsError),
            _ => Ok(Self { minimum, maximum }),
        }
    }

    /// The least allowed, where there is one.
    #[must_use]
    pub const fn minimum(&self) -> Option<T> {
        self.minimum
    }

    /// The most allowed, where there is one.
    #[must_use]
    pub const fn maximum(&self) -> Option<T> {
        self.maximum
    }

    /// The minimum, where `have` is below it.
    pub(crate) fn short_of(&self, have: T) -> Option<T> {
        self.minimum.filter(|minimum| have < *minimum)
    }

    /// The maximum, where `have` is above it.
    pub(crate) fn beyond(&self, have: T) -> Option<T> {
        self.maximum.filter(|maximum| have > *maximum)
    }
}

/// A range's minimum is above its maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundsError;

impl fmt::Display for BoundsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the minimum must not be above the maximum")
    }
}

impl core::error::Error for BoundsError {}
