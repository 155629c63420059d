//! Answers as they leave: JSON, typed as what it is and never guessed at, cached only where that is said.

mod response;

use std::borrow::Cow;

use serde::Serialize;
use wire::Problem;

use crate::{form::Body, problem::Failure};

/// Nobody keeps it.
pub(crate) const NO_STORE: &str = "no-store";
/// Shared by all guests of a shop. Short, so that a changed rule is seen soon; a browser may show the old one while it
/// asks for the new, because the edge prices again before anything is charged.
pub(crate) const PUBLIC: &str = "public, max-age=30, stale-while-revalidate=300";

/// Kept by the browser of one customer, who asks again each time.
pub(crate) const PRIVATE: &str = "private, no-cache";

/// An answer: the runtime hears of it when it is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(&'static str, Cow<'static, str>)>,
    body: Option<String>,
}

impl Answer {
    /// An answer without a body.
    fn bare(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None }.with("X-Content-Type-Options", "nosniff")
    }

    /// A text of a type, and who may keep it.
    pub(crate) fn typed(
        status: u16,
        content_type: &'static str,
        caching: &'static str,
        text: String,
    ) -> Self {
        let answer = Self::bare(status).with("Content-Type", content_type).with("Cache-Control", caching);
        Self { body: Some(text), ..answer }
    }

    /// Its body as text; nothing where it has none.
    pub(crate) fn text(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The same with one header more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// `value` as JSON that nobody keeps.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<Answer, Failure> {
    Ok(written(200, serde_json::to_string(value)?))
}

/// `value` as JSON of something that was made.
pub(crate) fn created<T: Serialize>(value: &T) -> Result<Answer, Failure> {
    Ok(written(201, serde_json::to_string(value)?))
}

/// `value` as JSON of something that will be done.
pub(crate) fn accepted<T: Serialize>(value: &T) -> Result<Answer, Failure> {
    Ok(written(202, serde_json::to_string(value)?))
}

/// JSON as it was written elsewhere.
pub(crate) fn written(status: u16, text: String) -> Answer {
    Answer::typed(status, "application/json", NO_STORE, text)
}

/// What guests share, told apart by its tag; nothing but its name if that is the one the caller holds.
pub(crate) fn shared(body: &Body, held: Option<&str>) -> Answer {
    tagged(body, held, PUBLIC)
}

/// The same for one customer: their browser may keep it, and asks each time whether it still holds.
pub(crate) fn private(body: &Body, held: Option<&str>) -> Answer {
    tagged(body, held, PRIVATE)
}

fn tagged(body: &Body, held: Option<&str>, caching: &'static str) -> Answer {
    let is_held = held.is_some_and(|held| matches(held, &body.etag));
    let answer = if is_held {
        Answer::bare(304).with("Cache-Control", caching)
    } else {
        Answer::typed(200, body.form.content_type(), caching, body.text.clone())
    };
    answer.with("ETag", body.etag.clone())
}

/// A problem, `application/problem+json`.
///
/// # Errors
/// It can't be written.
pub(crate) fn problem(problem: &Problem) -> serde_json::Result<Answer> {
    let text = serde_json::to_string(problem)?;
    let answer = Answer::typed(problem.status, "application/problem+json", NO_STORE, text);
    Ok(match problem.code {
        "unauthorized" => answer.with("WWW-Authenticate", "Bearer realm=\"admin\""),
        "unknownServerKey" => answer.with("WWW-Authenticate", "Bearer realm=\"server\""),
        _ => answer,
    })
}

/// An answer without a body that nobody keeps.
pub(crate) fn nothing(status: u16) -> Answer {
    Answer::bare(status).with("Cache-Control", NO_STORE)
}

/// Whether an `If-None-Match` or an `If-Match` names `etag`. Compared weakly: who compresses an answer on the way marks its
/// tag with `W/`.
pub(crate) fn matches(held: &str, etag: &str) -> bool {
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
