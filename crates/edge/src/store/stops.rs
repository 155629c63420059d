//! Which discounts a merchant has stopped.

use std::collections::BTreeSet;

use pricing::model::Instant;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

#[derive(Debug, Deserialize)]
struct Row {
    discount_id: String,
}

/// The stopped discounts.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database, store: &StoreId) -> worker::Result<BTreeSet<String>> {
    let text = "SELECT discount_id FROM stops WHERE store_id = ?1";
    let rows: Vec<Row> = statement(database, text, &[store.as_str().into()])?.all().await?.results()?;
    Ok(rows.into_iter().map(|row| row.discount_id).collect())
}

/// Stops a discount, or resumes it.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn set(
    database: &D1Database,
    store: &StoreId,
    discount: &str,
    is_stopped: bool,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let (store, discount) = (store.as_str().into(), discount.into());
    if is_stopped {
        let text = "INSERT INTO stops (store_id, discount_id, stopped_at) VALUES (?1, ?2, ?3) \
                    ON CONFLICT (store_id, discount_id) DO NOTHING";
        statement(database, text, &[store, discount, now.into()])
    } else {
        statement(database, "DELETE FROM stops WHERE store_id = ?1 AND discount_id = ?2", &[store, discount])
    }
}
