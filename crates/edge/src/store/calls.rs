//! The calls with an `Idempotency-Key` that the ledger does not know of: what each asked, and what it did. They are remembered
//! for a day, as the ledger's are.

use ledger::IDEMPOTENCY_MILLIS;
use pricing::model::Instant;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// What a call has done.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    /// The id of what it made, or changed.
    #[serde(rename = "credential_id")]
    pub(crate) subject: String,
    /// The hash of what it asked; nothing of calls from before it was kept.
    pub(crate) request: Option<String>,
    /// What it answered; nothing where that was a secret, or is still to come.
    pub(crate) answer: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Answered {
    answer: String,
}

/// What the call with this key has done in the last day.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(
    database: &D1Database,
    store: &StoreId,
    key: &str,
    now: Instant,
) -> worker::Result<Option<Done>> {
    let text = "SELECT credential_id, request, answer FROM credential_calls \
                WHERE store_id = ?1 AND key = ?2 AND at > ?3";
    let values = [store.as_str().into(), key.into(), oldest(now).into()];
    statement(database, text, &values)?.first(None).await
}

/// Remembers what a call has done, and forgets those of more than a day ago. Of two with one key, the second fails, and
/// changes nothing.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn remember(
    database: &D1Database,
    store: &StoreId,
    asked: &ledger::Idempotency,
    subject: &str,
    answer: Option<&str>,
    now: Instant,
) -> worker::Result<[D1PreparedStatement; 2]> {
    let forget = statement(database, "DELETE FROM credential_calls WHERE at <= ?1", &[oldest(now).into()])?;
    let text = "INSERT INTO credential_calls (store_id, key, credential_id, request, answer, at) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (key, request) = (&asked.key, &asked.request);
    let values =
        [store.as_str().into(), key.into(), subject.into(), request.into(), answer.into(), now.into()];
    Ok([forget, statement(database, text, &values)?])
}

/// Keeps what a remembered call is answered; of two answers the first, which is given back.
///
/// # Errors
/// The database fails.
pub(crate) async fn answered(
    database: &D1Database,
    store: &StoreId,
    key: &str,
    answer: &str,
) -> worker::Result<Option<String>> {
    let text = "UPDATE credential_calls SET answer = coalesce(answer, ?3) WHERE store_id = ?1 AND key = ?2 \
                RETURNING answer";
    let values = [store.as_str().into(), key.into(), answer.into()];
    let kept: Option<Answered> = statement(database, text, &values)?.first(None).await?;
    Ok(kept.map(|kept| kept.answer))
}

/// Forgets a call that has done nothing in the end: it may be made again.
///
/// # Errors
/// The database fails.
pub(crate) async fn forget(database: &D1Database, store: &StoreId, key: &str) -> worker::Result<()> {
    let text = "DELETE FROM credential_calls WHERE store_id = ?1 AND key = ?2";
    statement(database, text, &[store.as_str().into(), key.into()])?.run().await.map(|_| ())
}

/// What was made then, or before, is forgotten.
const fn oldest(now: Instant) -> i64 {
    now.millis().saturating_sub(IDEMPOTENCY_MILLIS)
}
