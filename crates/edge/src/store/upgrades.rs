//! The merchant's upgrades.

use pricing::model::Upgrade;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

#[derive(Debug, Deserialize)]
struct Row {
    body: String,
}

/// The contract's JSON of every upgrade, in the merchant's order.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database, store: &StoreId) -> worker::Result<Vec<String>> {
    let text = "SELECT body FROM upgrades WHERE store_id = ?1 ORDER BY position";
    let rows: Vec<Row> = statement(database, text, &[store.as_str().into()])?.all().await?.results()?;
    Ok(rows.into_iter().map(|row| row.body).collect())
}

/// The contract's JSON of an upgrade, where the store has it.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId, id: &str) -> worker::Result<Option<String>> {
    let text = "SELECT body FROM upgrades WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])?.first(Some("body")).await
}

/// Writes an upgrade in its place, or as the last one.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    store: &StoreId,
    upgrade: &Upgrade,
    body: &str,
) -> worker::Result<D1PreparedStatement> {
    let text = "INSERT INTO upgrades (store_id, id, starts_at, ends_at, position, body) \
         SELECT ?1, ?2, ?3, ?4, coalesce(max(position) + 1, 0), ?5 FROM upgrades WHERE store_id = ?1 \
         ON CONFLICT (store_id, id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, \
         body = excluded.body";
    let schedule = &upgrade.schedule;
    let values = [
        store.as_str().into(),
        upgrade.id.as_str().into(),
        schedule.starts_at().into(),
        schedule.ends_at().into(),
        body.into(),
    ];
    statement(database, text, &values)
}

/// Takes an upgrade out.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<D1PreparedStatement> {
    let text = "DELETE FROM upgrades WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])
}
