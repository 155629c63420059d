//! The pricing engine alone as a wasm module: for a shop's own JavaScript, and for the tests that hold the browser
//! to the same answers as everyone else.

mod shop;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use wire::{Problem, Quote};

pub use shop::Shop;

/// Prices one pricing input of contract v1, given as JSON text. Returns the quote as JSON text, or the problem.
#[wasm_bindgen]
#[must_use]
pub fn quote(input: &str) -> String {
    let answer = match price(input) {
        Ok(quote) => serde_json::to_string(&quote),
        Err(problem) => serde_json::to_string(&problem),
    };
    answer.unwrap_or_default()
}

fn price(input: &str) -> Result<Quote, Problem> {
    wire::read::pricing_input(&wire::document(input)?, nfkc).map_err(Problem::invalid)?.quote()
}

/// The browser has the Unicode tables already.
fn nfkc(text: &str) -> String {
    JsString::from(text).normalize("NFKC").into()
}
