//! Who calls, for which store, and whether they may.

use wire::Problem;

use crate::{credential::Role, problem, store_id::StoreId};

/// Who may use a method of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everyone.
    Open,
    /// Pages with a site key, `?key=`.
    Site,
    /// Servers with a server key.
    Server,
    /// Staff with at least this role.
    Staff(Role),
}

/// Who calls, as their key or token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anyone at all.
    Anyone,
    /// A page, by its site key.
    Page,
    /// A shop's server, by the id of its key.
    Server(String),
    /// Staff, by the id of their token.
    Staff(String, Role),
}

/// A caller whose key or token is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Whose data they reach: no other store's.
    pub(crate) store: StoreId,
    pub(crate) who: Who,
}

impl Caller {
    /// Someone who needs no key.
    pub(crate) fn anyone() -> Self {
        Self { store: StoreId::default_store(), who: Who::Anyone }
    }

    /// By what the audit knows them.
    pub(crate) fn name(&self) -> &str {
        match &self.who {
            Who::Anyone => "anyone",
            Who::Page => "page",
            Who::Server(id) | Who::Staff(id, _) => id,
        }
    }

    /// Whether they may use what is for `access`.
    ///
    /// # Errors
    /// `forbidden`: their role is too low.
    pub(crate) fn may(&self, access: Access) -> Result<(), Problem> {
        match (access, &self.who) {
            (Access::Staff(needed), Who::Staff(_, role)) if *role < needed => Err(problem::forbidden(needed)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Access, Caller, Who};
    use crate::{credential::Role, store_id::StoreId};

    #[test]
    fn a_role_may_do_what_those_below_it_may() {
        for (at, role) in Role::ALL.into_iter().enumerate() {
            let caller = Caller { store: StoreId::default_store(), who: Who::Staff("1".to_owned(), role) };
            for (needed_at, needed) in Role::ALL.into_iter().enumerate() {
                assert_eq!(caller.may(Access::Staff(needed)).is_ok(), at >= needed_at);
            }
        }
    }
}
