//! Mails to past buyers, and whom they are for.

use std::collections::BTreeMap;

use pricing::model::Instant;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// A mail to past buyers.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    /// A JSON list.
    pub(crate) skus: String,
    pub(crate) sent_at: Option<i64>,
    /// JSON, once it is over.
    pub(crate) progress: Option<String>,
    pub(crate) created_at: i64,
}

/// A buyer, by their latest order of what the mail is about.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Buyer {
    pub(crate) email: String,
    pub(crate) reference: String,
}

#[derive(Debug, Deserialize)]
struct Address {
    email: String,
}

#[derive(Debug, Deserialize)]
struct Count {
    count: i64,
}

/// A store's, the latest first, after the one of this moment and id, at most `most`.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(
    database: &D1Database,
    store: &StoreId,
    after: Option<(i64, &str)>,
    most: i64,
) -> worker::Result<Vec<Row>> {
    let (created_at, id) = after.unzip();
    let text = "SELECT id, subject, body, skus, sent_at, progress, created_at FROM updates WHERE store_id = ?1 \
                AND (?2 IS NULL OR created_at < ?2 OR (created_at = ?2 AND id > ?3)) \
                ORDER BY created_at DESC, id LIMIT CAST(?4 AS INTEGER)";
    let values = [store.as_str().into(), created_at.into(), id.into(), most.into()];
    statement(database, text, &values)?.all().await?.results()
}

/// One of them.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId, id: &str) -> worker::Result<Option<Row>> {
    let text = "SELECT id, subject, body, skus, sent_at, progress, created_at FROM updates WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])?.first(None).await
}

/// Writes one; one that was sent stays as it is.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(database: &D1Database, store: &StoreId, row: &Row) -> worker::Result<D1PreparedStatement> {
    let text = "INSERT INTO updates (store_id, id, subject, body, skus, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                ON CONFLICT (store_id, id) DO UPDATE SET subject = ?3, body = ?4, skus = ?5 WHERE sent_at IS NULL";
    let Row { id, subject, body, skus, created_at, .. } = row;
    let values =
        [store.as_str().into(), id.into(), subject.into(), body.into(), skus.into(), (*created_at).into()];
    statement(database, text, &values)
}

/// Says that one is being sent.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn sent(
    database: &D1Database,
    store: &StoreId,
    id: &str,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let text = "UPDATE updates SET sent_at = coalesce(sent_at, ?3) WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into(), now.into()])
}

/// Writes down how one ended.
///
/// # Errors
/// The database fails.
pub(crate) async fn over(
    database: &D1Database,
    store: &StoreId,
    id: &str,
    progress: &str,
) -> worker::Result<()> {
    let text = "UPDATE updates SET progress = ?3 WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into(), progress.into()])?.run().await.map(|_| ())
}

/// Takes one out; one that was sent stays.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<D1PreparedStatement> {
    let text = "DELETE FROM updates WHERE store_id = ?1 AND id = ?2 AND sent_at IS NULL";
    statement(database, text, &[store.as_str().into(), id.into()])
}

/// Who has a paid order with one of the products, each address once, but for those who want no such mails.
const AUDIENCE: &str = "FROM order_lines JOIN orders ON orders.store_id = order_lines.store_id \
    AND orders.reference = order_lines.reference \
    WHERE order_lines.store_id = ?1 AND order_lines.sku IN (SELECT value FROM json_each(?2)) \
    AND orders.status = 'committed' AND orders.email > ?3 \
    AND NOT EXISTS (SELECT 1 FROM unsubscribes WHERE unsubscribes.store_id = ?1 AND unsubscribes.email = orders.email)";

/// How many there are.
///
/// # Errors
/// The database fails.
pub(crate) async fn audience(database: &D1Database, store: &StoreId, skus: &str) -> worker::Result<i64> {
    let text = format!("SELECT count(DISTINCT orders.email) AS count {AUDIENCE}");
    let found: Option<Count> =
        statement(database, &text, &[store.as_str().into(), skus.into(), "".into()])?.first(None).await?;
    Ok(found.map_or(0, |found| found.count))
}

/// Those whose address comes after `after`, in order, at most `most`.
///
/// # Errors
/// The database fails.
pub(crate) async fn buyers(
    database: &D1Database,
    store: &StoreId,
    skus: &str,
    after: &str,
    most: i64,
) -> worker::Result<Vec<Buyer>> {
    // Beside a `max`, SQLite gives the other columns of its row.
    let text = format!(
        "SELECT email, reference FROM (SELECT orders.email AS email, orders.reference AS reference, \
         max(orders.reserved_at) {AUDIENCE} GROUP BY orders.email ORDER BY orders.email LIMIT CAST(?4 AS INTEGER))"
    );
    let values = [store.as_str().into(), skus.into(), after.into(), most.into()];
    statement(database, &text, &values)?.all().await?.results()
}

#[derive(Debug, Deserialize)]
struct Called {
    reference: String,
    name: Option<String>,
}

/// What the buyers of some orders are called, by reference: by the order, or else by the store's records.
///
/// # Errors
/// The database fails.
pub(crate) async fn names(
    database: &D1Database,
    store: &StoreId,
    references: &[&str],
) -> worker::Result<BTreeMap<String, String>> {
    let text = "SELECT orders.reference, coalesce(orders.body ->> '$.customer.name', customers.name) AS name \
                FROM json_each(?2) AS named \
                JOIN orders ON orders.store_id = ?1 AND orders.reference = named.value \
                LEFT JOIN customers ON customers.store_id = ?1 AND customers.id = coalesce(orders.customer_id, \
                (SELECT id FROM customers AS known WHERE known.store_id = ?1 AND known.email = orders.email \
                 ORDER BY created_at, id LIMIT 1))";
    let references = serde_json::to_string(references)?;
    let values = [store.as_str().into(), (&references).into()];
    let rows: Vec<Called> = statement(database, text, &values)?.all().await?.results()?;
    Ok(rows.into_iter().filter_map(|row| Some((row.reference, row.name?))).collect())
}

/// Which of some addresses want no such mails.
///
/// # Errors
/// The database fails.
pub(crate) async fn unsubscribed(
    database: &D1Database,
    store: &StoreId,
    emails: &[&str],
) -> worker::Result<Vec<String>> {
    let text =
        "SELECT email FROM unsubscribes WHERE store_id = ?1 AND email IN (SELECT value FROM json_each(?2))";
    let emails = serde_json::to_string(emails)?;
    let values = [store.as_str().into(), (&emails).into()];
    let rows: Vec<Address> = statement(database, text, &values)?.all().await?.results()?;
    Ok(rows.into_iter().map(|row| row.email).collect())
}

/// Whoever this order's buyer is wants no more such mails.
///
/// # Errors
/// The database fails.
pub(crate) async fn unsubscribe(
    database: &D1Database,
    store: &StoreId,
    reference: &str,
    now: Instant,
) -> worker::Result<()> {
    let text = "INSERT OR IGNORE INTO unsubscribes (store_id, email, at) \
                SELECT store_id, email, ?3 FROM orders WHERE store_id = ?1 AND reference = ?2 AND email IS NOT NULL";
    statement(database, text, &[store.as_str().into(), reference.into(), now.into()])?.run().await.map(|_| ())
}
