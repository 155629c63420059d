//! Writing a whole store.

use pricing::model::Instant;
use wire::read::StoreFile;
use worker::{D1Database, D1PreparedStatement};

use super::{
    rows::{Rows, TABLES},
    statement,
};
use crate::store_id::StoreId;

/// The most bytes of one part of a snapshot: a quarter of the 2 MB that D1 allows a row.
const MAXIMUM_OF_PART: usize = 512 * 1024;

/// Replaces everything the store has by what the file has, and makes its snapshot the one that prices.
///
/// For one batch, which D1 runs as one transaction: readers see the store before or after it, never between. It takes at
/// most 10 deletions, 10 insertions and one more for each MB of rows, and one for each half MB of the snapshot: below
/// 50 for a file of 8 MB, the fewest statements that any plan allows a request.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn write(
    database: &D1Database,
    store: &StoreId,
    name: Option<&str>,
    file: &StoreFile,
    rows: Rows,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let mut statements = vec![settings(database, store, name, file, now)?];
    for table in TABLES.iter().rev() {
        statements.push(statement(database, &table.delete(), &[store.as_str().into()])?);
    }
    for (table, lists) in rows.lists() {
        for list in lists {
            statements.push(statement(database, &table.insert(), &[store.as_str().into(), (&list).into()])?);
        }
    }
    statements.extend(snapshot(database, store, file, now)?);
    Ok(statements)
}

/// Makes a snapshot of the same store the one that prices.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn publish(
    database: &D1Database,
    store: &StoreId,
    file: &StoreFile,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let text = "UPDATE stores SET snapshot_version = ?2, updated_at = ?3 WHERE id = ?1";
    let values = [store.as_str().into(), (&file.snapshot.version).into(), now.into()];
    let mut statements = vec![statement(database, text, &values)?];
    statements.extend(snapshot(database, store, file, now)?);
    Ok(statements)
}

fn settings(
    database: &D1Database,
    store: &StoreId,
    name: Option<&str>,
    file: &StoreFile,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let settings = &file.snapshot.store;
    statement(
        database,
        "INSERT INTO stores (id, name, currency, time_zone, snapshot_version, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency, \
         time_zone = excluded.time_zone, snapshot_version = excluded.snapshot_version, \
         updated_at = excluded.updated_at",
        &[
            store.as_str().into(),
            name.into(),
            settings.currency.code().into(),
            (&settings.time_zone).into(),
            (&file.snapshot.version).into(),
            now.into(),
        ],
    )
}

/// Keeps the snapshot, unless it is there: the same name is the same content.
fn snapshot(
    database: &D1Database,
    store: &StoreId,
    file: &StoreFile,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let (store, version, body) = (store.as_str(), &file.snapshot.version, &file.content);
    let mut statements = vec![statement(
        database,
        "INSERT OR IGNORE INTO snapshots (store_id, version, created_at, bytes) VALUES (?1, ?2, ?3, ?4)",
        &[store.into(), version.into(), now.into(), whole(body.len()).into()],
    )?];
    for (position, part) in parts(body).enumerate() {
        statements.push(statement(
            database,
            "INSERT OR IGNORE INTO snapshot_parts (store_id, version, position, body) VALUES (?1, ?2, ?3, ?4)",
            &[store.into(), version.into(), whole(position).into(), part.into()],
        )?);
    }
    Ok(statements)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
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
