//! When the cart is kept: as soon as what it shows is on the screen, as a browser takes longer to write it down than we to
//! price it. A page that is left sooner keeps it then.

use std::{cell::Cell, time::Duration};

use leptos::prelude::set_timeout;
use wasm_bindgen::{JsCast as _, closure::Closure};

use super::{App, peek};
use crate::storage::Kept;

thread_local! {
    /// Whether the cart is another one than was kept last.
    static UNKEPT: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn keep_soon() {
    if !UNKEPT.replace(true) {
        set_timeout(keep, Duration::ZERO);
    }
}

/// Keeps what waits for it.
pub(super) fn keep() {
    if UNKEPT.take() {
        peek(App::keep);
    }
}

/// Keeps what waits for it when the page is left.
pub(super) fn keep_at_the_end() {
    let leave = Closure::<dyn Fn()>::new(keep).into_js_value();
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("pagehide", leave.unchecked_ref());
    }
}

impl App {
    fn keep(&self) {
        Kept { cart: self.cart.kept_json(), coupons: self.shop.coupons() }.save(self.page.storage_key());
    }
}
