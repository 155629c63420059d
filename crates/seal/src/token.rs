//! Writing and reading a token.

use core::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::{hex, hmac};

/// The longest token: a quote of 500 lines with long names is about 100 KB.
const MAXIMUM_LENGTH: usize = 200_000;

/// What a token is for. One kind is never taken for another: the name is part of what is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What a cart costs, said by the edge.
    Quote,
    /// Who is shopping, said by the shop.
    Customer,
    /// Whose order a page is about: the buyer's own link to it.
    Link,
    /// Which e-mail address a visitor has shown to be theirs.
    Visit,
    /// Which offer an order has earned.
    Grant,
    /// Which address a click confirms.
    Confirmation,
    /// Who wants no more news.
    Unsubscribe,
}

impl Kind {
    /// The name and version that the token begins with.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "q1",
            Self::Customer => "c1",
            Self::Link => "l1",
            Self::Visit => "v1",
            Self::Grant => "g1",
            Self::Confirmation => "n1",
            Self::Unsubscribe => "u1",
        }
    }
}

/// Signs `payload` with the secret of the key called `key`, which holds no dot.
#[must_use]
pub fn seal(kind: Kind, key: &str, secret: &[u8], payload: &[u8]) -> String {
    let signed = format!("{}.{key}.{}", kind.name(), BASE64URL.encode(payload));
    let signature = BASE64URL.encode(hmac(secret, signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// The payload of a token, and the id of the key that signed it. `secrets` are those the key may have; the signature must
/// be one of theirs.
///
/// # Errors
/// It is no token of this kind, or was not signed by that key, or was changed since.
pub fn open<'t, S: AsRef<[u8]>>(
    kind: Kind,
    token: &'t str,
    secrets: impl FnOnce(&'t str) -> Vec<S>,
) -> Result<(&'t str, Vec<u8>), TokenError> {
    if token.len() > MAXIMUM_LENGTH {
        return Err(TokenError::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
    let mut parts = signed.split('.');
    let (Some(name), Some(key), Some(payload), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Malformed);
    };
    if name != kind.name() {
        return Err(TokenError::Malformed);
    }
    let signature = BASE64URL.decode(signature).map_err(|_| TokenError::Malformed)?;
    let is_signed =
        |secret: &S| bool::from(hmac(secret.as_ref(), signed.as_bytes()).ct_eq(signature.as_slice()));
    if !secrets(key).iter().any(is_signed) {
        return Err(TokenError::Forged);
    }
    let payload = BASE64URL.decode(payload).map_err(|_| TokenError::Malformed)?;
    Ok((key, payload))
}

/// SHA-256 as lower-case hexadecimal: how a secret is kept, and how a token is remembered.
#[must_use]
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// Not written as a token of this kind is.
    Malformed,
    /// No key that signs for us signed it, or it was changed since.
    Forged,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the token is not written as one",
            Self::Forged => "the token was not signed here, or was changed since",
        })
    }
}

impl core::error::Error for TokenError {}

#[cfg(test)]
mod tests {
    use super::{Kind, TokenError, hash, open, seal};

    const SECRET: &[u8] = b"a secret";

    fn secrets(key: &str) -> Vec<&'static [u8]> {
        if key == "k1" { vec![SECRET] } else { Vec::new() }
    }

    fn sealed() -> String {
        seal(Kind::Quote, "k1", SECRET, br#"{"total":"319.20"}"#)
    }

    #[test]
    fn what_was_sealed_is_read_back() {
        let token = sealed();
        assert!(token.starts_with("q1.k1."));
        assert_eq!(open(Kind::Quote, &token, secrets), Ok(("k1", br#"{"total":"319.20"}"#.to_vec())));
    }

    #[test]
    fn a_changed_character_is_noticed_wherever_it_is() {
        let token = sealed();
        for at in 0..token.len() {
            for byte in (0..128_u8).filter(|byte| *byte != token.as_bytes()[at]) {
                let mut changed = token.clone().into_bytes();
                changed[at] = byte;
                let changed = String::from_utf8(changed).expect("ASCII");
                assert!(open(Kind::Quote, &changed, secrets).is_err(), "{changed}");
            }
            assert!(open(Kind::Quote, &token[..at], secrets).is_err());
        }
        assert!(open(Kind::Quote, &format!("{token}="), secrets).is_err());
        assert!(open(Kind::Quote, &format!("{token}."), secrets).is_err());
        assert!(open(Kind::Quote, &format!("{token} "), secrets).is_err());
    }

    #[test]
    fn neither_another_kind_nor_another_key_will_do() {
        let token = sealed();
        assert_eq!(open(Kind::Customer, &token, secrets), Err(TokenError::Malformed));
        assert_eq!(open(Kind::Quote, &token, |_| Vec::<&[u8]>::new()), Err(TokenError::Forged));
        assert_eq!(open(Kind::Quote, &token, |_| vec![b"another"]), Err(TokenError::Forged));
        assert!(open(Kind::Quote, &token, |_| vec![&b"old"[..], SECRET]).is_ok());
    }

    #[test]
    fn an_unsigned_payload_is_never_decoded() {
        assert_eq!(open(Kind::Quote, "q1.k1.%%%.AAAA", secrets), Err(TokenError::Forged));
        assert_eq!(open(Kind::Quote, &"q".repeat(200_001), secrets), Err(TokenError::Malformed));
    }

    #[test]
    fn anyone_with_the_secret_can_make_one() {
        // Computed with `openssl dgst -sha256 -hmac`.
        let expected = "q1.k1.e30.mYSxaZUh9W5bTaz8MRRMyLg0jdslZbDeMGkXqA-Slvk";
        assert_eq!(seal(Kind::Quote, "k1", SECRET, b"{}"), expected);
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
