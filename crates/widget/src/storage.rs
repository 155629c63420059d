//! Keeping the cart between pages and tabs.

use std::{cell::RefCell, time::Duration};

use leptos::prelude::set_timeout;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::Storage;
use wire::Json;

/// What is kept of a cart: what was chosen, and the answers about its codes, so that the next page needs not ask again.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The cart, as [`crate::cart::CartState::to_json`] writes it.
    pub cart: Json,
    /// What `/v1/coupons/check` answered for each attached code.
    pub coupons: Vec<Json>,
}

impl Kept {
    /// Reads what was kept under `key`; nothing is an empty cart.
    #[must_use]
    pub fn load(key: &str) -> Self {
        storage()
            .and_then(|storage| storage.get_item(key).ok()?)
            .map_or_else(Self::default, |text| Self::parse(&text))
    }

    /// Reads a text that [`Kept::save`] wrote, perhaps in another tab.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut kept = Json::parse(text).unwrap_or_default();
        let coupons = match kept.take("coupons") {
            Some(Json::List(coupons)) => coupons,
            _ => Vec::new(),
        };
        Self { cart: kept.take("cart").unwrap_or_default(), coupons }
    }

    /// Keeps it under `key`, as soon as what it shows is on the screen: a browser takes longer to write it down than we to
    /// price it. A page that is left sooner is written down then. A browser may refuse (private windows, blocked storage):
    /// the cart then lives in this page.
    pub fn save(self, key: &str) {
        let kept = Json::object(&mut [("cart", self.cart), ("coupons", Json::List(self.coupons))]);
        if UNSAVED.replace(Some((key.to_owned(), kept.text()))).is_none() {
            set_timeout(flush, Duration::ZERO);
        }
    }
}

thread_local! {
    /// What is not written down yet.
    static UNSAVED: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Writes down what waits for it.
pub fn flush() {
    if let (Some((key, text)), Some(storage)) = (UNSAVED.take(), storage()) {
        let _ = storage.set_item(&key, &text);
    }
}

/// Writes down what waits for it when the page is left.
pub fn flush_at_the_end() {
    let leave = Closure::<dyn Fn()>::new(flush).into_js_value();
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("pagehide", leave.unchecked_ref());
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
