//! Upgrade discounts: buy the trigger, get offers for other products.

use alloc::vec::Vec;

use super::{Id, Message, ProductValue, Schedule};

/// Buying any of `triggers` earns an offer for each of `offers` (pricing-rules §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// Its id, unique in the store.
    pub id: Id,
    /// SKUs whose purchase earns the offers.
    pub triggers: Vec<Id>,
    /// What is offered.
    pub offers: Vec<UpgradeOffer>,
    /// When the offers can be redeemed.
    pub schedule: Schedule,
    /// The merchant's own words to the buyer.
    pub message: Option<Message>,
}

/// One promoted product and what comes off its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeOffer {
    /// The promoted product.
    pub sku: Id,
    /// How much comes off.
    pub value: ProductValue,
}
