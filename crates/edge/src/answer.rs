//! Answers as they leave: JSON, typed as what it is and never guessed at, cached only where that is said.

use serde::Serialize;
use wire::Problem;
use worker::{Response, ResponseBuilder};

use crate::{form::Body, problem::Failure};

/// Nobody keeps it.
pub(crate) const NO_STORE: &str = "no-store";
/// Shared by all guests of a shop. Short, so that a changed rule is seen soon; a browser may show the old one while it
/// asks for the new, because the edge prices again before anything is charged.
pub(crate) const PUBLIC: &str = "public, max-age=30, stale-while-revalidate=300";

/// Kept by the browser of one customer, who asks again each time.
pub(crate) const PRIVATE: &str = "private, no-cache";

/// `value` as JSON that nobody keeps.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Response, Failure> {
    let text = serde_json::to_string(value)?;
    Ok(typed(200, "application/json", NO_STORE, text)?)
}

/// `value` as JSON of something that was made.
pub(crate) fn created<T: Serialize>(value: &T) -> Result<Response, Failure> {
    let text = serde_json::to_string(value)?;
    Ok(typed(201, "application/json", NO_STORE, text)?)
}

/// `value` as JSON of something that will be done.
pub(crate) fn accepted<T: Serialize>(value: &T) -> Result<Response, Failure> {
    let text = serde_json::to_string(value)?;
    Ok(typed(202, "application/json", NO_STORE, text)?)
}

/// JSON as it was written elsewhere.
pub(crate) fn written(status: u16, text: String) -> Result<Response, Failure> {
    Ok(typed(status, "application/json", NO_STORE, text)?)
}

/// What guests share, told apart by its tag; nothing but its name if that is the one the caller holds.
pub(crate) fn shared(body: &Body, held: Option<&str>) -> Result<Response, Failure> {
    tagged(body, held, PUBLIC)
}

/// The same for one customer: their browser may keep it, and asks each time whether it still holds.
pub(crate) fn private(body: &Body, held: Option<&str>) -> Result<Response, Failure> {
    tagged(body, held, PRIVATE)
}

fn tagged(body: &Body, held: Option<&str>, caching: &str) -> Result<Response, Failure> {
    let is_held = held.is_some_and(|held| matches(held, &body.etag));
    let response = if is_held {
        bare(304)?.with_header("Cache-Control", caching)?.empty()
    } else {
        typed(200, body.form.content_type(), caching, body.text.clone())?
    };
    response.headers().set("ETag", &body.etag)?;
    Ok(response)
}

/// A problem, `application/problem+json`.
pub(crate) fn problem(problem: &Problem) -> worker::Result<Response> {
    let text = serde_json::to_string(problem)?;
    let response = typed(problem.status, "application/problem+json", NO_STORE, text)?;
    let realm = match problem.code {
        "unauthorized" => Some("Bearer realm=\"admin\""),
        "unknownServerKey" => Some("Bearer realm=\"server\""),
        _ => None,
    };
    if let Some(realm) = realm {
        response.headers().set("WWW-Authenticate", realm)?;
    }
    Ok(response)
}

/// An answer without a body.
pub(crate) fn nothing(status: u16) -> worker::Result<Response> {
    Ok(bare(status)?.with_header("Cache-Control", NO_STORE)?.empty())
}

fn typed(status: u16, content_type: &str, caching: &str, text: String) -> worker::Result<Response> {
    let response = bare(status)?.with_header("Content-Type", content_type)?;
    Ok(response.with_header("Cache-Control", caching)?.fixed(text.into_bytes()))
}

fn bare(status: u16) -> worker::Result<ResponseBuilder> {
    ResponseBuilder::new().with_status(status).with_header("X-Content-Type-Options", "nosniff")
}

/// Whether an `If-None-Match` names `etag`. Compared weakly, as RFC 9110 asks: who compresses an answer on the way
/// marks its tag with `W/`.
fn matches(held: &str, etag: &str) -> bool {
    held.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_held_tag_is_found_in_any_spelling() {
        for held in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\"", "*"] {
            assert!(matches(held, "\"a\""), "{held}");
        }
        for held in ["", "a", "\"b\"", "\"A\"", "\"a"] {
            assert!(!matches(held, "\"a\""), "{held}");
        }
    }
}
