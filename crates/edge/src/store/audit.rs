//! Who changed what: one row for each change, in the change's own transaction, each sealed to the one before.

use pricing::model::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// How often a change is tried again when another one wrote its row first.
pub(crate) const ATTEMPTS: usize = 8;

/// A change, as it will be told.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The id of an admin token, or `owner`.
    pub(crate) actor: String,
    /// What was done, `thing.verb`.
    pub(crate) action: &'static str,
    /// To which thing, by its id.
    pub(crate) subject: String,
    /// More of it; never a secret.
    pub(crate) detail: Value,
}

/// A row as it is kept.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) sequence: i64,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) detail: String,
    pub(crate) previous_hash: String,
    pub(crate) hash: String,
}

/// The end of the chain, as it was when something was read: a change that depends on what was read is only written if
/// nothing else was changed since.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Last {
    sequence: i64,
    hash: String,
}

/// Carries out `changes` and writes their row: all of it or nothing.
///
/// Rows are numbered, so of two changes at once one finds its number taken, writes nothing, and is tried again after the
/// other. Changes are rare and made by people.
///
/// # Errors
/// The database fails, and nothing was written.
pub(crate) async fn write(
    database: &D1Database,
    store: &StoreId,
    entry: &Entry,
    now: Instant,
    changes: Vec<D1PreparedStatement>,
) -> worker::Result<()> {
    for _ in 1..ATTEMPTS {
        let last = last(database, store).await?;
        if write_after(&last, database, store, entry, now, changes.clone()).await? {
            return Ok(());
        }
    }
    Err(busy())
}

/// What a change ends with that was overtaken every time.
pub(crate) fn busy() -> worker::Error {
    worker::Error::RustError("too many changes at once".to_owned())
}

/// Carries out `changes` and writes their row, unless something was changed since `last` was read; true when it was
/// written.
///
/// # Errors
/// The database fails, and nothing was written.
pub(crate) async fn write_after(
    last: &Last,
    database: &D1Database,
    store: &StoreId,
    entry: &Entry,
    now: Instant,
    mut changes: Vec<D1PreparedStatement>,
) -> worker::Result<bool> {
    changes.push(row(last, database, store, entry, now)?);
    match database.batch(changes).await {
        Err(error) if is_taken(&error) => Ok(false),
        outcome => outcome.map(|_| true),
    }
}

/// The end of the chain now.
///
/// # Errors
/// The database fails.
pub(crate) async fn last(database: &D1Database, store: &StoreId) -> worker::Result<Last> {
    let text = "SELECT sequence, hash FROM audit WHERE store_id = ?1 ORDER BY sequence DESC LIMIT 1";
    let last: Option<Last> = statement(database, text, &[store.as_str().into()])?.first(None).await?;
    Ok(last.unwrap_or(Last { sequence: 0, hash: String::new() }))
}

/// The rows before `before`, the latest first, at most `most`.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(
    database: &D1Database,
    store: &StoreId,
    before: i64,
    most: i64,
) -> worker::Result<Vec<Row>> {
    let text = "SELECT sequence, at, actor, action, subject, detail, previous_hash, hash FROM audit \
                WHERE store_id = ?1 AND sequence < CAST(?2 AS INTEGER) ORDER BY sequence DESC LIMIT CAST(?3 AS INTEGER)";
    statement(database, text, &[store.as_str().into(), before.into(), most.into()])?.all().await?.results()
}

fn row(
    last: &Last,
    database: &D1Database,
    store: &StoreId,
    entry: &Entry,
    now: Instant,
) -> worker::Result<D1PreparedStatement> {
    let sequence = last.sequence.saturating_add(1);
    let hash = hash(sequence, now.millis(), entry, &last.hash);
    statement(
        database,
        "INSERT INTO audit (store_id, sequence, at, actor, action, subject, detail, previous_hash, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            store.as_str().into(),
            sequence.into(),
            now.into(),
            (&entry.actor).into(),
            entry.action.into(),
            (&entry.subject).into(),
            (&entry.detail.to_string()).into(),
            (&last.hash).into(),
            (&hash).into(),
        ],
    )
}

/// The seal of a row: of its canonical JSON, as it is answered.
fn hash(sequence: i64, at: i64, entry: &Entry, previous: &str) -> String {
    wire::digest(&json!({
        "sequence": sequence,
        "at": wire::format_instant(Instant::from_millis(at)),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "previousHash": previous,
    }))
}

fn is_taken(error: &worker::Error) -> bool {
    error.to_string().contains("UNIQUE constraint failed: audit.")
}
