//! `POST /v1/customers/token`: signs who is shopping, for a server that knows.

use pricing::model::Instant;
use serde::Serialize;
use serde_json::Value;
use wire::{
    format_instant,
    read::{self, Node},
};

use crate::{
    answer::{self, Answer},
    call::Call,
    caller::Who,
    clock, credentials,
    customer_token::{self, MAXIMUM_SECONDS},
    email,
    problem::{self, Failure},
    signing,
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    token: String,
    expires_at: String,
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let mut customer = call.json().await?;
    let seconds = seconds(&customer)?;
    if let Some(fields) = customer.as_object_mut() {
        fields.remove("expiresIn");
    }
    if let Some(fault) = email::spell(&mut customer, "") {
        return Err(vec![fault].into());
    }
    let read = read::read(&customer, read::customer)?;
    if !read.is_known() {
        return Err(problem::fault("", "missingField", "a customer has an `id` or an `email`").into());
    }
    let Who::Server(id) = &call.caller.who else { return Err(problem::unknown_server_key().into()) };
    let credentials = credentials::all(&call.env).await?;
    let is_own = |found: &&crate::credential::Credential| found.id == *id && found.store == *call.store();
    let credential = credentials.iter().find(is_own).ok_or_else(problem::unknown_server_key)?;
    let millis = clock::now().millis().saturating_add(seconds.saturating_mul(1000));
    let expires_at = Instant::from_millis(millis);
    let keyring = signing::keyring(&call.env)?;
    answer::json(&Token {
        token: customer_token::seal(&keyring, credential, &customer, expires_at),
        expires_at: format_instant(expires_at),
    })
}

/// How long the token is to be good; everything else of the document is the customer.
fn seconds(document: &Value) -> Result<i64, Failure> {
    Ok(read::read(document, |node| {
        node.object(|fields| {
            let seconds = fields.or("expiresIn", MAXIMUM_SECONDS, whole_seconds);
            fields.accept_rest();
            seconds
        })
    })?)
}

fn whole_seconds(node: Node<'_, '_>) -> Option<i64> {
    let seconds = i64::try_from(node.integer()?).unwrap_or(i64::MAX);
    if (1..=MAXIMUM_SECONDS).contains(&seconds) {
        return Some(seconds);
    }
    node.refuse("outOfRange", format_args!("a token is good for 1 to {MAXIMUM_SECONDS} seconds"))
}
