//! Who may administer: whoever holds the one admin token.

use sha2::{Digest as _, Sha256};
use wire::Problem;
use worker::{Env, Headers};

use crate::problem::{self, Failure};

const SECRET: &str = "ADMIN_TOKEN";

/// Shorter is guessed, or was never changed from a sample.
const MINIMUM_LENGTH: usize = 16;

/// What samples and templates call themselves.
const SAMPLES: [&str; 6] = ["change", "replace", "example", "sample", "your", "todo"];

/// Lets a request through that carries the admin token.
///
/// # Errors
/// No token is set up, or the request has none or another.
pub(crate) fn admit(headers: &Headers, env: &Env) -> Result<(), Failure> {
    let secret = env.secret(SECRET).ok().map(|secret| secret.to_string());
    let presented = headers.get("Authorization")?;
    Ok(authorise(presented.as_deref(), secret.as_deref())?)
}

fn authorise(presented: Option<&str>, secret: Option<&str>) -> Result<(), Problem> {
    let secret = secret.filter(|secret| is_secret(secret)).ok_or_else(problem::not_configured)?;
    let token = presented.and_then(bearer).ok_or_else(problem::unauthorized)?;
    if is_same(token, secret) { Ok(()) } else { Err(problem::unauthorized()) }
}

/// Whether a configured value can be a secret at all.
fn is_secret(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    value.len() >= MINIMUM_LENGTH && !SAMPLES.iter().any(|sample| value.starts_with(sample))
}

/// The token of an `Authorization` header; the scheme's case does not matter (RFC 9110 §11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Compares hashes, all of them to the end: how long it takes tells nothing about the secret, its length included.
fn is_same(token: &str, secret: &str) -> bool {
    let (token, secret) = (Sha256::digest(token), Sha256::digest(secret));
    token.iter().zip(secret.iter()).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::authorise;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    #[track_caller]
    fn code(presented: Option<&str>, secret: Option<&str>) -> Option<&'static str> {
        authorise(presented, secret).err().map(|problem| problem.code)
    }

    #[test]
    fn the_token_opens() {
        assert_eq!(code(Some(&format!("Bearer {SECRET}")), Some(SECRET)), None);
        assert_eq!(code(Some(&format!("bearer {SECRET}")), Some(SECRET)), None);
    }

    #[test]
    fn anything_else_does_not() {
        let longer = format!("Bearer {SECRET}0");
        for presented in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some(SECRET),
            Some("Bearer 0123"),
            Some(&longer),
        ] {
            assert_eq!(code(presented, Some(SECRET)), Some("unauthorized"), "{presented:?}");
        }
        assert_eq!(code(Some(&format!("Basic {SECRET}")), Some(SECRET)), Some("unauthorized"));
    }

    #[test]
    fn a_sample_is_no_secret() {
        for secret in [
            None,
            Some(""),
            Some("   "),
            Some("secret"),
            Some("change-me-to-something-long"),
            Some("your-admin-token-here"),
        ] {
            let presented = format!("Bearer {}", secret.unwrap_or_default());
            assert_eq!(code(Some(&presented), secret), Some("notConfigured"), "{secret:?}");
        }
    }
}
