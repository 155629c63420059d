//! Orders as merchants look at them.

use std::collections::BTreeMap;

use ledger::Event;
use serde::{Deserialize, Serialize};
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::{order_json, store_id::StoreId};

/// Writes the lines of the orders that `?2` lists. `CROSS JOIN` keeps the order: left to itself SQLite goes through every
/// order of the store, and through the list for each.
const LINES: &str = "INSERT OR IGNORE INTO order_lines (store_id, reference, sku) \
     SELECT orders.store_id, orders.reference, line.value ->> 'sku' FROM json_each(?2) AS named \
     CROSS JOIN orders ON orders.store_id = ?1 AND orders.reference = named.value \
     CROSS JOIN json_each(coalesce(orders.body -> '$.quote.lines', orders.body -> '$.lines', '[]')) AS line";

/// An order in the list.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) reference: String,
    pub(crate) reserved_at: i64,
    /// The order as it is answered.
    pub(crate) body: String,
}

/// Writes what orders have become, each in its latest revision: one that is older than what is there changes nothing, so
/// that it does not matter how often or in which order they come.
///
/// # Errors
/// The database fails, and nothing was written.
pub(crate) async fn put(database: &D1Database, store: &StoreId, events: &[Event]) -> worker::Result<()> {
    let mut latest: BTreeMap<&str, &ledger::Order> = BTreeMap::new();
    for Event { order, .. } in events {
        let known = latest.entry(&order.reference).or_insert(order);
        if known.revision < order.revision {
            *known = order;
        }
    }
    let rows = serde_json::to_string(&latest.values().copied().map(Written::from).collect::<Vec<_>>())?;
    let text = "INSERT INTO orders (store_id, reference, status, revision, currency, total_minor, refunded_minor, \
         customer_id, email, reserved_at, body) \
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, \
         value ->> 7, value ->> 8, value ->> 9 FROM json_each(?2) WHERE true \
         ON CONFLICT (store_id, reference) DO UPDATE SET status = excluded.status, revision = excluded.revision, \
         currency = excluded.currency, total_minor = excluded.total_minor, refunded_minor = excluded.refunded_minor, \
         customer_id = excluded.customer_id, email = excluded.email, reserved_at = excluded.reserved_at, \
         body = excluded.body WHERE excluded.revision > orders.revision";
    let orders = statement(database, text, &[store.as_str().into(), (&rows).into()])?;
    let mut statements = vec![orders];
    statements.extend(lines(database, store, &latest)?);
    database.batch(statements).await.map(|_| ())
}

/// Makes the lines of orders those that their rows tell of, whichever revision that is by now.
fn lines(
    database: &D1Database,
    store: &StoreId,
    orders: &BTreeMap<&str, &ledger::Order>,
) -> worker::Result<[D1PreparedStatement; 2]> {
    let references = serde_json::to_string(&orders.keys().collect::<Vec<_>>())?;
    let values = [store.as_str().into(), (&references).into()];
    let none =
        "DELETE FROM order_lines WHERE store_id = ?1 AND reference IN (SELECT value FROM json_each(?2))";
    Ok([statement(database, none, &values)?, statement(database, LINES, &values)?])
}

/// Orders, the latest first, after the one of this moment and reference, at most `most`; of one status where it is said.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(
    database: &D1Database,
    store: &StoreId,
    status: Option<&str>,
    after: Option<(i64, &str)>,
    most: i64,
) -> worker::Result<Vec<Row>> {
    let (reserved_at, reference) = after.unzip();
    let text = "SELECT reference, reserved_at, body FROM orders WHERE store_id = ?1 \
         AND (?2 IS NULL OR status = ?2) \
         AND (?3 IS NULL OR reserved_at < ?3 OR (reserved_at = ?3 AND reference > ?4)) \
         ORDER BY reserved_at DESC, reference LIMIT CAST(?5 AS INTEGER)";
    let values = [store.as_str().into(), status.into(), reserved_at.into(), reference.into(), most.into()];
    statement(database, text, &values)?.all().await?.results()
}

/// A row of orders as a statement takes it: its values in the order of the columns.
#[derive(Serialize)]
struct Written<'a>(
    &'a str,
    &'static str,
    i64,
    &'a str,
    u64,
    u64,
    Option<&'a str>,
    Option<&'a str>,
    i64,
    String,
);

impl<'a> From<&'a ledger::Order> for Written<'a> {
    fn from(order: &'a ledger::Order) -> Self {
        Self(
            &order.reference,
            order.status.name(),
            order.revision,
            &order.currency,
            order.total,
            order.refunded,
            order.customer.id.as_deref(),
            order.customer.email.as_deref(),
            order.reserved_at,
            order_json::order(order),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rusqlite::Connection;

    use super::LINES;

    /// An empty database of the present version.
    fn database() -> Connection {
        let database = Connection::open_in_memory().expect("memory");
        let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).expect("a folder");
        let mut files: Vec<_> = folder.map(|file| file.expect("a file").path()).collect();
        files.sort();
        for file in files {
            let migration = fs::read_to_string(file).expect("a migration");
            database.execute_batch(&migration).expect("a new version");
        }
        database
    }

    #[test]
    fn lines_are_found_by_their_orders_and_no_other_is_looked_at() {
        let database = database();
        let mut plan = database.prepare(&format!("EXPLAIN QUERY PLAN {LINES}")).expect("a statement");
        let steps = plan.query_map(["s", "[]"], |row| row.get::<_, String>(3)).expect("a plan");
        let steps: Vec<String> = steps.collect::<Result<_, _>>().expect("steps");
        let by_reference = |step: &String| step.contains("SEARCH orders") && step.contains("reference=?");
        assert!(steps.iter().any(by_reference), "{steps:?}");
    }
}
