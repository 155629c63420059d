//! What a store sells.

use alloc::vec::Vec;

use super::{Id, Title};
use crate::money::Amount;

/// A product and the facts about it that pricing needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its stock keeping unit, unique in the store.
    pub sku: Id,
    /// Its name.
    pub title: Title,
    /// The selling price of one, before any discount.
    pub price: Amount,
    /// A former or recommended price to show struck through. Never counts in pricing.
    pub compare_at: Option<Amount>,
    /// The departments it is in.
    pub departments: Vec<Id>,
    /// The collections it is in, manual and dynamic alike.
    pub collections: Vec<Id>,
    /// False for gift cards, deposits and the like: no discount ever touches them.
    pub discountable: bool,
}
