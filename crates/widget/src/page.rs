//! What the widget needs of the page it lives in: its language, its storage, its ear for events and its clock.

use js_sys::{Date, Function, JsString, Object, Reflect};
use pricing::{
    model::Instant,
    money::{Amount, Currency},
};
use wasm_bindgen::prelude::*;
use wire::Json;

use crate::to_js;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    // Throws where the page's `lang` is no language tag.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &JsValue, options: &Object) -> Result<NumberFormat, JsValue>;
    // Takes a decimal string as it is, so no digit is lost on the way.
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, amount: &str) -> String;
}

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
        Self { emit, storage_key, money: number_format(currency), currency }
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
}

fn number_format(currency: Currency) -> Option<NumberFormat> {
    let options = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&options, &key.into(), &value).is_ok();
    set("style", "currency".into());
    set("currency", currency.code().into());
    // The engine's scale is ISO's; what a browser holds for a currency's decimals may differ.
    set("minimumFractionDigits", currency.scale().into());
    set("maximumFractionDigits", currency.scale().into());
    let language = web_sys::window()?.document()?.document_element()?.get_attribute("lang");
    let language = language.filter(|tag| !tag.is_empty()).map_or(JsValue::UNDEFINED, JsValue::from);
    NumberFormat::new(&language, &options).or_else(|_| NumberFormat::new(&JsValue::UNDEFINED, &options)).ok()
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
