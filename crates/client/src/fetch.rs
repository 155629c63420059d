//! One request and its reply.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, Response};
use wire::Json;

use crate::{ClientError, Freshness};

/// How long a shopper waits for an answer, in milliseconds: a connection may hang without an end.
const PATIENCE: u32 = 20_000;

/// What is asked.
pub(crate) enum Question<'a> {
    /// `GET`, for the customer of this token: in an address it would come into logs.
    Get(Freshness, Option<&'a str>),
    /// `POST` of this body.
    Post(&'a Json),
}

/// Sends a request at once; the future waits for the reply, and gives its text.
///
/// The text is parsed on this side, as crossing over value by value costs more than it saves.
pub(crate) fn send(
    url: &str,
    question: &Question<'_>,
) -> impl Future<Output = Result<String, ClientError>> + use<> {
    let reply = start(url, question).map(JsFuture::from);
    async move {
        let reply = reply.ok_or(ClientError::Unreachable)?.await;
        let response: Response = reply.map_err(|_| ClientError::Unreachable)?.unchecked_into();
        let text = JsFuture::from(response.text().map_err(|_| ClientError::Unreadable)?).await;
        let text = text.map_err(|_| ClientError::Unreachable)?.as_string().ok_or(ClientError::Unreadable)?;
        if response.ok() {
            Ok(text)
        } else {
            Err(ClientError::of_reply(response.status(), Json::parse(&text).as_ref()))
        }
    }
}

fn start(url: &str, question: &Question<'_>) -> Option<Promise> {
    let request = RequestInit::new();
    let headers = Headers::new().ok()?;
    request.set_credentials(RequestCredentials::Omit);
    request.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    match question {
        Question::Get(freshness, customer) => {
            match freshness {
                Freshness::Kept => {}
                Freshness::Checked => request.set_cache(RequestCache::NoCache),
                Freshness::Old => request.set_cache(RequestCache::ForceCache),
            }
            if let Some(customer) = customer {
                headers.set("farthing-customer", customer).ok()?;
            }
        }
        Question::Post(body) => {
            headers.set("content-type", "application/json").ok()?;
            request.set_method("POST");
            request.set_body(&JsValue::from_str(&body.text()));
        }
    }
    request.set_headers(&headers);
    Some(web_sys::window()?.fetch_with_str_and_init(url, &request))
}
