//! Upgrade discounts: buy the trigger, get offers for other products.

use alloc::{vec, vec::Vec};

use super::{
    Audience, Benefit, Discount, DiscountKind, Exclusions, Id, Inclusion, Message, ProductValue, Quantity,
    Requirement, Schedule, Scope, TextError, Title, UsageLimit,
};

/// Buying any of `triggers` earns an offer for each of `offers` (pricing-rules §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// Its id, unique among upgrades and discounts. In a promotion set it stands for all its offers.
    pub id: Id,
    /// Its name, shown to customers; [`Upgrade::TITLE`] where there is none.
    pub title: Option<Title>,
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
    /// How many of it are discounted; the rest is sold at full price.
    pub units: Quantity,
}

impl Upgrade {
    /// The name shown to customers where the merchant gave none.
    pub const TITLE: &str = "Upgrade offer";

    /// The id under which a use of the offer of `sku` is counted: `upgrade/sku`.
    ///
    /// # Errors
    /// Upgrade and SKU together are longer than an id may be.
    pub fn offer_id(upgrade: &Id, sku: &Id) -> Result<Id, TextError> {
        Id::new([upgrade.as_str(), "/", sku.as_str()].concat())
    }

    /// What an offer is to whoever holds a grant of it: a discount on its product, for one order.
    ///
    /// # Errors
    /// As [`Upgrade::offer_id`].
    pub fn discount(&self, offer: &UpgradeOffer) -> Result<Discount, TextError> {
        let title = self.title.clone().map_or_else(|| Title::new(Self::TITLE), Ok)?;
        let include = Inclusion::Products(vec![offer.sku.clone()]);
        Ok(Discount {
            id: Self::offer_id(&self.id, &offer.sku)?,
            kind: DiscountKind::Promotion,
            title,
            enabled: true,
            schedule: self.schedule,
            audience: Audience::Everyone,
            benefit: Benefit::Products {
                value: offer.value,
                scope: Scope { include, exclude: Exclusions::default() },
            },
            requirement: Requirement::None,
            usage_limit: UsageLimit::PerCustomer { orders: 1 },
            action_message: self.message.clone(),
        })
    }
}
