//! What the widget needs of the page it lives in: its language, its storage, its ear for events and its clock.

use js_sys::{Date, Function, JsString};
use pricing::{
    model::Instant,
    money::{Amount, Currency},
};
use wasm_bindgen::prelude::*;
use wire::Json;

use crate::{
    text::{self, NumberFormat, money_format},
    to_js,
};

/// The page around the widget.
pub struct Page {
    emit: Function,
    storage_key: String,
    money: Option<NumberFormat>,
    currency: Currency,
}

impl Page {
    /// The page that listens with `emit(name, detail, cancelable)`, in a store of this currency.
    pub fn new(emit: Function, storage_key: String, currency: Currency) -> Self {
        Self {
            emit,
            storage_key,
            money: money_format(&text::tag(), currency.code(), currency.scale()),
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
        match &self.money {
            Some(format) => format.format(decimal),
            None => [decimal, " ", self.currency.code()].concat(),
        }
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
