//! Who is buying.

use alloc::{string::String, vec::Vec};

use super::Id;

/// Who is buying, as the shop's own records know them. A guest is a customer with nothing filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// The shop's id for a customer it knows.
    pub id: Option<Id>,
    /// The e-mail address, normalised by the caller.
    pub email: Option<String>,
    /// Clubs with an active membership.
    pub clubs: Vec<Id>,
    /// Tags, manual and dynamic alike.
    pub tags: Vec<Id>,
}

impl Customer {
    /// Whether uses can be counted for them: by id or by e-mail.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.id.is_some() || self.email.is_some()
    }
}
