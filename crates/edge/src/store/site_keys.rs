//! Site keys and their origins.

use pricing::model::Instant;
use serde::Deserialize;
use serde_json::Value;
use worker::{D1Database, wasm_bindgen::JsValue};

use super::STORE;
use crate::site_key::SiteKey;

#[derive(Debug, Deserialize)]
struct Row {
    key: String,
    origin: Option<String>,
}

/// Every key, in order, each with its origins, in order.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database) -> worker::Result<Vec<SiteKey>> {
    let statement = database
        .prepare(
            "SELECT site_keys.key, origin FROM site_keys LEFT JOIN site_key_origins USING (store_id, key) \
             WHERE store_id = ?1 ORDER BY site_keys.key, origin",
        )
        .bind(&[JsValue::from_str(STORE)])?;
    let rows: Vec<Row> = statement.all().await?.results()?;
    Ok(grouped(rows))
}

/// Writes a key with its origins in place of those it had.
///
/// # Errors
/// The database fails, and nothing was written.
pub(crate) async fn put(database: &D1Database, key: &SiteKey, now: Instant) -> worker::Result<()> {
    let (store, name) = (JsValue::from_str(STORE), JsValue::from_str(&key.name));
    let origins = JsValue::from_str(&Value::from(key.origins.as_slice()).to_string());
    let created_at = JsValue::from_str(&now.millis().to_string());
    let statements = vec![
        database
            .prepare("INSERT OR IGNORE INTO site_keys (store_id, key, created_at) VALUES (?1, ?2, CAST(?3 AS INTEGER))")
            .bind(&[store.clone(), name.clone(), created_at])?,
        database
            .prepare("DELETE FROM site_key_origins WHERE store_id = ?1 AND key = ?2")
            .bind(&[store.clone(), name.clone()])?,
        database
            .prepare("INSERT INTO site_key_origins (store_id, key, origin) SELECT ?1, ?2, value FROM json_each(?3)")
            .bind(&[store, name, origins])?,
    ];
    database.batch(statements).await.map(|_| ())
}

fn grouped(rows: Vec<Row>) -> Vec<SiteKey> {
    let mut keys: Vec<SiteKey> = Vec::new();
    for Row { key, origin } in rows {
        match keys.last_mut() {
            Some(last) if last.name == key => last.origins.extend(origin),
            _ => keys.push(SiteKey { name: key, origins: origin.into_iter().collect() }),
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{Row, grouped};

    #[test]
    fn origins_join_their_key() {
        let row =
            |key: &str, origin: Option<&str>| Row { key: key.to_owned(), origin: origin.map(str::to_owned) };
        let keys = grouped(vec![row("pk_a", Some("x")), row("pk_a", Some("y")), row("pk_b", None)]);
        let found: Vec<_> = keys.iter().map(|key| (key.name.as_str(), key.origins.len())).collect();
        assert_eq!(found, [("pk_a", 2), ("pk_b", 0)]);
    }
}
