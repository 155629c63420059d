//! Everything that can go wrong, each with its stable code. What a caller did is told to the caller; what we did is
//! logged, and the caller learns only that it was not them.

use wire::{Fault, Problem};

/// The most faults of one answer. A file may have one in every item; who mends a thousand asks again, and no small body
/// makes a large answer.
const MAXIMUM_FAULTS: usize = 1_000;

/// Why a request gets no answer of its own.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The caller is told.
    Told(Box<Problem>),
    /// Ours: logged, and told only as `internal`.
    Internal(String),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        let count = faults.len();
        let mut problem = Problem::invalid(faults);
        if count > MAXIMUM_FAULTS {
            problem.errors.truncate(MAXIMUM_FAULTS);
            problem.detail = format!("{count} faults, the first {MAXIMUM_FAULTS} listed with their places");
        }
        problem.into()
    }
}

impl From<worker::Error> for Failure {
    fn from(error: worker::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl Failure {
    /// What the caller is told of it.
    pub(crate) fn problem(self) -> Problem {
        match self {
            Self::Told(problem) => *problem,
            Self::Internal(cause) => {
                worker::console_error!("{cause}");
                Problem::new(
                    500,
                    "internal",
                    "Something went wrong on our side",
                    "Nothing was changed; try again",
                )
            }
        }
    }
}

/// One fault of the input as a whole answer. `pointer` leads into the body, or into the query read as an object.
pub(crate) fn fault(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Problem {
    Problem::invalid(vec![Fault { pointer: pointer.into(), code, detail: detail.into() }])
}

pub(crate) fn not_found() -> Problem {
    Problem::new(404, "notFound", "There is nothing here", "No route has this path")
}

pub(crate) fn method_not_allowed(allowed: &str) -> Problem {
    let detail = format!("This path answers {allowed}");
    Problem::new(405, "methodNotAllowed", "The path has no such method", detail)
}

pub(crate) fn malformed_url() -> Problem {
    Problem::new(
        400,
        "malformedUrl",
        "The address can't be read",
        "Percent-encode what is not a plain character",
    )
}

pub(crate) fn unknown_site_key() -> Problem {
    let detail = "Add `?key=` with a site key of the store, `pk_…`";
    Problem::new(401, "unknownSiteKey", "The site key is missing or unknown", detail)
}

pub(crate) fn origin_not_allowed() -> Problem {
    let detail = "Add the page's origin, exactly as the browser sends it, to the site key";
    Problem::new(403, "originNotAllowed", "The site key does not allow this origin", detail)
}

pub(crate) fn unauthorized() -> Problem {
    let detail = "Send the admin token as `Authorization: Bearer …`";
    Problem::new(401, "unauthorized", "The admin token is missing or wrong", detail)
}

pub(crate) fn not_configured() -> Problem {
    let detail = "Set the secret `ADMIN_TOKEN` to a random text of at least 16 characters";
    Problem::new(503, "notConfigured", "The admin token is not set up", detail)
}

pub(crate) fn no_snapshot() -> Problem {
    let detail = "Import a store with POST /admin/api/import";
    Problem::new(503, "noSnapshot", "The store has nothing to price with yet", detail)
}

pub(crate) fn database_unavailable() -> Problem {
    Problem::new(503, "databaseUnavailable", "The database does not answer", "Try again in a moment")
}

pub(crate) fn body_too_large(limit: usize) -> Problem {
    let detail = format!("Send at most {limit} bytes");
    Problem::new(413, "bodyTooLarge", "The body is too large", detail)
}

pub(crate) fn unsupported_media_type() -> Problem {
    let detail = "Send JSON in UTF-8, uncompressed, as `Content-Type: application/json`";
    Problem::new(415, "unsupportedMediaType", "The body is not said to be JSON", detail)
}

pub(crate) fn not_utf8() -> Problem {
    Problem::new(400, "malformedJson", "The text is not JSON", "The body is not UTF-8")
}

/// The one refusal of a code, whatever the reason, so that nothing about other codes can be learnt from it.
pub(crate) fn unknown_code() -> Problem {
    let detail = "Check the spelling, or whether it has started or ended";
    Problem::new(404, "unknownCode", "This code can't be used", detail)
}
