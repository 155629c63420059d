//! What a caller is told when something can't be done.

use client::ClientError;
use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

use crate::cart::CartStateError;

/// Why something could not be done, with its stable name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The stable name, as problems have it.
    pub code: String,
    /// A sentence.
    pub detail: String,
}

impl Failure {
    /// Asked before the widget has started.
    #[must_use]
    pub fn not_ready() -> Self {
        Self::new("notReady", "the widget has not started")
    }

    /// A failure of this name.
    #[must_use]
    pub fn new(code: &str, detail: &str) -> Self {
        Self { code: code.to_owned(), detail: detail.to_owned() }
    }
}

impl From<CartStateError> for Failure {
    fn from(error: CartStateError) -> Self {
        Self::new(error.code(), error.detail())
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self::new(error.code(), error.detail())
    }
}

impl From<Failure> for JsValue {
    /// A JavaScript error with the property `code`.
    fn from(failure: Failure) -> Self {
        let error = Error::new(&failure.detail);
        let _ = Reflect::set(&error, &"code".into(), &failure.code.into());
        error.into()
    }
}
