//! Farthing in a shop's page: Leptos custom elements over the pricing engine.
//!
//! A page's one script tag loads this and hands it the page: [`start`] fetches the rules, [`connect`] puts a view into an
//! element, [`call`] is the JavaScript interface. From then on a click is priced here, in the same frame, and no request
//! leaves the page until the shopper goes to the checkout.

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod app;
pub mod cart;
pub mod difference;
pub mod elements;
pub mod failure;
#[cfg(test)]
mod fixture;
pub mod page;
pub mod shop;
pub mod shown;
pub mod storage;
pub mod table;
pub mod text;

use client::ClientError;
use js_sys::{Array, Function, JSON};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;
use wire::Json;

use cart::CartStateError;
use failure::Failure;

#[wasm_bindgen]
extern "C" {
    /// What the page's script knows of the page.
    pub type Setting;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn origin(this: &Setting) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn key(this: &Setting) -> String;
    /// What the edge answered before the widget was there, each empty where it didn't: the rules, and the products of
    /// the kept cart. As bytes: a text would be taken apart by letters on its way here.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn first(this: &Setting) -> Array;
    /// `tell(name, detail, cancelable)` dispatches an event, and says whether it was not cancelled.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn tell(this: &Setting) -> Function;
    /// The products that it shows a message of.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn beside(this: &Setting) -> Vec<String>;
    /// The products that it also speaks of.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn others(this: &Setting) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    fn language(this: &Setting) -> String;
    /// Ours in its language, where we have them.
    #[wasm_bindgen(method, getter)]
    fn words(this: &Setting) -> String;
    #[wasm_bindgen(method, getter)]
    fn styles(this: &Setting) -> String;
}

/// Starts the widget; the first totals are there when the promise is kept. True says that it did not start: the edge is newer
/// and tells the rules in a way that is not known here.
///
/// # Errors
/// The rules can't be had.
#[wasm_bindgen]
pub async fn start(setting: Setting) -> Result<bool, JsValue> {
    text::speak(&setting.language(), setting.words());
    elements::dress(&setting.styles());
    match app::start(setting).await {
        Err(failure) if failure.code == ClientError::Unreadable.code() => Ok(true),
        started => Ok(started.map(|()| false)?),
    }
}

/// Puts its view into a custom element of ours; [`disconnect`] takes the number that comes back.
#[wasm_bindgen]
pub fn connect(element: HtmlElement) -> u32 {
    elements::mount(&element)
}

/// Takes the view out again.
#[wasm_bindgen]
pub fn disconnect(number: u32) {
    elements::unmount(number);
}

/// Ends the widget: no view is left, and what is asked of it fails.
#[wasm_bindgen]
pub fn stop() {
    elements::unmount_all();
    app::stop();
}

/// The quote of what is shown.
#[wasm_bindgen]
#[must_use]
pub fn quote() -> JsValue {
    of_text(&app::quote()).unwrap_or_default()
}

/// The JavaScript interface, one name each.
///
/// # Errors
/// An error with the property `code`.
#[wasm_bindgen]
pub async fn call(name: String, first: JsValue, second: JsValue) -> Result<JsValue, JsValue> {
    match answer(&name, first, second).await {
        Ok(answer) => of_text(&answer).ok_or(JsValue::UNDEFINED),
        Err(failure) => {
            // What became of a code is told as an event of its own.
            if name != "applyCoupon" {
                app::report(&failure);
            }
            Err(failure.into())
        }
    }
}

/// What is called, and its answer as JSON.
async fn answer(name: &str, first: JsValue, second: JsValue) -> Result<String, Failure> {
    let text = first.as_string().unwrap_or_default();
    match name {
        "add" | "button" => app::add(&text, quantity(&second)?, name == "button").await?,
        "update" => app::update(&text, quantity(&second)?)?,
        "remove" => app::update(&text, 0)?,
        "clear" => app::clear()?,
        "set" => app::replace(&json(&first)).await?,
        "applyCoupon" => app::apply_coupon(&text).await?,
        "customer" => app::shop_as(first.as_string()).await?,
        "redeem" => app::redeem(&json(&first)).await?,
        "chooseShipping" => app::choose_shipping(first.as_string().as_deref())?,
        "refresh" => app::refresh().await?,
        "removeCoupon" => app::remove_coupon(&text)?,
        "quote" => return Ok(app::quote()),
        "offers" => return Ok(app::offers().text()),
        "checkout" => return Ok(app::begin_checkout(first.is_truthy(), second.as_string()).await?.text()),
        "receive" => app::receive(&text).await?,
        _ => {}
    }
    Ok(app::get().text())
}

/// The value as plain JavaScript.
pub(crate) fn to_js(value: &Json) -> Option<JsValue> {
    of_text(&value.text())
}

fn of_text(json: &str) -> Option<JsValue> {
    JSON::parse(json).ok()
}

/// A whole number, zero or more; nothing is one.
fn quantity(value: &JsValue) -> Result<u64, Failure> {
    let number = if value.is_undefined() { 1.0 } else { value.as_f64().unwrap_or(-1.0) };
    let whole = number as u64;
    // Only a whole number within range comes back the same: not a fraction, a minus, infinity or nothing at all.
    if whole as f64 == number { Ok(whole) } else { Err(CartStateError::QuantityOutOfRange.into()) }
}

/// What a page handed over, by way of text: a page may hand over what contains itself, and the browser refuses that.
fn json(value: &JsValue) -> Json {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| Json::parse(&text)).unwrap_or_default()
}
