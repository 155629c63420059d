//! The `Idempotency-Key` of a call that changes something.

use ledger::{Conflict, Idempotency};
use serde_json::{Value, json};
use worker::Headers;

use crate::{
    call::Call,
    order_book,
    problem::{self, Failure},
    store::calls::{self, Done},
};

/// The most characters of a key.
pub(crate) const MAXIMUM_LENGTH: usize = 255;

/// The call's key, with the hash of all that it asks: where, and what.
///
/// # Errors
/// The key is empty, too long, or has other than visible ASCII characters.
pub(crate) fn of(call: &Call, document: &Value) -> Result<Option<Idempotency>, Failure> {
    let key = key(call.request.headers())?;
    Ok(key.map(|key| {
        let asked = json!({ "path": call.request.path(), "body": document });
        Idempotency { key, request: wire::digest(&asked) }
    }))
}

/// Refuses a call whose first answer held a secret: what it made is not shown again. The database is asked: what the
/// isolate holds may be older than the call before.
///
/// # Errors
/// `alreadyMade`, or `keyReused`: the key came with another call.
pub(crate) async fn made_once(call: &Call, asked: Option<&Idempotency>) -> Result<(), Failure> {
    match before(call, asked).await? {
        Some(done) => Err(problem::already_made(&done.subject).into()),
        None => Ok(()),
    }
}

/// What the same call was answered before, where it was made before.
///
/// # Errors
/// `keyReused`: the key came with another call.
pub(crate) async fn first_answer(
    call: &Call,
    asked: Option<&Idempotency>,
) -> Result<Option<String>, Failure> {
    match before(call, asked).await? {
        // The call that answered a secret, before it was kept what calls ask, was another.
        Some(done) => Ok(Some(done.answer.ok_or_else(|| order_book::problem(Conflict::KeyReused))?)),
        None => Ok(None),
    }
}

/// What the same call did before; refused where the key came with another.
async fn before(call: &Call, asked: Option<&Idempotency>) -> Result<Option<Done>, Failure> {
    let Some(asked) = asked else { return Ok(None) };
    let done = calls::find(&call.database()?, call.store(), &asked.key).await?;
    let is_other = |done: &Done| done.request.as_ref().is_some_and(|request| *request != asked.request);
    if done.as_ref().is_some_and(is_other) {
        return Err(order_book::problem(Conflict::KeyReused).into());
    }
    Ok(done)
}

/// The key that a caller gave, where they did.
fn key(headers: &Headers) -> Result<Option<String>, Failure> {
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
