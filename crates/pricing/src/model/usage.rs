//! How often a discount may be used, and how often it was.

use alloc::vec::Vec;

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
pub struct Usage {
    /// Sorted by id.
    uses: Vec<(Id, Uses)>,
    /// Sorted.
    closed: Vec<Id>,
}

impl Usage {
    /// The uses of `discount`.
    #[must_use]
    pub fn of(&self, discount: &Id) -> Uses {
        let found = self.find(discount).ok().and_then(|at| self.uses.get(at));
        found.map(|(_, uses)| *uses).unwrap_or_default()
    }

    /// Says in how many orders of the customer who is buying `discount` was used.
    pub fn set_customer(&mut self, discount: Id, orders: u64) {
        let uses = Uses { customer: orders, ..self.of(&discount) };
        self.set(discount, uses);
    }

    /// Takes `discount` for used up, whatever its limit: the ledger has no use of it left, or it was stopped.
    pub fn close(&mut self, discount: Id) {
        if let Err(at) = self.closed.binary_search(&discount) {
            self.closed.insert(at, discount);
        }
    }

    /// Whether `discount` was closed.
    #[must_use]
    pub fn is_closed(&self, discount: &Id) -> bool {
        !self.closed.is_empty() && self.closed.binary_search(discount).is_ok()
    }

    fn set(&mut self, discount: Id, uses: Uses) {
        match self.find(&discount) {
            Ok(at) => {
                if let Some((_, known)) = self.uses.get_mut(at) {
                    *known = uses;
                }
            }
            Err(at) => self.uses.insert(at, (discount, uses)),
        }
    }

    fn find(&self, discount: &Id) -> Result<usize, usize> {
        self.uses.binary_search_by(|(known, _)| known.cmp(discount))
    }
}

impl FromIterator<(Id, Uses)> for Usage {
    fn from_iter<I: IntoIterator<Item = (Id, Uses)>>(uses: I) -> Self {
        let mut usage = Self::default();
        for (discount, uses) in uses {
            usage.set(discount, uses);
        }
        usage
    }
}
