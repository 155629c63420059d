//! Why a discount does not apply.

use crate::money::Amount;

/// Why a discount does not apply. The order of the variants is the order in which reasons are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The merchant has switched it off.
    Disabled,
    /// It has not begun.
    NotStarted,
    /// It is over.
    Ended,
    /// It is for other customers.
    WrongAudience,
    /// No line that can be discounted is in scope.
    NothingInScope,
    /// It is about shipping, and no service is chosen yet.
    NoShippingService,
    /// It is about other shipping services.
    ServiceNotCovered,
    /// The cart holds less than is required.
    BelowMinimum {
        /// The least that is required.
        need: Measure,
        /// What the cart holds.
        have: Measure,
    },
    /// The cart holds more than is allowed.
    AboveMaximum {
        /// The most that is allowed.
        allowed: Measure,
        /// What the cart holds.
        have: Measure,
    },
    /// The cart holds no product that must be bought.
    MissingProduct,
    /// It was used as often as it may be.
    LimitReached,
    /// Nothing was left to take off.
    SavesNothing,
    /// Another deal saves more.
    BetterDealApplied,
}

impl Reason {
    /// Whether a shopper must not even learn that the discount exists.
    pub(super) const fn hides(self) -> bool {
        matches!(
            self,
            Self::Disabled | Self::NotStarted | Self::Ended | Self::WrongAudience | Self::LimitReached
        )
    }
}

/// What a requirement measures: items or money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// A number of items.
    Items(u64),
    /// A purchase amount.
    Money(Amount),
}

impl Measure {
    /// The bare number: items, or minor units.
    pub(super) const fn number(self) -> u64 {
        match self {
            Self::Items(count) => count,
            Self::Money(amount) => amount.minor(),
        }
    }
}
