//! Cloudflare's own way: the `send_email` binding `MAIL`.

use js_sys::{Promise, Reflect};
use mail::Letter;
use wasm_bindgen::{JsCast as _, prelude::*};
use wasm_bindgen_futures::JsFuture;
use worker::Env;

/// The binding's name in `wrangler.toml`.
const BINDING: &str = "MAIL";

#[wasm_bindgen(module = "cloudflare:email")]
extern "C" {
    /// A mail as the binding takes it: the addresses, and the whole of it as SMTP carries it.
    type EmailMessage;
    #[wasm_bindgen(constructor)]
    fn new(from: &str, to: &str, raw: &str) -> EmailMessage;
}

#[wasm_bindgen]
extern "C" {
    /// The binding.
    type SendEmail;
    #[wasm_bindgen(method, catch)]
    fn send(this: &SendEmail, message: &EmailMessage) -> Result<Promise, JsValue>;
}

/// The binding, found.
pub(crate) struct Sender(SendEmail);

impl Sender {
    pub(super) fn of(env: &Env) -> Result<Self, String> {
        let found = Reflect::get(env, &BINDING.into()).ok().filter(|binding| !binding.is_undefined());
        let binding = found.ok_or_else(|| format!("bind `send_email` as `{BINDING}` in wrangler.toml"))?;
        Ok(Self(binding.unchecked_into()))
    }

    pub(super) async fn send(&self, letter: &Letter, date: i64) -> Result<(), String> {
        let raw = String::from_utf8_lossy(&letter.message(date)).into_owned();
        let message = EmailMessage::new(letter.from.email(), letter.to.email(), &raw);
        let sending = self.0.send(&message).map_err(|error| told(&error))?;
        JsFuture::from(sending).await.map(drop).map_err(|error| told(&error))
    }
}

fn told(error: &JsValue) -> String {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    text.unwrap_or_else(|| "the binding refused it".to_owned())
}
