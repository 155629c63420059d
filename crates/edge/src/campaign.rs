//! Asking the object that sends one update, and what it answers. What it does is its [`course`].

pub(crate) mod course;

use serde::{Deserialize, Serialize};
use worker::{Env, Method, Request, RequestInit, wasm_bindgen::JsValue};

use crate::{problem::Failure, store_id::StoreId};

/// The binding's name in `wrangler.toml`.
const OBJECTS: &str = "CAMPAIGN";

/// What the object is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Ask {
    /// Send to whoever has not got it yet.
    Send { store: String, update: String },
    /// Send no more for now.
    Pause,
    /// Tell how far it is.
    Progress,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    /// Nothing was sent.
    #[default]
    Draft,
    /// Its audience is being written down.
    Gathering,
    /// It is being sent.
    Sending,
    /// Somebody has stopped it for now.
    Paused,
    /// Everybody has had it.
    Done,
}

impl State {
    /// The state of this name, in SQL and JSON alike.
    fn named(name: &str) -> Self {
        match name {
            "gathering" => Self::Gathering,
            "sending" => Self::Sending,
            "paused" => Self::Paused,
            "done" => Self::Done,
            _ => Self::Draft,
        }
    }
}

/// How far an update is, in buyers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub(crate) state: State,
    /// Written down so far.
    pub(crate) audience: u64,
    pub(crate) sent: u64,
    /// Tried too often.
    pub(crate) failed: u64,
    /// Who wanted no more such mails by the time it was their turn.
    pub(crate) unsubscribed: u64,
    /// What went wrong, until a letter goes again.
    pub(crate) error: Option<String>,
}

/// Asks the object of an update.
///
/// # Errors
/// It does not answer.
pub(crate) async fn ask(env: &Env, store: &StoreId, update: &str, ask: &Ask) -> Result<Progress, Failure> {
    let stub = env.durable_object(OBJECTS)?.get_by_name(&format!("{store}/{update}"))?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(JsValue::from_str(&serde_json::to_string(ask)?)));
    let mut response = stub.fetch_with_request(Request::new_with_init("https://campaign/", &init)?).await?;
    Ok(response.json().await?)
}
