//! Site keys and their origins.

use serde::Deserialize;
use serde_json::Value;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::{site_key::SiteKey, store_id::StoreId};
use pricing::model::Instant;

#[derive(Debug, Deserialize)]
struct Row {
    store_id: String,
    key: String,
    origin: Option<String>,
}

/// Every key of every store, in order, each with its origins, in order.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database) -> worker::Result<Vec<SiteKey>> {
    let statement = database.prepare(
        "SELECT site_keys.store_id, site_keys.key, origin FROM site_keys \
         LEFT JOIN site_key_origins USING (store_id, key) ORDER BY site_keys.key, origin",
    );
    let rows: Vec<Row> = statement.all().await?.results()?;
    Ok(grouped(rows))
}

/// Writes a key with its origins in place of those it had.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    key: &SiteKey,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let (store, name) = (key.store.as_str(), key.name.as_str());
    let origins = Value::from(key.origins.as_slice()).to_string();
    Ok(vec![
        statement(
            database,
            "INSERT INTO site_keys (store_id, key, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (store_id, key) DO NOTHING",
            &[store.into(), name.into(), now.into()],
        )?,
        statement(
            database,
            "DELETE FROM site_key_origins WHERE store_id = ?1 AND key = ?2",
            &[store.into(), name.into()],
        )?,
        statement(
            database,
            "INSERT INTO site_key_origins (store_id, key, origin) SELECT ?1, ?2, value FROM json_each(?3)",
            &[store.into(), name.into(), (&origins).into()],
        )?,
    ])
}

/// Takes a key away.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    name: &str,
) -> worker::Result<Vec<D1PreparedStatement>> {
    ["site_key_origins", "site_keys"]
        .iter()
        .map(|table| {
            let text = format!("DELETE FROM {table} WHERE store_id = ?1 AND key = ?2");
            statement(database, &text, &[store.as_str().into(), name.into()])
        })
        .collect()
}

fn grouped(rows: Vec<Row>) -> Vec<SiteKey> {
    let mut keys: Vec<SiteKey> = Vec::new();
    for Row { store_id, key, origin } in rows {
        match keys.last_mut() {
            Some(last) if last.name == key => last.origins.extend(origin),
            _ => keys.push(SiteKey {
                store: StoreId::kept(store_id),
                name: key,
                origins: origin.into_iter().collect(),
            }),
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{Row, grouped};

    #[test]
    fn origins_join_their_key() {
        let row = |key: &str, origin: Option<&str>| Row {
            store_id: "default".to_owned(),
            key: key.to_owned(),
            origin: origin.map(str::to_owned),
        };
        let keys = grouped(vec![row("pk_a", Some("x")), row("pk_a", Some("y")), row("pk_b", None)]);
        let found: Vec<_> = keys.iter().map(|key| (key.name.as_str(), key.origins.len())).collect();
        assert_eq!(found, [("pk_a", 2), ("pk_b", 0)]);
    }
}
