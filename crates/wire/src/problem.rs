//! Errors as everyone gets them: problem details (RFC 9457).

use pricing::model::CartError;
use serde::Serialize;

/// One thing wrong with the input, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// JSON pointer (RFC 6901) to it; empty for the whole document.
    pub pointer: String,
    /// Stable name of what is wrong, in camel case.
    pub code: &'static str,
    /// A sentence for people: the limit and the fix.
    pub detail: String,
}

/// An error as everyone gets it, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `urn:farthing:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status that goes with it.
    pub status: u16,
    /// Stable name of the problem, in camel case.
    pub code: &'static str,
    /// The problem in a few words, the same each time.
    pub title: &'static str,
    /// A sentence about this time.
    pub detail: String,
    /// Every fault found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
}

impl Problem {
    /// A problem without particular faults.
    #[must_use]
    pub fn new(status: u16, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        let kind = format!("urn:farthing:problem:{code}");
        Self { kind, status, code, title, detail: detail.into(), errors: Vec::new() }
    }

    /// The input can be read as JSON but not accepted.
    #[must_use]
    pub fn invalid(errors: Vec<Fault>) -> Self {
        let detail = match errors.as_slice() {
            [fault] if fault.pointer.is_empty() => fault.detail.clone(),
            [fault] => format!("{}: {}", fault.pointer, fault.detail),
            faults => format!("{} faults, each listed with its place", faults.len()),
        };
        Self { errors, ..Self::new(422, "invalidInput", "The input is not valid", detail) }
    }

    /// The text is not JSON.
    #[must_use]
    pub(crate) fn malformed(error: &serde_json::Error) -> Self {
        Self::new(400, "malformedJson", "The text is not JSON", error.to_string())
    }

    /// The text is none.
    #[must_use]
    pub fn not_utf8() -> Self {
        Self::new(400, "malformedJson", "The text is not JSON", "It is not UTF-8")
    }

    /// The cart, found at the pointer `place`, asks for what the store does not have.
    #[must_use]
    pub fn cart(errors: &[CartError], place: &str) -> Self {
        Self::invalid(errors.iter().map(|error| cart_fault(error, place)).collect())
    }
}

fn cart_fault(error: &CartError, place: &str) -> Fault {
    let (pointer, code) = match error {
        CartError::TooManyLines => (format!("{place}/lines"), "tooManyLines"),
        CartError::TooManyCodes => (format!("{place}/codes"), "tooManyCodes"),
        CartError::TooManyGrants => (format!("{place}/grants"), "tooManyGrants"),
        CartError::UnknownSku { line, .. } => (format!("{place}/lines/{line}/sku"), "unknownSku"),
        CartError::UnknownService { .. } => (format!("{place}/shippingService"), "unknownService"),
        CartError::UnknownGrant { grant, .. } => (format!("{place}/grants/{grant}"), "unknownGrant"),
    };
    Fault { pointer, code, detail: error.to_string() }
}
