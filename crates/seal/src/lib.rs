//! Signed tokens: what the edge said, or a shop said, unalterable on its way through a browser.
//!
//! A token is `kind.key.payload.signature`: what it is for, which key signed it, anything at all in base64url, and the
//! HMAC-SHA256 of the three parts before it. The signature is checked, in constant time, before the payload is decoded:
//! nothing that a stranger wrote is ever parsed. There is one way to write a token, so a changed character is always
//! noticed.

#![deny(clippy::arithmetic_side_effects)]

mod hex;
mod keyring;
mod token;

pub use hex::hex;
pub use keyring::{Keyring, KeyringError, is_secret};
pub use token::{Kind, TokenError, hash, open, seal};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// HMAC-SHA256.
pub(crate) fn hmac(secret: &[u8], message: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so that there is no error to tell.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return [0; 32] };
    mac.update(message);
    mac.finalize().into_bytes().into()
}
