//! `/admin/api/webhooks`: where events are sent.

use pricing::model::Instant;
use serde::Serialize;
use serde_json::{Value, json};
use wire::{
    format_instant,
    read::{self, Node},
};
use worker::Url;

use super::webhook::change_once;
use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    idempotency::{self, made_once},
    offer_events,
    problem::{self, Failure},
    random,
    store::{self, webhooks::Webhook},
};

/// The longest address.
const MAXIMUM_URL: usize = 2_000;

/// A webhook as it is answered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts<'a> {
    id: &'a str,
    url: &'a str,
    events: &'a [String],
    enabled: bool,
    created_at: String,
    previous_until: Option<String>,
    /// Only to whoever made it or rotated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Webhooks<'a> {
    webhooks: Vec<Facts<'a>>,
}

/// What a merchant says of a webhook.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) url: String,
    pub(super) events: Vec<String>,
    pub(super) enabled: bool,
}

impl<'a> Facts<'a> {
    pub(super) fn of(webhook: &'a Webhook) -> Self {
        Self {
            id: &webhook.id,
            url: &webhook.url,
            events: &webhook.events,
            enabled: webhook.enabled,
            created_at: format_instant(webhook.created_at),
            previous_until: webhook.previous.as_ref().map(|(_, until): &(_, Instant)| format_instant(*until)),
            secret: None,
        }
    }

    pub(super) fn with_secret(webhook: &'a Webhook) -> Self {
        Self { secret: Some(&webhook.secret), ..Self::of(webhook) }
    }
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let webhooks = store::webhooks::list(&call.database()?, call.store()).await?;
    answer::json(&Webhooks { webhooks: webhooks.iter().map(Facts::of).collect() })
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let Wanted { url, events, enabled } = wanted(&document)?;
    let asked = idempotency::of(&call, &document)?;
    made_once(&call, asked.as_ref()).await?;
    let existing = store::webhooks::list(&call.database()?, call.store()).await?;
    if existing.len() >= Webhook::MAXIMUM {
        return Err(problem::too_many("webhooks", Webhook::MAXIMUM).into());
    }
    let id = random::hex::<6>()?;
    let webhook = Webhook {
        id,
        url,
        events,
        enabled,
        secret: random::webhook_secret()?,
        previous: None,
        created_at: clock::now(),
    };
    let detail = json!({ "origin": webhook.origin() });
    change_once(&call, "webhook.make", &webhook, detail, asked.as_ref()).await?;
    answer::created(&Facts::with_secret(&webhook))
}

/// # Errors
/// Every fault in it.
pub(super) fn wanted(document: &Value) -> Result<Wanted, Failure> {
    Ok(read::read(document, |node| {
        node.object(|fields| {
            let url = fields.required("url", url);
            let events = fields.or("events", Vec::new(), |node| node.list(event));
            let enabled = fields.or("enabled", true, |node| node.boolean());
            Some(Wanted { url: url?, events: events?, enabled: enabled? })
        })
    })?)
}

/// Where events are sent they can be read, so the way there is encrypted, but on the machine itself. Nobody logs in there:
/// what stands before the host never leaves the runtime, and the signature says who calls.
fn url(node: Node<'_, '_>) -> Option<String> {
    let text = node.string()?;
    let is_good = |url: &Url| match url.scheme() {
        "https" => url.host().is_some(),
        "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
        _ => false,
    };
    let is_open = |url: &Url| url.username().is_empty() && url.password().is_none();
    match Url::parse(text) {
        Ok(parsed) if is_good(&parsed) && is_open(&parsed) && text.len() <= MAXIMUM_URL => Some(parsed.into()),
        _ => node.refuse(
            "invalidUrl",
            "a webhook has an `https://` address of at most 2,000 characters, without a user name or password",
        ),
    }
}

fn event(node: Node<'_, '_>) -> Option<String> {
    let name = node.string()?;
    let types = offer_events::types();
    if types.contains(&name) {
        return Some(name.to_owned());
    }
    node.refuse("unknownVariant", format_args!("expected one of `{}`", types.join("`, `")))
}
