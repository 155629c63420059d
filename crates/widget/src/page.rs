//! What the widget needs of the page it lives in: its language, its storage, its ear for events and its clock.

use std::cell::RefCell;

use js_sys::{Date, Function, JsString};
use pricing::{
    model::Instant,
    money::{Amount, Currency},
};
use wasm_bindgen::prelude::*;
use wire::Json;

use crate::{
    table::Table,
    text::{self, NumberFormat, money_format},
    to_js,
};

/// How many amounts are remembered as they are written.
const MAXIMUM_WRITTEN: usize = 500;

/// The page around the widget.
pub struct Page {
    emit: Function,
    storage_key: String,
    money: Option<NumberFormat>,
    /// Amounts as they were written before: after a click most are the same.
    written: RefCell<Table<String>>,
    currency: Currency,
}

impl Page {
    /// The page that listens with `emit(name, detail, cancelable)`, in a store of this currency.
    pub fn new(emit: Function, storage_key: String, currency: Currency) -> Self {
        Self {
            emit,
            storage_key,
            money: money_format(&text::tag(), currency.code(), currency.scale()),
            written: RefCell::default(),
            currency,
        }
    }

    /// The key the cart is kept under.
    pub fn storage_key(&self) -> &str {
        &self.storage_key
    }

    /// An amount as people of the page's language write it.
    pub fn money(&self, amount: Amount) -> String {
        self.money_text(&amount.text(self.currency))
    }

    /// The same of an amount in contract v1's spelling.
    pub fn money_text(&self, decimal: &str) -> String {
        let mut written = self.written.borrow_mut();
        if let Some(known) = written.get(decimal) {
            return known.clone();
        }
        let text = match &self.money {
            Some(format) => format.format(decimal),
            None => [decimal, " ", self.currency.code()].concat(),
        };
        if written.skus().count() == MAXIMUM_WRITTEN {
            *written = Table::new();
        }
        written.insert(decimal, text.clone());
        text
    }

    /// A handle to tell the page about events, free of any borrow: a listener may call back at once.
    pub fn ear(&self) -> Ear {
        Ear(self.emit.clone())
    }
}

/// Tells the page about events.
pub struct Ear(Function);

impl Ear {
    /// Dispatches `farthing:<name>`; tells whether no listener cancelled it.
    pub fn tell(&self, name: &str, detail: &Json, cancelable: bool) -> bool {
        let detail = to_js(detail).unwrap_or_default();
        let told = self.0.call3(&JsValue::NULL, &name.into(), &detail, &cancelable.into());
        told.is_ok_and(|allowed| allowed.is_truthy())
    }

    /// Dispatches `farthing:totals`. Whoever listens has the quote by asking [`crate::quote`].
    pub fn tell_totals(&self) {
        let _ = self.0.call1(&JsValue::NULL, &"totals".into());
    }
}

/// The moment it is, by this device's clock.
#[must_use]
pub fn now() -> Instant {
    Instant::from_millis(Date::now() as i64)
}

/// Brings a typed code to Unicode form NFKC, with the browser's own tables.
#[must_use]
pub fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}
