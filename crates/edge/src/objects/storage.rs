//! `ctx.storage` of an object, for what the bindings of the runtime leave out, or do only by waiting.

use js_sys::{Array, JsString, Promise};
use wasm_bindgen::prelude::*;
use worker::{Result, State};

#[wasm_bindgen]
extern "C" {
    /// The storage.
    #[derive(Clone, Debug)]
    pub(super) type Storage;
    #[wasm_bindgen(method, getter)]
    pub(super) fn sql(this: &Storage) -> Database;
    /// A throw after a write does not undo it; a throw out of this does. `BEGIN` is refused.
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    pub(super) fn transaction_sync(
        this: &Storage,
        work: &mut dyn FnMut() -> std::result::Result<JsValue, JsValue>,
    ) -> std::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn sync(this: &Storage) -> std::result::Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = setAlarm)]
    fn set_alarm(this: &Storage, at: f64) -> Promise;
    #[wasm_bindgen(method)]
    fn put(this: &Storage, key: &str, value: &str) -> Promise;
    #[wasm_bindgen(method, catch)]
    async fn get(this: &Storage, key: &str) -> std::result::Result<JsValue, JsValue>;

    /// Its SQLite.
    #[derive(Clone, Debug)]
    pub(super) type Database;
    #[wasm_bindgen(method, catch, variadic)]
    pub(super) fn exec(
        this: &Database,
        statement: &JsString,
        values: &Array,
    ) -> std::result::Result<Cursor, JsValue>;

    /// The rows of an answer.
    #[derive(Debug)]
    pub(super) type Cursor;
    /// Rows as lists of values, without the names of their columns.
    #[wasm_bindgen(method)]
    pub(super) fn raw(this: &Cursor) -> Rows;

    /// What gives them.
    #[derive(Debug)]
    pub(super) type Rows;
    #[wasm_bindgen(method, js_name = toArray)]
    pub(super) fn to_array(this: &Rows) -> Array<Array>;
}

/// A write is not waited for: whatever leaves the object does, and where the write fails nothing leaves it.
impl Storage {
    pub(super) fn of(state: &State) -> Self {
        JsValue::from(state.storage().as_raw()).unchecked_into()
    }

    /// Sets the alarm, in milliseconds since 1970.
    #[expect(clippy::cast_precision_loss, reason = "an instant is far below 2^53 milliseconds")]
    pub(super) fn ring_at(&self, millis: i64) {
        let _ = self.set_alarm(millis as f64);
    }

    /// Waits until all that was written is on disk: for what leaves by a socket that is open already, which waits for nothing.
    ///
    /// # Errors
    /// The storage fails.
    pub(super) async fn written(&self) -> Result<()> {
        Ok(self.sync().await.map(drop)?)
    }

    /// Keeps a text.
    pub(super) fn keep(&self, key: &str, text: &str) {
        let _ = self.put(key, text);
    }

    /// A text that was kept.
    ///
    /// # Errors
    /// The storage fails.
    pub(super) async fn kept(&self, key: &str) -> Result<Option<String>> {
        Ok(self.get(key).await?.as_string())
    }
}
