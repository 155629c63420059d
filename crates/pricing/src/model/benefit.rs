//! What a discount takes off.

use alloc::vec::Vec;

use super::{Id, Scope};
use crate::money::{Amount, Percent};

/// What a discount takes off (pricing-rules §2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Benefit {
    /// Off the price of products.
    Products {
        /// How much.
        value: ProductValue,
        /// Which products.
        scope: Scope,
    },
    /// Off the price of shipping.
    Shipping {
        /// How much.
        value: ShippingValue,
        /// Which shipping services.
        services: Services,
        /// The cart must hold a product of this scope.
        must_purchase: Option<Scope>,
    },
}

impl Benefit {
    /// The products it is about: those it discounts, or one of which must be bought.
    #[must_use]
    pub const fn scope(&self) -> Option<&Scope> {
        match self {
            Self::Products { scope, .. } => Some(scope),
            Self::Shipping { must_purchase, .. } => must_purchase.as_ref(),
        }
    }
}

/// How much comes off products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductValue {
    /// A part of the running amount in scope.
    PercentOff(Percent),
    /// A sum of money.
    DollarOff {
        /// The sum, above zero.
        amount: Amount,
        /// Once per order or for each item.
        applies: Applies,
    },
}

/// How often a sum of money comes off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// Once for all lines in scope together.
    OncePerOrder,
    /// For each item in scope; the number of items is never capped.
    PerItem,
}

/// How much comes off shipping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShippingValue {
    /// All of it.
    Free,
    /// A part of the running rate.
    PercentOff(Percent),
    /// A sum of money, above zero.
    DollarOff(Amount),
    /// Whatever is above this rate: never raises a price.
    FlatRate(Amount),
}

impl ShippingValue {
    /// What it takes off what is left of a rate: a percentage rounded once, half up, and never more than there is.
    #[must_use]
    pub fn off(self, running: Amount) -> Amount {
        match self {
            Self::Free => running,
            Self::PercentOff(percent) => percent.of(running),
            Self::DollarOff(amount) => amount.min(running),
            Self::FlatRate(rate) => running.minus(rate),
        }
    }
}

/// Which shipping services a discount covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Services {
    /// Every service.
    All,
    /// These services.
    Listed(Vec<Id>),
}

impl Services {
    /// Whether the service of this id is covered.
    #[must_use]
    pub fn covers(&self, service: &Id) -> bool {
        match self {
            Self::All => true,
            Self::Listed(ids) => ids.contains(service),
        }
    }
}
