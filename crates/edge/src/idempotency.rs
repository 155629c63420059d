//! The `Idempotency-Key` of a call that changes something.

use worker::Headers;

use crate::problem::{self, Failure};

/// The most characters of a key.
pub(crate) const MAXIMUM_LENGTH: usize = 255;

/// The key that a caller gave, where they did.
///
/// # Errors
/// It is empty, too long, or has other than visible ASCII characters.
pub(crate) fn key(headers: &Headers) -> Result<Option<String>, Failure> {
    let Some(key) = headers.get("Idempotency-Key")? else { return Ok(None) };
    if is_key(&key) { Ok(Some(key)) } else { Err(problem::invalid_idempotency_key(MAXIMUM_LENGTH).into()) }
}

fn is_key(text: &str) -> bool {
    (1..=MAXIMUM_LENGTH).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn a_key_is_short_and_visible() {
        assert!(is_key("a") && is_key(&"k".repeat(255)) && is_key("\"8e03978e-40d5\""));
        assert!(!is_key("") && !is_key(&"k".repeat(256)) && !is_key("a b") && !is_key("é"));
    }
}
