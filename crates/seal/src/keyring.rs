//! The secrets that a deployment signs with, old ones among them.

use core::fmt;

use crate::{hex, hmac};

/// Secrets by their ids. The first signs, all are believed: so a secret is replaced by putting a new one before it, and
/// dropped when nothing it signed can still be valid.
#[derive(Clone, PartialEq, Eq)]
pub struct Keyring(Vec<(String, String)>);

/// Shorter is guessed, or was never changed from a sample: 32 characters of hexadecimal are 128 bits.
const MINIMUM_LENGTH: usize = 32;

/// What samples and templates call themselves.
const SAMPLES: [&str; 6] = ["change", "replace", "example", "sample", "your", "todo"];

impl Keyring {
    /// Reads `id:secret[,id:secret…]`: ids of 1 to 16 letters and digits, secrets of at least 32 characters without
    /// commas.
    ///
    /// # Errors
    /// It is written otherwise, an id is there twice, or a secret can't be one: too short, or a sample's.
    pub fn parse(text: &str) -> Result<Self, KeyringError> {
        let mut keys: Vec<(String, String)> = Vec::new();
        for part in text.split(',').map(str::trim) {
            let (id, secret) = part.split_once(':').ok_or(KeyringError::Malformed)?;
            if !is_id(id) {
                return Err(KeyringError::Malformed);
            }
            if keys.iter().any(|(known, _)| known == id) {
                return Err(KeyringError::Repeated { id: id.to_owned() });
            }
            if !is_secret(secret, MINIMUM_LENGTH) {
                return Err(KeyringError::Weak { id: id.to_owned() });
            }
            keys.push((id.to_owned(), secret.to_owned()));
        }
        Ok(Self(keys))
    }

    /// The key that signs `purpose` now: its id and its secret, good for nothing else.
    #[must_use]
    pub fn signer(&self, purpose: &str) -> (&str, [u8; 32]) {
        // `parse` lets no empty ring through.
        self.0.first().map_or(("", [0; 32]), |(id, secret)| (id, derive(secret, purpose)))
    }

    /// The secret for `purpose` of the key `id`, where there is one.
    #[must_use]
    pub fn secret(&self, id: &str, purpose: &str) -> Option<[u8; 32]> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, secret)| derive(secret, purpose))
    }

    /// Every secret for `purpose`, the one that signs first, as text that people can be given.
    pub fn texts<'a>(&'a self, prefix: &'a str, purpose: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0.iter().map(move |(_, secret)| format!("{prefix}{}", hex(&derive(secret, purpose))))
    }
}

/// One secret serves many purposes, and what leaks of one tells nothing of another.
fn derive(secret: &str, purpose: &str) -> [u8; 32] {
    hmac(secret.as_bytes(), format!("farthing/{purpose}").as_bytes())
}

fn is_id(text: &str) -> bool {
    (1..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a configured text of at least `minimum` characters can be a secret: it is no sample's.
#[must_use]
pub fn is_secret(text: &str, minimum: usize) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    lower.chars().count() >= minimum && !SAMPLES.iter().any(|sample| lower.starts_with(sample))
}

/// Secrets never show, not even in a log of ours.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(id, _)| id)).finish()
    }
}

/// Why a text is no keyring. Never carries a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyringError {
    /// Not `id:secret[,id:secret…]`.
    Malformed,
    /// Two secrets have one id.
    Repeated {
        /// The id.
        id: String,
    },
    /// A secret is too short, or a sample's.
    Weak {
        /// Whose.
        id: String,
    },
}

impl fmt::Display for KeyringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => f.write_str("expected `id:secret`, several with commas between them"),
            Self::Repeated { id } => write!(f, "two secrets are called `{id}`"),
            Self::Weak { id } => write!(
                f,
                "the secret `{id}` is a sample's or has fewer than {MINIMUM_LENGTH} characters: make one with `openssl \
                 rand -hex 32`"
            ),
        }
    }
}

impl core::error::Error for KeyringError {}

#[cfg(test)]
mod tests {
    use super::{Keyring, KeyringError};

    const A: &str = "0123456789abcdef0123456789abcdef";
    const B: &str = "fedcba9876543210fedcba9876543210";

    #[test]
    fn the_first_signs_and_all_are_believed() {
        let ring = Keyring::parse(&format!("k2:{B}, k1:{A}")).expect("a keyring");
        let (id, secret) = ring.signer("quote");
        assert_eq!((id, Some(secret)), ("k2", ring.secret("k2", "quote")));
        assert!(ring.secret("k1", "quote").is_some());
        assert_eq!(ring.secret("k3", "quote"), None);
        assert_eq!(ring.texts("cs_", "x").count(), 2);
    }

    #[test]
    fn a_purpose_has_a_secret_of_its_own() {
        let ring = Keyring::parse(&format!("k1:{A}")).expect("a keyring");
        assert_ne!(ring.secret("k1", "quote/a"), ring.secret("k1", "quote/b"));
    }

    #[test]
    fn what_is_no_keyring_is_told_without_its_secrets() {
        for text in
            ["", "k1", ":x", &format!("k 1:{A}"), &format!("k1:{A},"), &format!("{}:{A}", "k".repeat(17))]
        {
            assert_eq!(Keyring::parse(text), Err(KeyringError::Malformed), "{text}");
        }
        assert!(matches!(
            Keyring::parse(&format!("k1:{A},k1:{B}")),
            Err(KeyringError::Repeated { id }) if id == "k1"
        ));
        for secret in ["", "short", "éééééééééééééééé", "change-me-change-me-change-me-change-me"]
        {
            assert!(
                matches!(Keyring::parse(&format!("k1:{secret}")), Err(KeyringError::Weak { .. })),
                "{secret}"
            );
        }
        assert!(!format!("{:?}", Keyring::parse(&format!("k1:{A}"))).contains(A));
    }
}
