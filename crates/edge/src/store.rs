//! The store in D1: every statement is in here, and nothing else knows that it is SQL.

pub(crate) mod import;
pub(crate) mod rows;
pub(crate) mod site_keys;
pub(crate) mod snapshots;

use worker::{D1Database, Env};

use crate::problem::Failure;

/// The binding's name in `wrangler.toml`.
const DATABASE: &str = "DB";

/// The one store there is so far. Every table has its column, so that a second one needs no other tables.
const STORE: &str = "default";

/// The database.
///
/// # Errors
/// It is not bound.
pub(crate) fn database(env: &Env) -> Result<D1Database, Failure> {
    Ok(env.d1(DATABASE)?)
}

/// Asks the database for nothing, to see whether it answers.
///
/// # Errors
/// It does not.
pub(crate) async fn ping(database: &D1Database) -> worker::Result<()> {
    database.prepare("SELECT 1").run().await.map(|_| ())
}
