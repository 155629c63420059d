//! The `Idempotency-Key` of a call that changes something.

use ledger::{Conflict, Idempotency};
use serde_json::{Value, json};
use worker::{D1PreparedStatement, Headers};

use crate::{
    answer::{self, Answer},
    call::Call,
    clock, order_book,
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

/// Makes a change that is carried out elsewhere than in the database: `write` writes it down with its row in the audit, and
/// only then `carry_out` does it and answers. With a key both are done once. Where a call was written down and its answer never
/// kept, nobody knows how far it came: its repeat carries it out, which changes nothing where that was done, and writes no other
/// row.
///
/// # Errors
/// Those of both, and `keyReused`: the key came with another call.
pub(crate) async fn carried_out(
    call: &Call,
    write: impl AsyncFnOnce(&[D1PreparedStatement]) -> Result<(), Failure>,
    carry_out: impl AsyncFnOnce() -> Result<Answer, Failure>,
) -> Result<Answer, Failure> {
    let Some(asked) = of(call, &json!({}))? else {
        write(&[]).await?;
        return carry_out().await;
    };
    let (database, store) = (call.database()?, call.store());
    let mut done = before(call, Some(&asked)).await?;
    if done.is_none() {
        let remember = calls::remember(&database, store, &asked, &call.item, None, clock::now())?;
        if let Err(failure) = write(&remember).await {
            // The same call at the same time may have been quicker.
            done = before(call, Some(&asked)).await?;
            if done.is_none() {
                return Err(failure);
            }
        }
    }
    if let Some(first) = done.and_then(|done| done.answer) {
        return Ok(repeated(first));
    }
    let answer = carry_out().await?;
    let kept = calls::answered(&database, store, &asked.key, answer.text().unwrap_or_default()).await?;
    Ok(kept.map_or(answer, repeated))
}

/// An answer of such a call as it was kept.
fn repeated(text: String) -> Answer {
    if text.is_empty() { answer::nothing(204) } else { answer::written(200, text) }
}

/// What the same call did before; refused where the key came with another.
async fn before(call: &Call, asked: Option<&Idempotency>) -> Result<Option<Done>, Failure> {
    let Some(asked) = asked else { return Ok(None) };
    let done = calls::find(&call.database()?, call.store(), &asked.key, clock::now()).await?;
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
