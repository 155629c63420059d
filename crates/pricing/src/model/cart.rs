//! What a shopper is about to buy.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::{Customer, Id, Quantity};

/// What a shopper is about to buy. Prices are not in it: they come from the snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cart {
    /// The lines, in the order to be shown.
    pub lines: Vec<CartLine>,
    /// Coupon codes as typed, in Unicode form NFKC.
    pub codes: Vec<String>,
    /// The chosen shipping service.
    pub shipping_service: Option<Id>,
    /// Where the order is made. Discounts apply on every channel.
    pub channel: Channel,
    /// Who is buying.
    pub customer: Customer,
    /// Upgrade offers the buyer holds.
    pub grants: Vec<Grant>,
}

impl Cart {
    /// The most lines (pricing-rules §9).
    pub const MAXIMUM_LINES: usize = 500;
    /// The most coupon codes (pricing-rules §9).
    pub const MAXIMUM_CODES: usize = 10;
    /// The most upgrade offers at once.
    pub const MAXIMUM_GRANTS: usize = 100;

    /// A guest's cart with these lines, on the web.
    #[must_use]
    pub fn of_lines(lines: Vec<CartLine>) -> Self {
        Self {
            lines,
            codes: Vec::new(),
            shipping_service: None,
            channel: Channel::Web,
            customer: Customer::default(),
            grants: Vec::new(),
        }
    }
}

/// So many of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// The line's id, handed back in the quote.
    pub id: Id,
    /// Which product.
    pub sku: Id,
    /// How many.
    pub quantity: Quantity,
}

/// Where an order is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// The online shop.
    #[default]
    Web,
    /// At the till.
    Pos,
    /// By staff, in the admin.
    Admin,
    /// A club shipment.
    Club,
}

/// An upgrade offer its holder may redeem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which upgrade.
    pub upgrade: Id,
    /// Which of its promoted products.
    pub sku: Id,
    /// The order that earned it, for whoever counts: nothing to a price.
    pub order: Option<Id>,
}

/// What in a cart the store does not have, or has too many of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CartError {
    /// More than [`Cart::MAXIMUM_LINES`].
    TooManyLines,
    /// More than [`Cart::MAXIMUM_CODES`].
    TooManyCodes,
    /// More than [`Cart::MAXIMUM_GRANTS`].
    TooManyGrants,
    /// A line's SKU is not in the catalogue.
    UnknownSku {
        /// The line's place in the cart, from 0.
        line: usize,
        /// The SKU.
        sku: Id,
    },
    /// The chosen shipping service is not one of the store's.
    UnknownService {
        /// The id asked for.
        service: Id,
    },
    /// A grant is of an offer the store does not make.
    UnknownGrant {
        /// The grant's place in the cart, from 0.
        grant: usize,
        /// The upgrade.
        upgrade: Id,
        /// The promoted product.
        sku: Id,
    },
}

impl fmt::Display for CartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyLines => write!(f, "a cart holds at most {} lines", Cart::MAXIMUM_LINES),
            Self::TooManyCodes => write!(f, "a cart takes at most {} codes", Cart::MAXIMUM_CODES),
            Self::TooManyGrants => write!(f, "a cart takes at most {} grants", Cart::MAXIMUM_GRANTS),
            Self::UnknownSku { sku, .. } => write!(f, "the store has no product with the SKU `{sku}`"),
            Self::UnknownService { service } => write!(f, "the store has no shipping service `{service}`"),
            Self::UnknownGrant { upgrade, sku, .. } => {
                write!(f, "the store has no upgrade `{upgrade}` that offers `{sku}`")
            }
        }
    }
}

impl core::error::Error for CartError {}
