//! How often a discount may be used, and how often it was.

use alloc::collections::BTreeMap;

use super::Id;

/// How often a discount may be used. One order is one use, however many items it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageLimit {
    /// As often as one likes.
    Unlimited,
    /// In so many orders of one customer.
    PerCustomer {
        /// The most orders, at least 1.
        orders: u64,
    },
    /// In so many orders of the store.
    PerStore {
        /// The most orders, at least 1.
        orders: u64,
    },
}

/// How often one discount was used so far, the order being priced left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// In all orders of the store.
    pub store: u64,
    /// In orders of the customer who is buying.
    pub customer: u64,
}

/// The uses of each discount by its id. A discount not in it was never used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage(BTreeMap<Id, Uses>);

impl Usage {
    /// The uses of `discount`.
    #[must_use]
    pub fn of(&self, discount: &Id) -> Uses {
        self.0.get(discount).copied().unwrap_or_default()
    }
}

impl FromIterator<(Id, Uses)> for Usage {
    fn from_iter<I: IntoIterator<Item = (Id, Uses)>>(uses: I) -> Self {
        Self(uses.into_iter().collect())
    }
}
