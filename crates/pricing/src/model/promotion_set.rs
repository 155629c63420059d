//! Discounts that may apply together.

use alloc::vec::Vec;

use super::{Id, Title};

/// A named group of promotions and coupons allowed to apply together. Its name is never shown to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionSet {
    /// Its id, unique in the store.
    pub id: Id,
    /// Its name, for merchants.
    pub title: Title,
    /// The ids of its members; an upgrade's id stands for all its offers.
    pub discounts: Vec<Id>,
}
