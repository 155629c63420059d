//! The SQLite of a Durable Object, as the ledger wants it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, JsString};
use ledger::{Cell, Row, Sql, Value};
use wasm_bindgen::prelude::*;

use super::storage::{Cursor, Database, Storage};

thread_local! {
    /// Every statement's text as JavaScript has it, by the address of ours: handed over once, not with every call.
    static TEXTS: RefCell<BTreeMap<usize, JsString>> = const { RefCell::new(BTreeMap::new()) };
}

/// The database of one object.
#[derive(Debug)]
pub(super) struct Sqlite {
    storage: Storage,
    database: Database,
}

impl Sqlite {
    pub(super) fn of(storage: &Storage) -> Self {
        Self { storage: storage.clone(), database: storage.sql() }
    }

    fn exec(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Cursor, worker::Error> {
        let bound: Array = values.iter().map(|value| js(*value)).collect();
        Ok(self.database.exec(&text(statement), &bound)?)
    }
}

impl Sql for Sqlite {
    type Error = worker::Error;

    fn run(&self, statement: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>, Self::Error> {
        let rows = self.exec(statement, values)?.raw().to_array();
        Ok(rows.iter().map(|row| Row(row.iter().map(|value| cell(&value)).collect())).collect())
    }

    fn write(&self, statement: &'static str, values: &[Value<'_>]) -> Result<(), Self::Error> {
        // Without rows a statement is at its end when `exec` returns.
        self.exec(statement, values).map(drop)
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

fn text(statement: &'static str) -> JsString {
    TEXTS.with_borrow_mut(|texts| {
        texts.entry(statement.as_ptr().addr()).or_insert_with(|| statement.into()).clone()
    })
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
