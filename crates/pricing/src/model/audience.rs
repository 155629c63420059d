//! Who a discount is for.

use alloc::vec::Vec;

use super::{Customer, Id};

/// Who a discount is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone, guests included.
    Everyone,
    /// Active members of any of these clubs.
    Clubs(Vec<Id>),
    /// Customers with any of these tags.
    Tags(Vec<Id>),
}

impl Audience {
    /// Whether `customer` belongs to it. A guest has no clubs and no tags.
    #[must_use]
    pub fn includes(&self, customer: &Customer) -> bool {
        match self {
            Self::Everyone => true,
            Self::Clubs(clubs) => clubs.iter().any(|club| customer.clubs.contains(club)),
            Self::Tags(tags) => tags.iter().any(|tag| customer.tags.contains(tag)),
        }
    }
}
