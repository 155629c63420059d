//! What server keys and admin tokens have in common: they are made, listed, rotated and taken away, and shown once.

use ledger::Idempotency;
use pricing::model::Instant;
use serde::Serialize;
use serde_json::{Value, json};
use wire::{format_instant, read};

use crate::{
    call::Call,
    clock,
    credential::{Credential, Holder, Role},
    credentials,
    idempotency::{self, made_once},
    problem::{self, Failure},
    random, signing,
    store::{self, audit::Entry},
};

/// How long the secret before goes on being good, in seconds, where nothing else is said: a day.
const OVERLAP: i64 = 24 * 60 * 60;
/// The longest it may: a week.
const MAXIMUM_OVERLAP: i64 = 7 * OVERLAP;

/// What is done to a credential.
#[derive(Clone, Copy, Debug)]
enum Verb {
    Make,
    Rotate,
    Delete,
}

/// A credential as it is listed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Facts {
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    created_at: String,
    rotated_at: Option<String>,
    /// Until when the secret before is good.
    previous_until: Option<String>,
}

/// A credential as it is answered once, to whoever made it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    #[serde(flatten)]
    facts: Facts,
    secret: String,
    /// What a server signs customer tokens with.
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_secret: Option<String>,
}

impl Facts {
    pub(super) fn of(credential: &Credential) -> Self {
        Self {
            id: credential.id.clone(),
            title: credential.title.clone(),
            role: credential.holder.role().map(Role::name),
            created_at: format_instant(credential.created_at),
            rotated_at: credential.rotated_at.map(format_instant),
            previous_until: credential.previous.as_ref().map(|(_, until)| format_instant(*until)),
        }
    }
}

/// The store's credentials of a kind, in the order they were made.
pub(super) async fn list(call: &Call, kind: &str) -> Result<Vec<Credential>, Failure> {
    let all = credentials::all(&call.env).await?;
    Ok(all
        .iter()
        .filter(|found| found.store == *call.store() && found.holder.kind() == kind)
        .cloned()
        .collect())
}

/// Makes a credential. Its secret is in the answer and nowhere else.
pub(super) async fn make(
    call: &Call,
    holder: Holder,
    title: String,
    asked: Option<Idempotency>,
) -> Result<Shown, Failure> {
    let existing = list(call, holder.kind()).await?;
    made_once(call, asked.as_ref()).await?;
    if existing.len() >= Credential::MAXIMUM {
        return Err(problem::too_many("credentials", Credential::MAXIMUM).into());
    }
    let id = random::hex::<6>()?;
    let secret = secret(holder, &id)?;
    let credential = Credential {
        store: call.store().clone(),
        id,
        holder,
        title,
        generation: 1,
        secret_hash: seal::hash(&secret),
        previous: None,
        created_at: clock::now(),
        rotated_at: None,
    };
    write(call, &credential, asked, Verb::Make, json!({ "title": credential.title })).await?;
    shown(call, &credential, secret)
}

/// Gives a credential a new secret; the one before is good for a while longer.
pub(super) async fn rotate(call: &mut Call, kind: &str) -> Result<Shown, Failure> {
    let document = call.json().await?;
    let overlap = overlap(&document)?;
    let asked = idempotency::of(call, &document)?;
    let existing = list(call, kind).await?;
    made_once(call, asked.as_ref()).await?;
    let found = existing.into_iter().find(|found| found.id == call.item).ok_or_else(problem::not_found)?;
    let now = clock::now();
    let until = Instant::from_millis(now.millis().saturating_add(overlap.saturating_mul(1000)));
    let secret = secret(found.holder, &found.id)?;
    let credential = Credential {
        generation: found.generation.saturating_add(1),
        secret_hash: seal::hash(&secret),
        previous: (overlap > 0).then_some((found.secret_hash, until)),
        rotated_at: Some(now),
        ..found
    };
    write(call, &credential, asked, Verb::Rotate, json!({ "overlapSeconds": overlap })).await?;
    shown(call, &credential, secret)
}

/// Takes a credential away: its secrets are good no longer.
pub(super) async fn delete(call: &Call, kind: &str) -> Result<(), Failure> {
    let existing = list(call, kind).await?;
    let found = existing.into_iter().find(|found| found.id == call.item).ok_or_else(problem::not_found)?;
    let database = call.database()?;
    let entry = entry(call, &found, Verb::Delete, json!({ "title": found.title }));
    let change = store::credentials::delete(&database, call.store(), &found.id)?;
    let written = store::audit::write(&database, call.store(), &entry, clock::now(), vec![change]).await;
    credentials::doubt();
    Ok(written?)
}

/// A name for people: 1 to 256 characters.
pub(super) fn title(document: &Value) -> Result<String, Failure> {
    Ok(read::read(document, |node| {
        node.object(|fields| {
            fields.required("title", |node| node.text::<256>()).map(|title| title.to_string())
        })
    })?)
}

fn overlap(document: &Value) -> Result<i64, Failure> {
    let overlap = read::read(document, |node| {
        node.object(|fields| fields.or("overlapSeconds", OVERLAP as u64, |node| node.integer()))
    })?;
    let overlap = i64::try_from(overlap).unwrap_or(i64::MAX);
    if overlap > MAXIMUM_OVERLAP {
        let detail = format!("the secret before is good for at most {MAXIMUM_OVERLAP} seconds more");
        return Err(problem::fault("/overlapSeconds", "outOfRange", detail).into());
    }
    Ok(overlap)
}

/// `sk_` or `ft_`, the id, and 256 random bits.
fn secret(holder: Holder, id: &str) -> Result<String, Failure> {
    Ok(format!("{}{id}_{}", holder.prefix(), random::hex::<32>()?))
}

fn shown(call: &Call, credential: &Credential, secret: String) -> Result<Shown, Failure> {
    let customer_secret = match credential.holder {
        Holder::Server => {
            let purpose = credential.customer_purpose(credential.generation);
            signing::keyring(&call.env)?.texts("cs_", &purpose).next()
        }
        Holder::Staff(_) => None,
    };
    Ok(Shown { facts: Facts::of(credential), secret, customer_secret })
}

async fn write(
    call: &Call,
    credential: &Credential,
    asked: Option<Idempotency>,
    verb: Verb,
    detail: Value,
) -> Result<(), Failure> {
    let database = call.database()?;
    let entry = entry(call, credential, verb, detail);
    let mut changes = vec![store::credentials::put(&database, credential)?];
    if let Some(asked) = &asked {
        let remember =
            store::calls::remember(&database, call.store(), asked, &credential.id, None, clock::now());
        changes.extend(remember?);
    }
    let written = store::audit::write(&database, call.store(), &entry, clock::now(), changes).await;
    // Also when it failed: it may have been written and the answer lost.
    credentials::doubt();
    if written.is_err() {
        // The same call at the same time may have been quicker.
        made_once(call, asked.as_ref()).await?;
    }
    Ok(written?)
}

fn entry(call: &Call, credential: &Credential, verb: Verb, detail: Value) -> Entry {
    let action = match (credential.holder, verb) {
        (Holder::Server, Verb::Make) => "serverKey.make",
        (Holder::Server, Verb::Rotate) => "serverKey.rotate",
        (Holder::Server, Verb::Delete) => "serverKey.delete",
        (Holder::Staff(_), Verb::Make) => "adminToken.make",
        (Holder::Staff(_), Verb::Rotate) => "adminToken.rotate",
        (Holder::Staff(_), Verb::Delete) => "adminToken.delete",
    };
    Entry { actor: call.caller.name().to_owned(), action, subject: credential.id.clone(), detail }
}
