//! `/admin/api/site-keys/{key}`: sets which origins may use a site key, makes the key if there is none, or takes it away.

use serde::Serialize;
use serde_json::{Value, json};
use wire::{
    Fault,
    read::{self, Node},
};
use worker::D1PreparedStatement;

use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    problem::{self, Failure},
    site_key::{SiteKey, is_key, is_origin},
    site_keys, store,
};

/// A site key as it is answered.
#[derive(Debug, Serialize)]
pub(super) struct SiteKeyFacts<'a> {
    key: &'a str,
    /// In order, each once.
    origins: &'a [String],
}

impl<'a> SiteKeyFacts<'a> {
    pub(super) fn of(key: &'a SiteKey) -> Self {
        Self { key: &key.name, origins: &key.origins }
    }
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    if !is_key(&call.item) {
        let detail = "a site key is `pk_` and 3 to 64 letters, digits and `_`";
        return Err(problem::fault("", "invalidSiteKey", detail).into());
    }
    let document = call.json().await?;
    let key = SiteKey { store: call.store().clone(), origins: origins(&document)?, name: call.item.clone() };
    let database = call.database()?;
    // A request says nothing but its key, so no two stores share one.
    if store::site_keys::list(&database)
        .await?
        .iter()
        .any(|known| known.name == key.name && known.store != key.store)
    {
        return Err(problem::site_key_taken().into());
    }
    let changes = store::site_keys::put(&database, &key, clock::now())?;
    change(&call, "siteKey.put", json!({ "origins": key.origins }), changes).await?;
    answer::json(&SiteKeyFacts::of(&key))
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let database = call.database()?;
    let keys = store::site_keys::list(&database).await?;
    if !keys.iter().any(|key| key.name == call.item && key.store == *call.store()) {
        return Err(problem::not_found().into());
    }
    let changes = store::site_keys::delete(&database, call.store(), &call.item)?;
    change(&call, "siteKey.delete", json!({}), changes).await?;
    Ok(answer::nothing(204))
}

async fn change(
    call: &Call,
    action: &'static str,
    detail: Value,
    changes: Vec<D1PreparedStatement>,
) -> Result<(), Failure> {
    let written = call.write(action, &call.item, detail, changes).await;
    // Also when it failed: it may have been written and the answer lost.
    site_keys::doubt();
    written
}

fn origins(document: &Value) -> Result<Vec<String>, Vec<Fault>> {
    let mut origins = read::read(document, |node| {
        node.object(|fields| {
            fields.required("origins", |node| node.list(origin).and_then(|all| few(node, all)))
        })
    })?;
    origins.sort();
    origins.dedup();
    Ok(origins)
}

fn origin(node: Node<'_, '_>) -> Option<String> {
    match node.string()? {
        text if is_origin(text) => Some(text.to_owned()),
        _ => node.refuse(
            "invalidOrigin",
            "an origin is written as browsers send it, such as `https://shop.example`: lower case, no path, no \
             wildcard, the port only where it is not the scheme's own",
        ),
    }
}

fn few(node: Node<'_, '_>, origins: Vec<String>) -> Option<Vec<String>> {
    if origins.len() > SiteKey::MAXIMUM_ORIGINS {
        let detail = format!("a site key has at most {} origins", SiteKey::MAXIMUM_ORIGINS);
        return node.refuse("tooManyOrigins", detail);
    }
    Some(origins)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::origins;

    #[test]
    fn origins_are_sorted_and_told_once() {
        let body = json!({ "origins": ["https://b.example", "https://a.example", "https://b.example"] });
        assert_eq!(origins(&body), Ok(vec!["https://a.example".to_owned(), "https://b.example".to_owned()]));
        assert_eq!(origins(&json!({ "origins": [] })), Ok(Vec::new()));
    }

    #[test]
    fn each_fault_has_its_place() {
        let body = json!({ "origins": ["https://a.example/", 1, "https://b.example", "*"], "key": "pk_abc" });
        let faults = origins(&body).expect_err("faults");
        let places: Vec<_> = faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect();
        let expected = [
            ("/origins/0", "invalidOrigin"),
            ("/origins/1", "wrongType"),
            ("/origins/3", "invalidOrigin"),
            ("/key", "unknownField"),
        ];
        assert_eq!(places, expected);
        let many: Vec<_> = (0..51).map(|at| format!("https://{at}.example")).collect();
        let faults = origins(&json!({ "origins": many })).expect_err("faults");
        assert_eq!(faults.first().map(|fault| fault.code), Some("tooManyOrigins"));
    }
}
