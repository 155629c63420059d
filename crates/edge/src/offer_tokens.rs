//! What the edge signs for buyers: the link to their order, the address they have confirmed, the offers they have earned.
//!
//! Nothing of a token is kept anywhere: whoever steals the database can make none.

use pricing::model::Instant;
use seal::{Keyring, Kind};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::store_id::StoreId;

/// How long a confirmed address is believed, in milliseconds: a day.
pub(crate) const VISIT_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// The buyer's own link to an order: `l1.…`. It is as good as the order, so it has no end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    /// The shop's name for the order.
    pub(crate) order: String,
}

/// A visitor who has shown that an address is theirs: `v1.…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Visit {
    pub(crate) email: String,
    /// In milliseconds since 1970.
    pub(crate) expires_at: i64,
}

/// One offer that one order has earned: `g1.…`. Whether it is still to be had, the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) upgrade: String,
    pub(crate) sku: String,
    /// The order that earned it.
    pub(crate) order: String,
}

/// A confirmation link in a mail: `n1.…`. Its address says nothing but which store's ledger knows more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    pub(crate) store: String,
    pub(crate) id: String,
}

/// The link that ends news to an order's buyer: `u1.…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unsubscribe {
    pub(crate) store: String,
    /// The shop's name for the order.
    pub(crate) order: String,
}

/// What is signed for one store, and is nothing to another.
pub(crate) trait OfStore: Serialize + DeserializeOwned {
    const KIND: Kind;

    /// Signs it.
    fn seal(&self, keyring: &Keyring, store: &StoreId) -> String {
        sealed(keyring, Self::KIND, &purpose(Self::KIND, store), self)
    }

    /// Reads it from a token; nothing where the token was not signed here for this store, or was changed since.
    fn open(keyring: &Keyring, store: &StoreId, token: &str) -> Option<Self> {
        opened(keyring, Self::KIND, &purpose(Self::KIND, store), token)
    }
}

impl OfStore for Link {
    const KIND: Kind = Kind::Link;
}

impl OfStore for Visit {
    const KIND: Kind = Kind::Visit;
}

impl OfStore for Grant {
    const KIND: Kind = Kind::Grant;
}

impl Visit {
    /// A visit that begins now.
    pub(crate) const fn new(email: String, now: Instant) -> Self {
        Self { email, expires_at: now.millis().saturating_add(VISIT_MILLIS) }
    }

    pub(crate) const fn is_over(&self, now: Instant) -> bool {
        now.millis() >= self.expires_at
    }
}

/// What confirmation links are signed for: their address does not say of which store they are.
const CONFIRMATION: &str = "confirmation";

impl Confirmation {
    /// Signs it.
    pub(crate) fn seal(&self, keyring: &Keyring) -> String {
        sealed(keyring, Kind::Confirmation, CONFIRMATION, self)
    }

    /// Reads it from a token, and whose store it is.
    pub(crate) fn open(keyring: &Keyring, token: &str) -> Option<(StoreId, String)> {
        let Self { store, id } = opened(keyring, Kind::Confirmation, CONFIRMATION, token)?;
        Some((StoreId::new(&store)?, id))
    }
}

/// What links are signed for that end news.
const UNSUBSCRIBE: &str = "unsubscribe";

impl Unsubscribe {
    /// Signs it.
    pub(crate) fn seal(&self, keyring: &Keyring) -> String {
        sealed(keyring, Kind::Unsubscribe, UNSUBSCRIBE, self)
    }

    /// Reads it from a token: whose store it is, and the order.
    pub(crate) fn open(keyring: &Keyring, token: &str) -> Option<(StoreId, String)> {
        let Self { store, order } = opened(keyring, Kind::Unsubscribe, UNSUBSCRIBE, token)?;
        Some((StoreId::new(&store)?, order))
    }
}

fn purpose(kind: Kind, store: &StoreId) -> String {
    format!("{}/{store}", kind.name())
}

fn sealed<T: Serialize>(keyring: &Keyring, kind: Kind, purpose: &str, said: &T) -> String {
    let (key, secret) = keyring.signer(purpose);
    seal::seal(kind, key, &secret, serde_json::to_string(said).unwrap_or_default().as_bytes())
}

fn opened<T: DeserializeOwned>(keyring: &Keyring, kind: Kind, purpose: &str, token: &str) -> Option<T> {
    let secrets = |id: &str| keyring.secret(id, purpose).into_iter().collect::<Vec<_>>();
    let (_, payload) = seal::open(kind, token, secrets).ok()?;
    serde_json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;
    use seal::Keyring;

    use super::{Confirmation, Grant, Link, OfStore as _, VISIT_MILLIS, Visit};
    use crate::store_id::StoreId;

    fn keyring() -> Keyring {
        Keyring::parse("k1:0123456789abcdef0123456789abcdef").expect("a keyring")
    }

    fn store(name: &str) -> StoreId {
        StoreId::new(name).expect("a store")
    }

    #[test]
    fn a_token_is_good_in_its_own_store_and_as_what_it_is() {
        let link = Link { order: "1001".to_owned() };
        let token = link.seal(&keyring(), &store("a"));
        assert_eq!(Link::open(&keyring(), &store("a"), &token), Some(link));
        assert_eq!(Link::open(&keyring(), &store("b"), &token), None);
        assert_eq!(Grant::open(&keyring(), &store("a"), &token), None);
        assert_eq!(Link::open(&keyring(), &store("a"), &format!("{token}x")), None);
    }

    #[test]
    fn a_visit_ends() {
        let visit = Visit::new("a@example.com".to_owned(), Instant::from_millis(0));
        assert!(!visit.is_over(Instant::from_millis(VISIT_MILLIS - 1)));
        assert!(visit.is_over(Instant::from_millis(VISIT_MILLIS)));
    }

    #[test]
    fn a_confirmation_tells_its_store() {
        let token = Confirmation { store: "a".to_owned(), id: "1".to_owned() }.seal(&keyring());
        assert_eq!(Confirmation::open(&keyring(), &token), Some((store("a"), "1".to_owned())));
        assert!(token.starts_with("n1.k1."));
    }
}
