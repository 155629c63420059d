//! The secrets of servers and staff, by their hashes.

use pricing::model::Instant;
use serde::Deserialize;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::{
    credential::{Credential, Holder, Role},
    store_id::StoreId,
};

#[derive(Debug, Deserialize)]
struct Row {
    store_id: String,
    id: String,
    role: Option<String>,
    title: String,
    generation: i64,
    secret_hash: String,
    previous_hash: Option<String>,
    previous_until: Option<i64>,
    created_at: i64,
    rotated_at: Option<i64>,
}

/// Every credential of every store, in the order they were made.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(database: &D1Database) -> worker::Result<Vec<Credential>> {
    let statement = database.prepare(
        "SELECT store_id, id, role, title, generation, secret_hash, previous_hash, previous_until, created_at, \
         rotated_at FROM credentials ORDER BY created_at, id",
    );
    let rows: Vec<Row> = statement.all().await?.results()?;
    Ok(rows.into_iter().map(credential).collect())
}

/// Writes a credential in place of what it was.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(database: &D1Database, credential: &Credential) -> worker::Result<D1PreparedStatement> {
    let previous = credential.previous.as_ref();
    statement(
        database,
        "INSERT INTO credentials (store_id, id, kind, role, title, generation, secret_hash, previous_hash, \
         previous_until, created_at, rotated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
         ON CONFLICT (store_id, id) DO UPDATE SET generation = excluded.generation, \
         secret_hash = excluded.secret_hash, previous_hash = excluded.previous_hash, \
         previous_until = excluded.previous_until, rotated_at = excluded.rotated_at",
        &[
            credential.store.as_str().into(),
            (&credential.id).into(),
            credential.holder.kind().into(),
            credential.holder.role().map(Role::name).into(),
            (&credential.title).into(),
            credential.generation.into(),
            (&credential.secret_hash).into(),
            previous.map(|(hash, _)| hash).into(),
            previous.map(|(_, until)| *until).into(),
            credential.created_at.into(),
            credential.rotated_at.into(),
        ],
    )
}

/// Takes a credential away.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<D1PreparedStatement> {
    let text = "DELETE FROM credentials WHERE store_id = ?1 AND id = ?2";
    statement(database, text, &[store.as_str().into(), id.into()])
}

fn credential(row: Row) -> Credential {
    let holder = row.role.as_deref().and_then(Role::named).map_or(Holder::Server, Holder::Staff);
    Credential {
        store: StoreId::kept(row.store_id),
        id: row.id,
        holder,
        title: row.title,
        generation: row.generation,
        secret_hash: row.secret_hash,
        previous: row.previous_hash.zip(row.previous_until.map(Instant::from_millis)),
        created_at: Instant::from_millis(row.created_at),
        rotated_at: row.rotated_at.map(Instant::from_millis),
    }
}
