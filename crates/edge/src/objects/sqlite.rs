//! The SQLite of a Durable Object, as the ledger wants it.

use std::cell::RefCell;

use js_sys::Array;
use ledger::{Cell, Row, Sql, Value};
use wasm_bindgen::prelude::*;
use worker::State;

#[wasm_bindgen]
extern "C" {
    /// `ctx.storage`, for what the bindings of the runtime leave out.
    #[derive(Debug)]
    type Storage;
    #[wasm_bindgen(method, getter)]
    fn sql(this: &Storage) -> Database;
    /// A throw after a write does not undo it; a throw out of this does. `BEGIN` is refused.
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &Storage,
        work: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;

    #[derive(Debug)]
    type Database;
    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &Database, statement: &str, values: &Array) -> Result<Cursor, JsValue>;

    #[derive(Debug)]
    type Cursor;
    /// Rows as lists of values, without the names of their columns.
    #[wasm_bindgen(method)]
    fn raw(this: &Cursor) -> JsValue;
}

/// The database of one object.
#[derive(Debug)]
pub(super) struct Sqlite {
    storage: Storage,
    database: Database,
}

impl Sqlite {
    pub(super) fn of(state: &State) -> Self {
        let storage: Storage = JsValue::from(state.storage().as_raw()).unchecked_into();
        let database = storage.sql();
        Self { storage, database }
    }
}

impl Sql for Sqlite {
    type Error = worker::Error;

    fn run(&self, statement: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Self::Error> {
        let bound: Array = values.iter().map(|value| js(*value)).collect();
        let rows = Array::from(&self.database.exec(statement, &bound)?.raw());
        Ok(rows.iter().map(|row| Row(Array::from(&row).iter().map(|value| cell(&value)).collect())).collect())
    }

    fn transaction<T>(&self, work: impl FnOnce() -> Result<T, Self::Error>) -> Result<T, Self::Error> {
        let (work, outcome) = (RefCell::new(Some(work)), RefCell::new(None));
        let thrown = self.storage.transaction_sync(&mut || {
            // Called once.
            let Some(work) = work.take() else { return Ok(JsValue::UNDEFINED) };
            match work() {
                Ok(value) => {
                    outcome.replace(Some(Ok(value)));
                    Ok(JsValue::UNDEFINED)
                }
                Err(error) => {
                    let text = error.to_string();
                    outcome.replace(Some(Err(error)));
                    Err(JsValue::from_str(&text))
                }
            }
        });
        match (outcome.into_inner(), thrown) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(thrown)) => Err(thrown.into()),
            (Some(Ok(value)), Ok(_)) => Ok(value),
            (None, Ok(_)) => Err(worker::Error::RustError("the transaction did not run".to_owned())),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "whole numbers here are within ±(2^53 − 1), see `ledger::Value`"
)]
fn js(value: Value<'_>) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Integer(number) => JsValue::from_f64(number as f64),
        Value::Text(text) => JsValue::from_str(text),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "SQLite's integers come as whole numbers within ±(2^53 − 1)"
)]
fn cell(value: &JsValue) -> Cell {
    if let Some(text) = value.as_string() {
        Cell::Text(text)
    } else {
        value.as_f64().map_or(Cell::Null, |number| Cell::Integer(number as i64))
    }
}
