//! A way to ship an order.

use super::{Id, Title};
use crate::money::Amount;

/// A way to ship an order, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingService {
    /// Its id, unique in the store.
    pub id: Id,
    /// Its name.
    pub title: Title,
    /// The price of a shipment before any discount.
    pub rate: Amount,
}
