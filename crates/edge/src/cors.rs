//! Which pages may read answers: those of the origins that a site key lists, exactly.
//!
//! The key stands in the address, not in a header, so that a preflight carries it too. Credentials are never allowed,
//! and no answer is for every origin: each names the one that asked, and says that it varies with it.

use worker::Headers;

use crate::{
    answer::{self, Answer},
    problem,
    problem::Failure,
    site_key::SiteKey,
};

/// How long a browser may keep a preflight's answer, in seconds.
const PREFLIGHT_MAX_AGE: &str = "600";

/// What of an answer's headers pages may read.
const EXPOSED: &str = "ETag, RateLimit, RateLimit-Policy, Retry-After";

/// The origin to name in the answer, where the request has one.
///
/// # Errors
/// The key does not list it.
pub(crate) fn admit(headers: &Headers, key: &SiteKey) -> Result<Option<String>, Failure> {
    match headers.get("Origin")? {
        Some(origin) if !key.allows(&origin) => Err(problem::origin_not_allowed().into()),
        origin => Ok(origin),
    }
}

/// Lets pages of `origin` read the answer. Without one it still varies: a cache must not hand it to those who have.
pub(crate) fn expose(answer: Answer, origin: Option<String>) -> Answer {
    let answer = answer.with("Vary", "Origin, Farthing-Customer");
    match origin {
        Some(origin) => {
            answer.with("Access-Control-Allow-Origin", origin).with("Access-Control-Expose-Headers", EXPOSED)
        }
        None => answer,
    }
}

/// The answer to a preflight.
pub(crate) fn preflight(methods: String) -> Answer {
    answer::nothing(204)
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Allow-Headers", "Content-Type, Farthing-Customer, Idempotency-Key")
        .with("Access-Control-Max-Age", PREFLIGHT_MAX_AGE)
}
