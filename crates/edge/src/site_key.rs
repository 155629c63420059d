//! Site keys: the public names by which a shop's pages speak to the API.

use worker::Url;

use crate::store_id::StoreId;

/// A site key and the origins whose pages may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SiteKey {
    /// Whose it is.
    pub(crate) store: StoreId,
    /// `pk_` and 3 to 64 letters, digits and `_`.
    pub(crate) name: String,
    /// Exactly as browsers send them, in order.
    pub(crate) origins: Vec<String>,
}

impl SiteKey {
    /// The most origins of one key: the shop's own, its stages, its developers' machines.
    pub(crate) const MAXIMUM_ORIGINS: usize = 50;

    /// Whether pages of `origin` may use it.
    pub(crate) fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed == origin)
    }
}

/// Whether a text can be the name of a site key: `^pk_[A-Za-z0-9_]{3,64}$`.
pub(crate) fn is_key(text: &str) -> bool {
    text.strip_prefix("pk_").is_some_and(|rest| {
        (3..=64).contains(&rest.len())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// Whether a text is an origin exactly as a browser sends it: scheme, host and, unless it is the scheme's own, port.
/// Only such a text can ever equal an `Origin` header, so that any other would be a silent mistake.
pub(crate) fn is_origin(text: &str) -> bool {
    let serialised = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| url.origin().ascii_serialization());
    // A star is a host's character to a parser; here it would look like a wildcard that it is not.
    serialised.is_some_and(|serialised| serialised == text) && !text.contains('*')
}

#[cfg(test)]
mod tests {
    use super::{SiteKey, is_key, is_origin};
    use crate::store_id::StoreId;

    #[test]
    fn keys_are_told_from_other_text() {
        for key in ["pk_demo_bakerstreet", "pk_abc", "pk_live_0aZ", &format!("pk_{}", "a".repeat(64))] {
            assert!(is_key(key), "{key}");
        }
        for text in [
            "",
            "pk_",
            "pk_ab",
            "sk_abc",
            "PK_abc",
            "pk_a-b",
            "pk_ab\n",
            "pk_äbc",
            " pk_abc",
            &format!("pk_{}", "a".repeat(65)),
        ] {
            assert!(!is_key(text), "{text}");
        }
    }

    #[test]
    fn origins_are_those_a_browser_sends() {
        for origin in [
            "https://shop.example",
            "http://localhost:8787",
            "http://127.0.0.1:8787",
            "https://shop.example:8443",
            "http://[::1]:3000",
            "https://xn--bcher-kva.example",
        ] {
            assert!(is_origin(origin), "{origin}");
        }
        for text in [
            "",
            "null",
            "*",
            "shop.example",
            "https://",
            "https://*.shop.example",
            "https://shop.example/",
            "https://shop.example/cart",
            "https://shop.example?x",
            "https://shop.example:443",
            "http://shop.example:80",
            "https://Shop.example",
            "HTTPS://shop.example",
            "https://bücher.example",
            "https://me@shop.example",
            "https://shop.example:0x1",
            "https://shop.example:99999",
            " https://shop.example",
            "https://shop.example ",
            "ftp://shop.example",
            "file:///shop",
            "data:text/plain,x",
        ] {
            assert!(!is_origin(text), "{text}");
        }
    }

    #[test]
    fn an_origin_is_allowed_exactly_or_not() {
        let store = StoreId::default_store();
        let key =
            SiteKey { store, name: "pk_abc".to_owned(), origins: vec!["https://shop.example".to_owned()] };
        assert!(key.allows("https://shop.example"));
        for origin in [
            "https://shop.example.evil.example",
            "http://shop.example",
            "https://shop.example:8443",
            "null",
            "",
        ] {
            assert!(!key.allows(origin), "{origin}");
        }
    }
}
