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

/// Every reason against one discount, at most one of them a bound.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reasons {
    /// One bit for each reason that holds, the bound's among them.
    bits: u16,
    bound: Option<Reason>,
}

impl Reason {
    /// The reasons that bring no numbers, before the bounds and after them.
    const BEFORE_BOUNDS: [Self; 7] = [
        Self::Disabled,
        Self::NotStarted,
        Self::Ended,
        Self::WrongAudience,
        Self::NothingInScope,
        Self::NoShippingService,
        Self::ServiceNotCovered,
    ];
    const AFTER_BOUNDS: [Self; 2] = [Self::MissingProduct, Self::LimitReached];

    const fn bit(self) -> u16 {
        match self {
            Self::Disabled => 1,
            Self::NotStarted => 1 << 1,
            Self::Ended => 1 << 2,
            Self::WrongAudience => 1 << 3,
            Self::LimitReached => 1 << 4,
            Self::NothingInScope => 1 << 5,
            Self::NoShippingService => 1 << 6,
            Self::ServiceNotCovered => 1 << 7,
            Self::BelowMinimum { .. } | Self::AboveMaximum { .. } => 1 << 8,
            Self::MissingProduct => 1 << 9,
            Self::SavesNothing => 1 << 10,
            Self::BetterDealApplied => 1 << 11,
        }
    }
}

impl Reasons {
    /// For which a shopper must not even learn that the discount exists: off, not begun, over, for others, used up.
    const HIDING: u16 = (1 << 5) - 1;

    pub(super) const fn add(&mut self, reason: Reason) {
        self.bits |= reason.bit();
        if matches!(reason, Reason::BelowMinimum { .. } | Reason::AboveMaximum { .. }) {
            self.bound = Some(reason);
        }
    }

    pub(super) const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Whether a shopper must not even learn that the discount exists.
    pub(super) const fn hide(self) -> bool {
        self.bits & Self::HIDING != 0
    }

    /// The bound that the cart is out of.
    pub(super) const fn bound(self) -> Option<Reason> {
        self.bound
    }

    /// The minimum that is all that stands against the discount, and what the cart holds of it.
    pub(super) fn only_below(self) -> Option<(Measure, Measure)> {
        match self.bound {
            Some(Reason::BelowMinimum { need, have }) if self.bits.count_ones() == 1 => Some((need, have)),
            _ => None,
        }
    }

    /// The reasons in the order of the variants of [`Reason`].
    pub(super) fn iter(self) -> impl Iterator<Item = Reason> {
        let holds = move |reason: &Reason| self.bits & reason.bit() != 0;
        let before = Reason::BEFORE_BOUNDS.into_iter().filter(holds);
        before.chain(self.bound).chain(Reason::AFTER_BOUNDS.into_iter().filter(holds))
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
