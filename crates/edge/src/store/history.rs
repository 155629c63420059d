//! What buyers bought, by their id or their address.

use std::collections::BTreeSet;

use serde::Deserialize;
use worker::D1Database;

use super::statement;
use crate::store_id::StoreId;

/// A paid order, and the products asked for that are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bought {
    pub(crate) reference: String,
    pub(crate) skus: Vec<String>,
}

/// Who has bought: by either.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Buyer<'a> {
    pub(crate) id: Option<&'a str>,
    /// In the spelling that addresses are compared in.
    pub(crate) email: Option<&'a str>,
}

/// The most orders that are looked through; who has more has enough offers by the latest.
const MOST: i64 = 200;

#[derive(Debug, Deserialize)]
struct Product {
    sku: String,
}

#[derive(Debug, Deserialize)]
struct Row {
    reference: String,
    /// A JSON list.
    skus: String,
}

/// A buyer's paid orders with one of `skus` in it, the latest first.
///
/// # Errors
/// The database fails.
pub(crate) async fn orders_with(
    database: &D1Database,
    store: &StoreId,
    buyer: Buyer<'_>,
    skus: &[&str],
) -> worker::Result<Vec<Bought>> {
    let text = "SELECT orders.reference, json_group_array(order_lines.sku) AS skus FROM \
         (SELECT reference, reserved_at FROM orders WHERE store_id = ?1 AND email = ?2 AND status = 'committed' \
          UNION SELECT reference, reserved_at FROM orders WHERE store_id = ?1 AND customer_id = ?3 \
          AND status = 'committed') AS orders \
         JOIN order_lines ON order_lines.store_id = ?1 AND order_lines.reference = orders.reference \
         WHERE order_lines.sku IN (SELECT value FROM json_each(?4)) \
         GROUP BY orders.reference ORDER BY max(orders.reserved_at) DESC, orders.reference LIMIT CAST(?5 AS INTEGER)";
    let skus = serde_json::to_string(skus)?;
    let values = [store.as_str().into(), buyer.email.into(), buyer.id.into(), (&skus).into(), MOST.into()];
    let rows: Vec<Row> = statement(database, text, &values)?.all().await?.results()?;
    rows.into_iter()
        .map(|row| Ok(Bought { reference: row.reference, skus: serde_json::from_str(&row.skus)? }))
        .collect()
}

/// Which of some products are in an order.
///
/// # Errors
/// The database fails.
pub(crate) async fn sold(
    database: &D1Database,
    store: &StoreId,
    skus: &[&str],
) -> worker::Result<BTreeSet<String>> {
    let text = "SELECT DISTINCT value AS sku FROM json_each(?2) WHERE EXISTS \
                (SELECT 1 FROM order_lines WHERE order_lines.store_id = ?1 AND order_lines.sku = value)";
    let skus = serde_json::to_string(skus)?;
    let rows: Vec<Product> =
        statement(database, text, &[store.as_str().into(), (&skus).into()])?.all().await?.results()?;
    Ok(rows.into_iter().map(|row| row.sku).collect())
}

/// Whether somebody with this address has a paid order.
///
/// # Errors
/// The database fails.
pub(crate) async fn is_buyer(database: &D1Database, store: &StoreId, email: &str) -> worker::Result<bool> {
    let text =
        "SELECT 1 AS one FROM orders WHERE store_id = ?1 AND email = ?2 AND status = 'committed' LIMIT 1";
    let found: Option<i64> =
        statement(database, text, &[store.as_str().into(), email.into()])?.first(Some("one")).await?;
    Ok(found.is_some())
}
