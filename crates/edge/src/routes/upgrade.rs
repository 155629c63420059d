//! `/admin/api/upgrades/{id}`: one upgrade. Changing it makes the store's snapshot anew, so that it binds at once; what was
//! quoted before is honoured until it expires.

use pricing::model::Upgrade;
use serde_json::{Value, json};
use wire::{Fault, read};
use worker::{D1Database, D1PreparedStatement};

use super::upgrades::Used;
use crate::{
    answer::{self, Answer},
    call::Call,
    ledgers,
    nfkc::nfkc,
    problem::{self, Failure},
    publishing::{self, Change},
    snapshots,
    store::{self, audit::Entry},
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let found = store::upgrades::find(&call.database()?, call.store(), &call.item).await?;
    told(&call, &found.ok_or_else(problem::not_found)?).await
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let (upgrade, document) = asked_for(&mut call).await?;
    let body = wire::canonical(&document);
    let write =
        |database: &D1Database, call: &Call| store::upgrades::put(database, call.store(), &upgrade, &body);
    publish(&call, "upgrade.put", Some(document), write).await?;
    told(&call, &body).await
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let found = store::upgrades::find(&call.database()?, call.store(), &call.item).await?;
    found.ok_or_else(problem::not_found)?;
    let write =
        |database: &D1Database, call: &Call| store::upgrades::delete(database, call.store(), &call.item);
    publish(&call, "upgrade.delete", None, write).await?;
    Ok(answer::nothing(204))
}

async fn told(call: &Call, body: &str) -> Result<Answer, Failure> {
    let counted = ledgers::counted(&call.env, call.store()).await?;
    answer::json(&Used::of(body, &counted)?)
}

/// The upgrade that the body describes, and its JSON with the id that stands in the address.
async fn asked_for(call: &mut Call) -> Result<(Upgrade, Value), Failure> {
    let mut document = call.json().await?;
    let fields = document.as_object_mut();
    let said = fields.and_then(|fields| fields.insert("id".to_owned(), call.item.as_str().into()));
    if said.is_some_and(|said| !said.is_null()) {
        return Err(problem::fault("/id", "unknownField", "the id stands in the address").into());
    }
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let currency = compiled.engine.store().currency;
    let upgrade = read::read(&document, |node| {
        let upgrade = read::upgrade(node, currency)?;
        let is_known = |sku: &str| compiled.engine.product(sku).is_some();
        for (at, sku) in upgrade.triggers.iter().enumerate().filter(|(_, sku)| !is_known(sku.as_str())) {
            node.refuse_below(
                &format!("/triggers/{at}"),
                "unknownSku",
                format_args!("the store has no product `{sku}`"),
            );
        }
        for (at, offer) in
            upgrade.offers.iter().enumerate().filter(|(_, offer)| !is_known(offer.sku.as_str()))
        {
            let detail = format_args!("the store has no product `{}`", offer.sku);
            node.refuse_below(&format!("/offers/{at}/sku"), "unknownSku", detail);
        }
        Some(upgrade)
    })?;
    Ok((upgrade, document))
}

/// Writes a change of the upgrade, with the snapshot that follows from it.
async fn publish(
    call: &Call,
    action: &'static str,
    anew: Option<Value>,
    write: impl Fn(&D1Database, &Call) -> worker::Result<D1PreparedStatement>,
) -> Result<(), Failure> {
    let (database, store) = (call.database()?, call.store());
    let entry =
        Entry { actor: call.caller.name().to_owned(), action, subject: call.item.clone(), detail: json!({}) };
    let change = async |now| {
        let file = changed_store(call, &database, anew.as_ref()).await?;
        let mut statements = vec![write(&database, call)?];
        statements.extend(store::import::publish(&database, store, &file, now)?);
        Ok(Change { entry: entry.clone(), statements, version: file.snapshot.version, told: () })
    };
    publishing::publish(call, change).await
}

/// The store's present snapshot with the upgrade in its place, or without it.
async fn changed_store(
    call: &Call,
    database: &D1Database,
    anew: Option<&Value>,
) -> Result<read::StoreFile, Failure> {
    let current =
        store::snapshots::current(database, call.store()).await?.ok_or_else(problem::no_snapshot)?;
    let text = store::snapshots::content(database, call.store(), &current.snapshot_version).await?;
    let mut content: Value = serde_json::from_str(&text)?;
    replace(&mut content, &call.item, anew);
    read::snapshot_content(&content, nfkc).map_err(|faults| {
        let is_named = faults.iter().any(|fault| fault.pointer.starts_with("/promotionSets"));
        if is_named { problem::upgrade_in_set().into() } else { in_body(faults, &content, &call.item).into() }
    })
}

/// The faults of the store, those of the upgrade at their places in the body that brought it.
fn in_body(mut faults: Vec<Fault>, content: &Value, id: &str) -> Vec<Fault> {
    let upgrades = content.get("upgrades").and_then(Value::as_array);
    let Some(at) = upgrades.and_then(|upgrades| place(upgrades, id)) else { return faults };
    let own = format!("/upgrades/{at}/");
    for fault in &mut faults {
        if let Some(below) = fault.pointer.strip_prefix(&own) {
            fault.pointer = format!("/{below}");
        }
    }
    faults
}

fn place(upgrades: &[Value], id: &str) -> Option<usize> {
    upgrades.iter().position(|upgrade| upgrade.get("id").and_then(Value::as_str) == Some(id))
}

fn replace(content: &mut Value, id: &str, anew: Option<&Value>) {
    let Some(fields) = content.as_object_mut() else { return };
    let upgrades = fields.entry("upgrades").or_insert_with(|| json!([]));
    let Some(upgrades) = upgrades.as_array_mut() else { return };
    match (place(upgrades, id).and_then(|at| upgrades.get_mut(at)), anew) {
        (Some(known), Some(anew)) => *known = anew.clone(),
        (None, Some(anew)) => upgrades.push(anew.clone()),
        (_, None) => upgrades.retain(|upgrade| upgrade.get("id").and_then(Value::as_str) != Some(id)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::replace;

    #[test]
    fn an_upgrade_keeps_its_place() {
        let mut content = json!({ "upgrades": [{ "id": "a" }, { "id": "b" }] });
        replace(&mut content, "a", Some(&json!({ "id": "a", "title": "A" })));
        replace(&mut content, "c", Some(&json!({ "id": "c" })));
        replace(&mut content, "b", None);
        assert_eq!(content, json!({ "upgrades": [{ "id": "a", "title": "A" }, { "id": "c" }] }));
        let mut empty = json!({});
        replace(&mut empty, "a", Some(&json!({ "id": "a" })));
        assert_eq!(empty, json!({ "upgrades": [{ "id": "a" }] }));
    }
}
