//! `/admin/api/webhooks/{id}`: one webhook.

use ledger::Idempotency;
use pricing::model::Instant;
use serde_json::{Value, json};
use wire::read;

use super::webhooks::{Facts, Wanted, wanted};
use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    idempotency::{self, made_once},
    problem::{self, Failure},
    random,
    store::{self, webhooks::Webhook},
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
    let detail = json!({ "origin": webhook.origin(), "enabled": enabled });
    change_once(&call, "webhook.put", &webhook, detail, None).await?;
    answer::json(&Facts::of(&webhook))
}

pub(super) async fn rotate(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    read::read(&document, |node| node.object(|_| Some(())))?;
    let asked = idempotency::of(&call, &document)?;
    made_once(&call, asked.as_ref()).await?;
    let found = find(&call).await?;
    let until = Instant::from_millis(clock::now().millis().saturating_add(OVERLAP_MILLIS));
    let webhook =
        Webhook { secret: random::webhook_secret()?, previous: Some((found.secret.clone(), until)), ..found };
    change_once(&call, "webhook.rotate", &webhook, json!({}), asked.as_ref()).await?;
    answer::json(&Facts::with_secret(&webhook))
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let found = find(&call).await?;
    let database = call.database()?;
    let gone = store::webhooks::delete(&database, call.store(), &found.id)?;
    let detail = json!({ "origin": found.origin() });
    call.write("webhook.delete", &found.id, detail, vec![gone]).await?;
    Ok(answer::nothing(204))
}

/// Writes a webhook, and that it was. A call with a key that was used before writes nothing: a lost answer would make two
/// webhooks of one, and a second rotation would end the secret that receivers have.
pub(super) async fn change_once(
    call: &Call,
    action: &'static str,
    webhook: &Webhook,
    detail: Value,
    asked: Option<&Idempotency>,
) -> Result<(), Failure> {
    let database = call.database()?;
    let mut changes = vec![store::webhooks::put(&database, call.store(), webhook)?];
    if let Some(asked) = asked {
        let remember =
            store::calls::remember(&database, call.store(), asked, &webhook.id, None, clock::now());
        changes.extend(remember?);
    }
    let written = call.write(action, &webhook.id, detail, changes).await;
    if written.is_err() {
        // The same call at the same time may have been quicker.
        made_once(call, asked).await?;
    }
    written
}

async fn find(call: &Call) -> Result<Webhook, Failure> {
    let all = store::webhooks::list(&call.database()?, call.store()).await?;
    let found = all.into_iter().find(|webhook| webhook.id == call.item);
    Ok(found.ok_or_else(problem::not_found)?)
}
