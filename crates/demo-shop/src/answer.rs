//! What the shop's server answers.

use serde_json::{Value, json};
use worker::{Response, Result};

/// JSON that nobody keeps.
pub(crate) fn json(value: &Value) -> Result<Response> {
    kept_by_nobody(Response::from_json(value)?)
}

/// An error, in the form that Farthing has them in, so that a page reads one kind.
pub(crate) fn problem(status: u16, code: &str, detail: &str) -> Result<Response> {
    let problem = json!({ "status": status, "code": code, "detail": detail });
    kept_by_nobody(Response::from_json(&problem)?.with_status(status))
}

pub(crate) fn kept_by_nobody(response: Response) -> Result<Response> {
    response.headers().set("Cache-Control", "no-store")?;
    response.headers().set("X-Content-Type-Options", "nosniff")?;
    Ok(response)
}
