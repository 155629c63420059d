//! `/admin/api/webhooks/{id}`: one webhook.

use pricing::model::Instant;
use serde_json::{Value, json};
use wire::read;
use worker::{D1Database, D1PreparedStatement};

use super::webhooks::{Facts, Wanted, wanted};
use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    problem::{self, Failure},
    random,
    store::{self, audit::Entry, webhooks::Webhook},
};

/// How long the secret before signs beside the new one, in milliseconds: a day.
const OVERLAP_MILLIS: i64 = 24 * 60 * 60 * 1000;

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    answer::json(&Facts::of(&find(&call).await?))
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let Wanted { url, events, enabled } = wanted(&call.json().await?)?;
    let webhook = Webhook { url, events, enabled, ..find(&call).await? };
    change(&call, "webhook.put", &webhook, json!({ "origin": webhook.origin(), "enabled": enabled })).await?;
    answer::json(&Facts::of(&webhook))
}

pub(super) async fn rotate(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    read::read(&call.json().await?, |node| node.object(|_| Some(())))?;
    let found = find(&call).await?;
    let until = Instant::from_millis(clock::now().millis().saturating_add(OVERLAP_MILLIS));
    let webhook =
        Webhook { secret: random::webhook_secret()?, previous: Some((found.secret.clone(), until)), ..found };
    change(&call, "webhook.rotate", &webhook, json!({})).await?;
    answer::json(&Facts::with_secret(&webhook))
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let found = find(&call).await?;
    let database = call.database()?;
    let gone = store::webhooks::delete(&database, call.store(), &found.id)?;
    write(&call, &database, "webhook.delete", &found.id, json!({ "origin": found.origin() }), gone).await?;
    Ok(answer::nothing(204))
}

/// Writes a webhook, and that it was.
pub(super) async fn change(
    call: &Call,
    action: &'static str,
    webhook: &Webhook,
    detail: Value,
) -> Result<(), Failure> {
    let database = call.database()?;
    let written = store::webhooks::put(&database, call.store(), webhook)?;
    write(call, &database, action, &webhook.id, detail, written).await
}

async fn write(
    call: &Call,
    database: &D1Database,
    action: &'static str,
    subject: &str,
    detail: Value,
    change: D1PreparedStatement,
) -> Result<(), Failure> {
    let actor = call.caller.name().to_owned();
    let entry = Entry { actor, action, subject: subject.to_owned(), detail };
    Ok(store::audit::write(database, call.store(), &entry, clock::now(), vec![change]).await?)
}

async fn find(call: &Call) -> Result<Webhook, Failure> {
    let all = store::webhooks::list(&call.database()?, call.store()).await?;
    let found = all.into_iter().find(|webhook| webhook.id == call.item);
    Ok(found.ok_or_else(problem::not_found)?)
}
