//! Calls to Farthing with the shop's server key.

use serde_json::Value;
use wasm_bindgen::JsValue;
use worker::{Env, Headers, Method, Request, RequestInit, Response, Result};

/// The secret that holds the server key.
const SERVER_KEY: &str = "FARTHING_SERVER_KEY";

/// What Farthing answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The stable name of what went wrong.
    pub(crate) fn code(&self) -> &str {
        self.body.get("code").and_then(Value::as_str).unwrap_or_default()
    }

    /// The same answer, for the page.
    pub(crate) fn passed_on(&self) -> Result<Response> {
        super::answer::kept_by_nobody(Response::from_json(&self.body)?.with_status(self.status))
    }
}

pub(crate) async fn get(env: &Env, path: &str) -> Result<Answer> {
    send(env, Method::Get, path, None).await
}

pub(crate) async fn post(env: &Env, path: &str, body: &Value) -> Result<Answer> {
    send(env, Method::Post, path, Some(body)).await
}

async fn send(env: &Env, method: Method, path: &str, body: Option<&Value>) -> Result<Answer> {
    let headers = Headers::new();
    headers.set("Authorization", &format!("Bearer {}", env.secret(SERVER_KEY)?))?;
    headers.set("Content-Type", "application/json")?;
    let mut init = RequestInit::new();
    init.with_method(method).with_headers(headers);
    init.with_body(body.map(|body| JsValue::from_str(&body.to_string())));
    let request = Request::new_with_init(&format!("https://farthing{path}"), &init)?;
    let mut response = env.service("EDGE")?.fetch_request(request).await?;
    Ok(Answer { status: response.status_code(), body: response.json().await? })
}
