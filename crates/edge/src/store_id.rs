//! Which store a request is about.

use core::fmt;

/// A store's id: 1 to 40 lower-case letters, digits and `-`. The ledger's object is named by it, so it never changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StoreId(String);

impl StoreId {
    const MAXIMUM_LENGTH: usize = 40;

    /// The store of a deployment that has one.
    pub(crate) fn default_store() -> Self {
        Self("default".to_owned())
    }

    /// The store called so, where a store can be.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let is_named = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_id = (1..=Self::MAXIMUM_LENGTH).contains(&text.len()) && text.bytes().all(is_named);
        is_id.then(|| Self(text.to_owned()))
    }

    /// A store that the database names.
    pub(crate) const fn kept(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoreId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::StoreId;

    #[test]
    fn a_store_is_named_plainly() {
        for good in ["default", "a", "baker-street-2", &"x".repeat(40)] {
            assert_eq!(StoreId::new(good).as_ref().map(StoreId::as_str), Some(good));
        }
        for bad in ["", "A", "a b", "a/b", "é", &"x".repeat(41)] {
            assert!(StoreId::new(bad).is_none(), "{bad}");
        }
    }
}
