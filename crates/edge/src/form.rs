//! How rules and products are told: to people and programs as contract v1's JSON, to our own pages' engine as compact text.

use wire::Problem;

use crate::{problem, query::Query};

/// The parameter that asks for another form than JSON.
pub(crate) const NAME: &str = "form";

/// How something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Compact,
}

impl Form {
    /// The form that is asked for.
    ///
    /// # Errors
    /// There is no such form.
    pub(crate) fn of(query: &Query) -> Result<Self, Problem> {
        match query.one(NAME)? {
            None => Ok(Self::Json),
            Some("compact") => Ok(Self::Compact),
            Some(_) => Err(problem::fault("/form", "wrongType", "expected `compact`, or nothing for JSON")),
        }
    }

    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            // A type that whoever stands between the edge and the page compresses.
            Self::Compact => "text/plain; charset=utf-8",
        }
    }
}

/// A body with its type and its tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) form: Form,
    pub(crate) text: String,
    pub(crate) etag: String,
}

impl Body {
    pub(crate) fn new(form: Form, text: String) -> Self {
        let etag = format!("\"{}\"", wire::digest_of_text(&text));
        Self { form, text, etag }
    }
}
