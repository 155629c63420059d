//! The merchant's customers.

use core::fmt;

use pricing::model::{Customer, Id, Instant};
use serde::Deserialize;
use serde_json::Value;
use worker::{D1Database, D1PreparedStatement};

use super::statement;
use crate::store_id::StoreId;

/// By what a customer is looked up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By<'a> {
    Id(&'a str),
    /// In the spelling that addresses are compared in. Of several with one address, the first made.
    Email(&'a str),
}

impl fmt::Display for By<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Never an address as it is: the name may come into a log.
            Self::Id(id) => write!(f, "id/{id}"),
            Self::Email(email) => write!(f, "email/{}", seal::hash(email)),
        }
    }
}

/// A customer as the store keeps them.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// What decides about prices.
    pub(crate) customer: Customer,
    /// What they are called.
    pub(crate) name: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    email: Option<String>,
    name: Option<String>,
    /// JSON lists.
    clubs: String,
    tags: String,
}

const COLUMNS: &str = "id, email, name, \
    (SELECT json_group_array(club_id) FROM (SELECT club_id FROM customer_clubs \
     WHERE store_id = customers.store_id AND customer_id = customers.id ORDER BY club_id)) AS clubs, \
    (SELECT json_group_array(tag) FROM (SELECT tag FROM customer_tags \
     WHERE store_id = customers.store_id AND customer_id = customers.id ORDER BY tag)) AS tags";

/// The customer, where the store has them.
///
/// # Errors
/// The database fails.
pub(crate) async fn find(database: &D1Database, store: &StoreId, by: By<'_>) -> worker::Result<Option<Kept>> {
    let (column, value) = match by {
        By::Id(id) => ("id", id),
        By::Email(email) => ("email", email),
    };
    let text = format!(
        "SELECT {COLUMNS} FROM customers WHERE store_id = ?1 AND {column} = ?2 ORDER BY created_at, id LIMIT 1"
    );
    let row: Option<Row> =
        statement(database, &text, &[store.as_str().into(), value.into()])?.first(None).await?;
    Ok(row.map(kept))
}

/// What a buyer is called in the store's records: found by their id, or without one by their address.
///
/// # Errors
/// The database fails.
pub(crate) async fn name(
    database: &D1Database,
    store: &StoreId,
    id: Option<&str>,
    email: Option<&str>,
) -> worker::Result<Option<String>> {
    let by = match (id, email) {
        (Some(id), _) => By::Id(id),
        (None, Some(email)) => By::Email(email),
        (None, None) => return Ok(None),
    };
    Ok(find(database, store, by).await?.and_then(|kept| kept.name))
}

/// Customers in order of their ids, after the id `after`, at most `most`.
///
/// # Errors
/// The database fails.
pub(crate) async fn list(
    database: &D1Database,
    store: &StoreId,
    after: &str,
    most: i64,
) -> worker::Result<Vec<Kept>> {
    let text = format!(
        "SELECT {COLUMNS} FROM customers WHERE store_id = ?1 AND id > ?2 ORDER BY id LIMIT CAST(?3 AS INTEGER)"
    );
    let values = [store.as_str().into(), after.into(), most.into()];
    let rows: Vec<Row> = statement(database, &text, &values)?.all().await?.results()?;
    Ok(rows.into_iter().map(kept).collect())
}

/// Writes a customer in place of what was there.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn put(
    database: &D1Database,
    store: &StoreId,
    id: &str,
    Kept { customer, name }: &Kept,
    now: Instant,
) -> worker::Result<Vec<D1PreparedStatement>> {
    let store = store.as_str();
    let upsert = statement(
        database,
        "INSERT INTO customers (store_id, id, email, name, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5) \
         ON CONFLICT (store_id, id) DO UPDATE SET email = excluded.email, name = excluded.name, \
         updated_at = excluded.updated_at",
        &[store.into(), id.into(), customer.email.as_ref().into(), name.as_ref().into(), now.into()],
    )?;
    let mut statements = vec![upsert];
    for (table, column, ids) in
        [("customer_clubs", "club_id", &customer.clubs), ("customer_tags", "tag", &customer.tags)]
    {
        let list = Value::from(ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>()).to_string();
        let text = format!("DELETE FROM {table} WHERE store_id = ?1 AND customer_id = ?2");
        statements.push(statement(database, &text, &[store.into(), id.into()])?);
        let text = format!(
            "INSERT INTO {table} (store_id, customer_id, {column}) SELECT DISTINCT ?1, ?2, value FROM json_each(?3)"
        );
        statements.push(statement(database, &text, &[store.into(), id.into(), (&list).into()])?);
    }
    Ok(statements)
}

/// Takes a customer away. Their orders stay.
///
/// # Errors
/// A value can't be bound.
pub(crate) fn delete(
    database: &D1Database,
    store: &StoreId,
    id: &str,
) -> worker::Result<Vec<D1PreparedStatement>> {
    [("customer_clubs", "customer_id"), ("customer_tags", "customer_id"), ("customers", "id")]
        .iter()
        .map(|(table, column)| {
            let text = format!("DELETE FROM {table} WHERE store_id = ?1 AND {column} = ?2");
            statement(database, &text, &[store.as_str().into(), id.into()])
        })
        .collect()
}

fn kept(row: Row) -> Kept {
    let customer =
        Customer { id: Id::new(row.id).ok(), email: row.email, clubs: ids(&row.clubs), tags: ids(&row.tags) };
    Kept { customer, name: row.name }
}

fn ids(list: &str) -> Vec<Id> {
    let texts: Vec<String> = serde_json::from_str(list).unwrap_or_default();
    texts.into_iter().filter_map(|text| Id::new(text).ok()).collect()
}
