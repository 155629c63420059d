//! Secrets that open the API, of servers and of staff.

use pricing::model::Instant;

use crate::store_id::StoreId;

/// What staff may do. Each may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Look at everything that is no secret.
    Viewer,
    /// Change what the store sells and how.
    Editor,
    /// Decide who may do what.
    Owner,
}

impl Role {
    pub(crate) const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Owner];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Whom a secret lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// A shop's own server.
    Server,
    /// Someone of the merchant's staff.
    Staff(Role),
}

impl Holder {
    /// What its secrets begin with.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Server => "sk_",
            Self::Staff(_) => "ft_",
        }
    }

    /// Its name in the database.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Staff(_) => "admin",
        }
    }

    pub(crate) const fn role(self) -> Option<Role> {
        match self {
            Self::Server => None,
            Self::Staff(role) => Some(role),
        }
    }
}

/// A secret as it is kept: without itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) store: StoreId,
    pub(crate) id: String,
    pub(crate) holder: Holder,
    /// What the merchant calls it.
    pub(crate) title: String,
    /// 1 with its first secret, one more with each new one.
    pub(crate) generation: i64,
    /// SHA-256 of the secret, in hexadecimal.
    pub(crate) secret_hash: String,
    /// The secret before, and until when it is still good.
    pub(crate) previous: Option<(String, Instant)>,
    pub(crate) created_at: Instant,
    pub(crate) rotated_at: Option<Instant>,
}

impl Credential {
    /// The most of a store's of one kind.
    pub(crate) const MAXIMUM: usize = 100;

    /// Whether the secret with this hash opens.
    pub(crate) fn is_opened_by(&self, hash: &str, now: Instant) -> bool {
        let is_previous = |(previous, until): &(String, Instant)| previous == hash && now < *until;
        self.secret_hash == hash || self.previous.as_ref().is_some_and(is_previous)
    }

    /// The generations whose customer secrets are good, the present one first.
    pub(crate) fn generations(&self, now: Instant) -> impl Iterator<Item = i64> {
        let previous = self.previous.as_ref().filter(|(_, until)| now < *until);
        let previous = previous.map(|_| self.generation.saturating_sub(1));
        [self.generation].into_iter().chain(previous)
    }

    /// What the secret for a generation's customer tokens is derived for.
    pub(crate) fn customer_purpose(&self, generation: i64) -> String {
        format!("customer/{}/{}/{generation}", self.store, self.id)
    }
}

/// The token of an `Authorization` header; the scheme's case does not matter (RFC 9110 §11.1).
pub(crate) fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;

    use super::{Credential, Holder, Role, bearer};
    use crate::store_id::StoreId;

    fn rotated() -> Credential {
        Credential {
            store: StoreId::default_store(),
            id: "1".to_owned(),
            holder: Holder::Server,
            title: "Checkout".to_owned(),
            generation: 2,
            secret_hash: "new".to_owned(),
            previous: Some(("old".to_owned(), Instant::from_millis(1_000))),
            created_at: Instant::from_millis(0),
            rotated_at: Some(Instant::from_millis(10)),
        }
    }

    #[test]
    fn the_old_secret_opens_until_its_end() {
        let credential = rotated();
        for (hash, millis, opens) in [
            ("new", 0, true),
            ("new", 5_000, true),
            ("old", 999, true),
            ("old", 1_000, false),
            ("", 0, false),
        ] {
            assert_eq!(credential.is_opened_by(hash, Instant::from_millis(millis)), opens, "{hash} {millis}");
        }
        assert_eq!(credential.generations(Instant::from_millis(999)).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(credential.generations(Instant::from_millis(1_000)).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn roles_are_in_order_and_named() {
        assert!(Role::Viewer < Role::Editor && Role::Editor < Role::Owner);
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("admin"), None);
    }

    #[test]
    fn a_bearer_is_told_from_others() {
        assert_eq!(bearer("Bearer x"), Some("x"));
        assert_eq!(bearer("bearer  x "), Some("x"));
        assert_eq!(bearer("Basic x"), None);
        assert_eq!(bearer("x"), None);
    }
}
