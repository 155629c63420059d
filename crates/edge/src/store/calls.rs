//! The calls with an `Idempotency-Key` that the ledger does not know of: what each asked, and what it did.

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
    /// What it answered; nothing where that was a secret.
    pub(crate) answer: Option<String>,
}

/// What the call with this key has done.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId, key: &str) -> worker::Result<Option<Done>> {
    let text = "SELECT credential_id, request, answer FROM credential_calls WHERE store_id = ?1 AND key = ?2";
    statement(database, text, &[store.as_str().into(), key.into()])?.first(None).await
}

/// Remembers what a call has done. Of two with one key, the second fails, and changes nothing.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn remember(
    database: &D1Database,
    store: &StoreId,
    asked: &ledger::Idempotency,
    subject: &str,
    answer: Option<&str>,
) -> worker::Result<D1PreparedStatement> {
    let text = "INSERT INTO credential_calls (store_id, key, credential_id, request, answer) \
                VALUES (?1, ?2, ?3, ?4, ?5)";
    let (key, request) = (&asked.key, &asked.request);
    let values = [store.as_str().into(), key.into(), subject.into(), request.into(), answer.into()];
    statement(database, text, &values)
}

/// Forgets a call that has done nothing in the end: it may be made again.
///
/// # Errors
/// The database fails.
pub(crate) async fn forget(database: &D1Database, store: &StoreId, key: &str) -> worker::Result<()> {
    let text = "DELETE FROM credential_calls WHERE store_id = ?1 AND key = ?2";
    statement(database, text, &[store.as_str().into(), key.into()])?.run().await.map(|_| ())
}
