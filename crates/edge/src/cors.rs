//! Which pages may read answers: those of the origins that a site key lists, exactly.
//!
//! The key stands in the address, not in a header, so that a preflight carries it too. Credentials are never allowed,
//! and no answer is for every origin: each names the one that asked, and says that it varies with it.

use worker::{Headers, Response};

use crate::{answer, problem, problem::Failure, site_key::SiteKey};

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
pub(crate) fn expose(response: &Response, origin: Option<&str>) -> worker::Result<()> {
    let headers = response.headers();
    headers.set("Vary", "Origin, Farthing-Customer")?;
    if let Some(origin) = origin {
        headers.set("Access-Control-Allow-Origin", origin)?;
        headers.set("Access-Control-Expose-Headers", EXPOSED)?;
    }
    Ok(())
}

/// The answer to a preflight.
pub(crate) fn preflight(methods: &str) -> worker::Result<Response> {
    let response = answer::nothing(204)?;
    let headers = response.headers();
    headers.set("Access-Control-Allow-Methods", methods)?;
    headers.set("Access-Control-Allow-Headers", "Content-Type, Farthing-Customer")?;
    headers.set("Access-Control-Max-Age", PREFLIGHT_MAX_AGE)?;
    Ok(response)
}
