//! Randomness. No other file asks for it.

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};

use crate::problem::Failure;

/// This many random bytes as lower-case hexadecimal.
///
/// # Errors
/// The runtime has none to give.
pub(crate) fn hex<const BYTES: usize>() -> Result<String, Failure> {
    Ok(seal::hex(&bytes::<BYTES>()?))
}

/// A secret as Standard Webhooks has them: `whsec_` and 192 random bits in base64.
///
/// # Errors
/// The runtime has none to give.
pub(crate) fn webhook_secret() -> Result<String, Failure> {
    Ok(format!("whsec_{}", BASE64.encode(bytes::<24>()?)))
}

fn bytes<const BYTES: usize>() -> Result<[u8; BYTES], Failure> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Internal(format!("no random bytes: {error}")))?;
    Ok(bytes)
}
