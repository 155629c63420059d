//! Snapshots that webhooks are still to be told of.

use pricing::model::Instant;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// A snapshot that prices from a moment on.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Publication {
    pub(crate) version: String,
    /// In milliseconds since 1970.
    pub(crate) at: i64,
}

/// Writes one down.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    store: &StoreId,
    version: &str,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let text = "INSERT OR IGNORE INTO publications (store_id, at, version) VALUES (?1, ?2, ?3)";
    statement(database, text, &[store.as_str().into(), now.into(), version.into()])
}

/// A store's, the oldest first.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database, store: &StoreId) -> worker::Result<Vec<Publication>> {
    let text = "SELECT version, at FROM publications WHERE store_id = ?1 ORDER BY at, version";
    statement(database, text, &[store.as_str().into()])?.all().await?.results()
}

/// Takes one out.
///
/// # Errors
/// The database fails.
pub(crate) async fn told(
    database: &D1Database,
    store: &StoreId,
    Publication { version, at }: &Publication,
) -> worker::Result<()> {
    let text = "DELETE FROM publications WHERE store_id = ?1 AND at = ?2 AND version = ?3";
    let values = [store.as_str().into(), (*at).into(), version.into()];
    statement(database, text, &values)?.run().await.map(|_| ())
}
