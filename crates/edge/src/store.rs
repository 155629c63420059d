//! The store in D1: every statement is in here, and nothing else knows that it is SQL.

pub(crate) mod audit;
pub(crate) mod calls;
pub(crate) mod credentials;
pub(crate) mod customers;
pub(crate) mod discounts;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod mail;
pub(crate) mod orders;
pub(crate) mod publications;
pub(crate) mod rows;
pub(crate) mod site_keys;
pub(crate) mod snapshots;
pub(crate) mod stops;
pub(crate) mod updates;
pub(crate) mod upgrades;
pub(crate) mod webhooks;

use pricing::model::Instant;
use worker::{D1Database, D1PreparedStatement, Env, wasm_bindgen::JsValue};

use crate::problem::Failure;

/// The binding's name in `wrangler.toml`.
const DATABASE: &str = "DB";

/// The database.
///
/// # Errors
/// It is not bound.
pub(crate) fn database(env: &Env) -> Result<D1Database, Failure> {
    Ok(open(env)?)
}

/// The database, for those who answer nobody.
///
/// # Errors
/// It is not bound.
pub(crate) fn open(env: &Env) -> worker::Result<D1Database> {
    env.d1(DATABASE)
}

/// Asks the database for nothing, to see whether it answers.
///
/// # Errors
/// It does not.
pub(crate) async fn ping(database: &D1Database) -> worker::Result<()> {
    database.prepare("SELECT 1").run().await.map(|_| ())
}

/// A value to bind.
#[derive(Clone, Copy, Debug)]
enum Bound<'a> {
    Text(&'a str),
    /// Bound as text, which a STRICT column turns back: JavaScript has only floating numbers to bind.
    Whole(i64),
    Null,
}

impl<'a> From<&'a str> for Bound<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Bound<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<Instant> for Bound<'_> {
    fn from(instant: Instant) -> Self {
        Self::Whole(instant.millis())
    }
}

impl From<i64> for Bound<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl<'a, T: Into<Bound<'a>>> From<Option<T>> for Bound<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A statement with its values, `?1` being the first.
fn statement(database: &D1Database, text: &str, values: &[Bound<'_>]) -> worker::Result<D1PreparedStatement> {
    let values: Vec<JsValue> = values
        .iter()
        .map(|value| match value {
            Bound::Text(text) => JsValue::from_str(text),
            Bound::Whole(number) => JsValue::from_str(&number.to_string()),
            Bound::Null => JsValue::NULL,
        })
        .collect();
    database.prepare(text).bind(&values)
}
