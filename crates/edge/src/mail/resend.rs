//! An HTTP provider: Resend's API, and those that have its shape.

use mail::{Letter, Mailbox};
use serde_json::json;
use worker::{Env, Fetch, Headers, Method, Request, RequestInit, wasm_bindgen::JsValue};

use super::Refusal;

/// The secret with the account's key.
const KEY: &str = "RESEND_API_KEY";

/// The variable with the provider's address, where it is another one.
const ADDRESS: &str = "RESEND_URL";

const USUAL_ADDRESS: &str = "https://api.resend.com";

/// An account with the provider.
pub(crate) struct Account {
    key: String,
    address: String,
}

impl Account {
    pub(super) fn of(env: &Env) -> Result<Self, String> {
        let key = env.secret(KEY).map_err(|_| format!("set the secret `{KEY}`"))?.to_string();
        let address =
            env.var(ADDRESS).map_or_else(|_| USUAL_ADDRESS.to_owned(), |address| address.to_string());
        Ok(Self { key, address })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), Refusal> {
        let request = self.request(letter).map_err(|error| error.to_string())?;
        match Fetch::Request(request).send().await {
            Ok(response) => taken(response.status_code()),
            Err(error) => Err(format!("the mail provider could not be reached: {error}").into()),
        }
    }

    fn request(&self, letter: &Letter) -> worker::Result<Request> {
        let headers = Headers::new();
        headers.set("Authorization", &format!("Bearer {}", self.key))?;
        headers.set("Content-Type", "application/json")?;
        // The provider takes a letter once, however often it is handed in.
        headers.set("Idempotency-Key", &letter.id)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_headers(headers)
            .with_body(Some(JsValue::from_str(&body(letter).to_string())));
        Request::new_with_init(&format!("{}/emails", self.address.trim_end_matches('/')), &init)
    }
}

/// Statuses of the fourth hundred that may be another the next time: a timeout, the same letter under way, too many at once; and
/// what staff mend: the key, the account, the address of the provider.
const FOR_NOW: [u16; 6] = [401, 403, 404, 408, 409, 429];

fn taken(status: u16) -> Result<(), Refusal> {
    let reason = || format!("the mail provider answered {status}");
    match status {
        200..300 => Ok(()),
        400..500 if !FOR_NOW.contains(&status) => Err(Refusal::ForGood(reason())),
        _ => Err(Refusal::ForNow(reason())),
    }
}

fn body(letter: &Letter) -> serde_json::Value {
    let mut headers =
        json!({ "Message-ID": format!("<{}>", letter.message_id()), "Auto-Submitted": "auto-generated" });
    if let (Some(url), Some(fields)) = (&letter.unsubscribe, headers.as_object_mut()) {
        fields.insert("List-Unsubscribe".to_owned(), format!("<{url}>").into());
        fields.insert("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".into());
    }
    json!({
        "from": shown(&letter.from),
        "to": [letter.to.email()],
        "reply_to": letter.reply_to.as_ref().map(shown),
        "subject": letter.content.subject,
        "text": letter.content.text,
        "html": letter.content.html,
        "headers": headers,
    })
}

/// A mailbox as the provider reads it: the name quoted, so that it is nothing but a name.
fn shown(mailbox: &Mailbox) -> String {
    match mailbox.name() {
        Some(name) => format!("\"{}\" <{}>", name.replace(['\\', '"'], ""), mailbox.email()),
        None => mailbox.email().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use mail::Mailbox;

    use super::{Refusal, shown, taken};

    #[test]
    fn a_letter_is_refused_for_good_by_what_is_said_of_it() {
        for status in [400, 413, 422] {
            assert!(matches!(taken(status), Err(Refusal::ForGood(_))), "{status}");
        }
        for status in [301, 401, 403, 408, 409, 429, 500, 503] {
            assert!(matches!(taken(status), Err(Refusal::ForNow(_))), "{status}");
        }
        assert_eq!(taken(202), Ok(()));
    }

    #[test]
    fn a_name_is_nothing_but_a_name() {
        let mailbox = Mailbox::new(Some("A \" <x@y.z>, \\"), "a@b.com").expect("a mailbox");
        assert_eq!(shown(&mailbox), "\"A  <x@y.z>, \" <a@b.com>");
    }
}
