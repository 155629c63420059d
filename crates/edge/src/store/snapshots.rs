//! Reading snapshots.

use serde::Deserialize;
use worker::D1Database;

use super::statement;
use crate::store_id::StoreId;

/// What of the store's row prices now.
#[derive(Debug, Deserialize)]
pub(crate) struct Current {
    pub(crate) snapshot_version: String,
    pub(crate) name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Part {
    body: String,
}

/// Which snapshot prices now, where there is one.
///
/// # Errors
/// The database fails.
pub(crate) async fn current(database: &D1Database, store: &StoreId) -> worker::Result<Option<Current>> {
    let text = "SELECT snapshot_version, name FROM stores WHERE id = ?1";
    statement(database, text, &[store.as_str().into()])?.first(None).await
}

/// The content of a snapshot, as text.
///
/// # Errors
/// The database fails. A snapshot that is not there is empty, which is not JSON.
pub(crate) async fn content(database: &D1Database, store: &StoreId, version: &str) -> worker::Result<String> {
    let text = "SELECT body FROM snapshot_parts WHERE store_id = ?1 AND version = ?2 ORDER BY position";
    let statement = statement(database, text, &[store.as_str().into(), version.into()])?;
    let parts: Vec<Part> = statement.all().await?.results()?;
    Ok(parts.into_iter().map(|part| part.body).collect())
}
