//! What the browser knows of a language.

use std::cell::OnceCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    // Throws where the page's `lang` is no language tag.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &str) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, names: &Array) -> String;

    /// Writes numbers.
    #[wasm_bindgen(js_namespace = Intl)]
    pub(crate) type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(language: &JsValue, options: &Object) -> Result<NumberFormat, JsValue>;
    // Takes a decimal string as it is, so no digit is lost on the way.
    #[wasm_bindgen(method)]
    pub(crate) fn format(this: &NumberFormat, amount: &str) -> String;
}

/// The rules of a language. A browser takes milliseconds to look up some of them, so each is asked for where it is needed.
pub(super) struct Intl {
    tag: String,
    plurals: OnceCell<Option<PluralRules>>,
    numbers: OnceCell<Option<NumberFormat>>,
}

impl Intl {
    pub(super) const fn of(tag: String) -> Self {
        Self { tag, plurals: OnceCell::new(), numbers: OnceCell::new() }
    }

    /// The plural category of a number: `one`, `few`, `other`… Nothing where the tag is none.
    pub(super) fn category(&self, number: u64) -> Option<String> {
        let plurals = self.plurals.get_or_init(|| PluralRules::new(&self.tag).ok());
        plurals.as_ref().map(|plurals| plurals.select(number as f64))
    }

    /// A whole number in the language's digits.
    pub(super) fn number(&self, number: u64) -> Option<String> {
        let made = || NumberFormat::new(&self.tag.as_str().into(), &Object::new()).ok();
        self.numbers.get_or_init(made).as_ref().map(|numbers| numbers.format(&number.to_string()))
    }

    /// "A, B and C".
    pub(super) fn list(&self, names: &[&str]) -> Option<String> {
        let lists = ListFormat::new(&self.tag).ok()?;
        Some(lists.format(&names.iter().copied().map(JsValue::from).collect()))
    }
}

/// Writes money of a currency as people of a language write it.
pub(crate) fn money_format(tag: &str, currency: &str, scale: u32) -> Option<NumberFormat> {
    let options = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&options, &key.into(), &value).is_ok();
    set("style", "currency".into());
    set("currency", currency.into());
    // The engine's scale is ISO's; what a browser holds for a currency's decimals may differ.
    set("minimumFractionDigits", scale.into());
    set("maximumFractionDigits", scale.into());
    let language = if tag.is_empty() { JsValue::UNDEFINED } else { tag.into() };
    NumberFormat::new(&language, &options).or_else(|_| NumberFormat::new(&JsValue::UNDEFINED, &options)).ok()
}
