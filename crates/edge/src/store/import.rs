//! Writing a whole store.

use pricing::model::Instant;
use serde_json::Value;
use wire::read::StoreFile;
use worker::{D1Database, D1PreparedStatement, wasm_bindgen::JsValue};

use super::{
    STORE,
    rows::{Rows, TABLES},
};

/// The most bytes of one part of a snapshot: a quarter of the 2 MB that D1 allows a row.
const MAXIMUM_OF_PART: usize = 512 * 1024;

/// Replaces everything the store has by what the file has, and makes its snapshot the one that prices.
///
/// One batch, which D1 runs as one transaction: readers see the store before or after it, never between. It takes at
/// most 10 deletions, 10 insertions and one more for each MB of rows, and one for each half MB of the snapshot: below
/// 50 for a file of 8 MB, the fewest statements that any plan allows a request.
///
/// # Errors
/// The database fails, and nothing was written.
pub(crate) async fn write(
    database: &D1Database,
    document: &Value,
    file: &StoreFile,
    rows: Rows,
    now: Instant,
) -> worker::Result<()> {
    let mut statements = vec![store(database, document, file, now)?];
    for table in TABLES.iter().rev() {
        statements.push(database.prepare(table.delete()).bind(&[JsValue::from_str(STORE)])?);
    }
    for (table, lists) in rows.lists() {
        for list in lists {
            statements.push(
                database
                    .prepare(table.insert())
                    .bind(&[JsValue::from_str(STORE), JsValue::from_str(&list)])?,
            );
        }
    }
    statements.extend(snapshot(database, file, now)?);
    database.batch(statements).await.map(|_| ())
}

fn store(
    database: &D1Database,
    document: &Value,
    file: &StoreFile,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let settings = &file.snapshot.store;
    let name = document.pointer("/store/name").and_then(Value::as_str);
    database
        .prepare(
            "INSERT INTO stores (id, name, currency, time_zone, snapshot_version, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, CAST(?6 AS INTEGER)) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency, \
             time_zone = excluded.time_zone, snapshot_version = excluded.snapshot_version, \
             updated_at = excluded.updated_at",
        )
        .bind(&[
            JsValue::from_str(STORE),
            name.map_or(JsValue::NULL, JsValue::from_str),
            JsValue::from_str(settings.currency.code()),
            JsValue::from_str(&settings.time_zone),
            JsValue::from_str(&file.snapshot.version),
            millis(now),
        ])
}

/// Keeps the snapshot, unless it is there: the same name is the same content.
fn snapshot(
    database: &D1Database,
    file: &StoreFile,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let version = JsValue::from_str(&file.snapshot.version);
    let body = &file.content;
    let bytes = JsValue::from_str(&body.len().to_string());
    let mut statements = vec![
        database
            .prepare(
                "INSERT OR IGNORE INTO snapshots (store_id, version, created_at, bytes) \
                 VALUES (?1, ?2, CAST(?3 AS INTEGER), CAST(?4 AS INTEGER))",
            )
            .bind(&[JsValue::from_str(STORE), version.clone(), millis(now), bytes])?,
    ];
    for (position, part) in parts(body).enumerate() {
        let position = JsValue::from_str(&position.to_string());
        statements.push(
            database
                .prepare(
                    "INSERT OR IGNORE INTO snapshot_parts (store_id, version, position, body) \
                     VALUES (?1, ?2, CAST(?3 AS INTEGER), ?4)",
                )
                .bind(&[JsValue::from_str(STORE), version.clone(), position, JsValue::from_str(part)])?,
        );
    }
    Ok(statements)
}

/// A number as text, which SQL casts: JavaScript has only floating numbers to bind.
fn millis(instant: Instant) -> JsValue {
    JsValue::from_str(&instant.millis().to_string())
}

/// A text in parts of at most [`MAXIMUM_OF_PART`] bytes, none ending within a character.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    core::iter::from_fn(move || {
        let end = rest.floor_char_boundary(MAXIMUM_OF_PART);
        let (part, after) = rest.split_at_checked(end)?;
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{MAXIMUM_OF_PART, parts};

    #[test]
    fn parts_join_to_the_whole() {
        for text in ["", "a", &"é".repeat(MAXIMUM_OF_PART), &format!("a{}", "🍷".repeat(300_000))] {
            assert!(parts(text).all(|part| part.len() <= MAXIMUM_OF_PART));
            assert_eq!(parts(text).collect::<String>(), text);
        }
    }
}
