//! The merchant's discounts, as they were imported.

use serde::Deserialize;
use serde_json::Value;
use worker::D1Database;

use super::statement;
use crate::store_id::StoreId;

/// A discount in its list.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) position: i64,
    /// The contract's JSON.
    pub(crate) body: String,
}

/// Discounts in the merchant's order whose id, title or code holds `text`, after the position `after`, at most `most`.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(
    database: &D1Database,
    store: &StoreId,
    text: &str,
    after: i64,
    most: i64,
) -> worker::Result<Vec<Row>> {
    // `instr` takes every character for itself, where LIKE has wildcards.
    let select = "SELECT id, position, body FROM discounts WHERE store_id = ?1 AND position > CAST(?2 AS INTEGER) \
                  AND (instr(lower(title), ?3) > 0 OR instr(lower(id), ?3) > 0 OR instr(lower(coalesce(code, '')), ?3) > 0) \
                  ORDER BY position LIMIT CAST(?4 AS INTEGER)";
    let text = text.to_lowercase();
    let values = [store.as_str().into(), after.into(), (&text).into(), most.into()];
    statement(database, select, &values)?.all().await?.results()
}

/// Whether the store has a discount called so.
///
/// # Errors
/// The database fails.
pub(crate) async fn exists(database: &D1Database, store: &StoreId, id: &str) -> worker::Result<bool> {
    Ok(find(database, store, id).await?.is_some())
}

/// What the merchant's file says of whether a discount is enabled; nothing where it does not say.
///
/// # Errors
/// The database fails.
pub(crate) async fn is_enabled(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<Option<bool>> {
    let row = find(database, store, id).await?;
    let body: Option<Value> = row.and_then(|row| serde_json::from_str(&row.body).ok());
    Ok(body.and_then(|body| body.get("enabled")?.as_bool()))
}

async fn find(database: &D1Database, store: &StoreId, id: &str) -> worker::Result<Option<Row>> {
    let text = "SELECT id, position, body FROM discounts WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])?.first(None).await
}
