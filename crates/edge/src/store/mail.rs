//! How a store writes to its buyers.

use pricing::model::Instant;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// A store's mail settings as JSON, where it has any.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId) -> worker::Result<Option<String>> {
    let text = "SELECT body FROM mail_settings WHERE store_id = ?1";
    statement(database, text, &[store.as_str().into()])?.first(Some("body")).await
}

/// Keeps a store's mail settings.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    store: &StoreId,
    body: &str,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let text = "INSERT INTO mail_settings (store_id, body, updated_at) VALUES (?1, ?2, ?3) \
                ON CONFLICT (store_id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at";
    statement(database, text, &[store.as_str().into(), body.into(), now.into()])
}
