//! `POST /admin/api/discounts/{id}/stop` and `/resume`: a discount that no order may take from this moment on.
//!
//! It is written down with its row in the audit, and the store's snapshot is made anew without the discount, so that no later
//! quote and no page has it. Then the ledger follows, and refuses it in every order that is not reserved yet, whatever was quoted.
//! A stop outlives imports, until it is resumed.

use serde::Serialize;
use serde_json::{Value, json};
use wire::read;
use worker::{D1Database, D1PreparedStatement};

use crate::{
    answer::{self, Answer},
    call::Call,
    idempotency::carried_out,
    ledgers,
    nfkc::nfkc,
    problem::{self, Failure},
    publishing::{self, Change},
    store::{self, audit::Entry},
    switched,
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Switched<'a> {
    discount: &'a str,
    stopped: bool,
    /// The snapshot that prices now.
    snapshot_version: String,
}

pub(super) async fn stop(call: Call) -> Result<Answer, Failure> {
    switch(call, true).await
}

pub(super) async fn resume(call: Call) -> Result<Answer, Failure> {
    switch(call, false).await
}

async fn switch(mut call: Call, is_stopped: bool) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let database = call.database()?;
    let written = async |remember: &[D1PreparedStatement]| {
        if !store::discounts::exists(&database, call.store(), &call.item).await? {
            return Err(problem::not_found().into());
        }
        publish(&call, &database, is_stopped, remember).await
    };
    carried_out(&call, written, async || follow(&call, &database).await).await
}

/// Has the ledger do as it is written, which may be otherwise by now: of a stop and a resumption at once, both end alike.
async fn follow(call: &Call, database: &D1Database) -> Result<Answer, Failure> {
    let (store, discount) = (call.store(), call.item.as_str());
    let stopped = store::stops::list(database, store).await?.contains(discount);
    ledgers::switch(&call.env, store, discount, stopped).await?;
    let current = store::snapshots::current(database, store).await?.ok_or_else(problem::no_snapshot)?;
    answer::json(&Switched { discount, stopped, snapshot_version: current.snapshot_version })
}

/// Writes the stop, and the snapshot that follows from it.
async fn publish(
    call: &Call,
    database: &D1Database,
    is_stopped: bool,
    remember: &[D1PreparedStatement],
) -> Result<(), Failure> {
    let (store, discount) = (call.store(), call.item.as_str());
    let action = if is_stopped { "discount.stop" } else { "discount.resume" };
    let entry = Entry {
        actor: call.caller.name().to_owned(),
        action,
        subject: discount.to_owned(),
        detail: json!({}),
    };
    let change = async |now| {
        let file = switched_store(call, database, is_stopped).await?;
        let mut statements = vec![store::stops::set(database, store, discount, is_stopped, now)?];
        statements.extend(store::import::publish(database, store, &file, now)?);
        statements.extend_from_slice(remember);
        Ok(Change { entry: entry.clone(), statements, version: file.snapshot.version, told: () })
    };
    publishing::publish(call, change).await
}

/// The store's present snapshot as it is with this stop.
async fn switched_store(
    call: &Call,
    database: &D1Database,
    is_stopped: bool,
) -> Result<read::StoreFile, Failure> {
    let (store, discount) = (call.store(), call.item.as_str());
    let current = store::snapshots::current(database, store).await?.ok_or_else(problem::no_snapshot)?;
    let text = store::snapshots::content(database, store, &current.snapshot_version).await?;
    let mut content: Value = serde_json::from_str(&text)?;
    let mut stops = store::stops::list(database, store).await?;
    if is_stopped {
        stops.insert(discount.to_owned());
    } else {
        stops.remove(discount);
        restore(&mut content, discount, store::discounts::is_enabled(database, store, discount).await?);
    }
    switched::off(&mut content, &stops);
    Ok(read::snapshot_content(&content, nfkc)?)
}

/// Gives a discount back what the merchant's file says of it.
fn restore(content: &mut Value, discount: &str, is_enabled: Option<bool>) {
    let discounts = content.get_mut("discounts").and_then(Value::as_array_mut).into_iter().flatten();
    let is_it = |rule: &&mut Value| rule.get("id").and_then(Value::as_str) == Some(discount);
    let Some(fields) = discounts.into_iter().find(is_it).and_then(Value::as_object_mut) else { return };
    match is_enabled {
        Some(is_enabled) => fields.insert("enabled".to_owned(), is_enabled.into()),
        None => fields.remove("enabled"),
    };
}
