//! Cloudflare's own way: the `send_email` binding `MAIL`.

use js_sys::{Promise, Reflect};
use mail::Letter;
use wasm_bindgen::{JsCast as _, prelude::*};
use wasm_bindgen_futures::JsFuture;
use worker::Env;

use super::Refusal;

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

    pub(super) async fn send(&self, letter: &Letter, date: i64) -> Result<(), Refusal> {
        let raw = String::from_utf8_lossy(&letter.message(date)).into_owned();
        let message = EmailMessage::new(letter.from.email(), letter.to.email(), &raw);
        let sending = self.0.send(&message).map_err(|error| refusal(&error))?;
        JsFuture::from(sending).await.map(drop).map_err(|error| refusal(&error))
    }
}

fn refusal(error: &JsValue) -> Refusal {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    let text = text.unwrap_or_else(|| "the binding refused it".to_owned());
    let code = Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_string());
    if code.is_some_and(|code| is_about_letter(&code)) {
        Refusal::ForGood(text)
    } else {
        Refusal::ForNow(text)
    }
}

/// Whether a code of Cloudflare's says that this letter, or its address, is never taken. The others are about the account,
/// the sender's domain, or the moment.
fn is_about_letter(code: &str) -> bool {
    matches!(
        code,
        "E_VALIDATION_ERROR" | "E_RECIPIENT_NOT_ALLOWED" | "E_RECIPIENT_SUPPRESSED" | "E_CONTENT_TOO_LARGE"
    ) || code.starts_with("E_HEADER")
}

#[cfg(test)]
mod tests {
    use super::is_about_letter;

    #[test]
    fn a_letter_is_refused_for_good_by_what_is_said_of_it() {
        assert!(is_about_letter("E_RECIPIENT_SUPPRESSED") && is_about_letter("E_HEADER_VALUE_TOO_LONG"));
        for code in ["E_RATE_LIMIT_EXCEEDED", "E_SENDER_NOT_VERIFIED", "E_INTERNAL_SERVER_ERROR", ""] {
            assert!(!is_about_letter(code), "{code}");
        }
    }
}
