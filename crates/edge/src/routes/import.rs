//! `POST /admin/api/import?dryRun=`: loads a whole store, all of it or nothing.
//!
//! The file replaces what the store had. Importing the same file again changes nothing that shows: the snapshot is named
//! by its content.

use calendar::Zone;
use serde::Serialize;
use serde_json::Value;
use wire::{Fault, read};
use worker::Response;

use crate::{
    answer, body,
    call::Call,
    clock,
    nfkc::nfkc,
    problem::Failure,
    snapshots,
    store::{self, rows},
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Imported<'a> {
    dry_run: bool,
    /// The name of the snapshot that the file makes.
    version: &'a str,
    counts: Counts,
}

/// How many of each the file has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    departments: usize,
    collections: usize,
    products: usize,
    shipping_services: usize,
    discounts: usize,
    promotion_sets: usize,
    upgrades: usize,
}

impl Counts {
    fn of(document: &Value) -> Self {
        let count = |key: &str| document.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        Self {
            departments: count("departments"),
            collections: count("collections"),
            products: count("products"),
            shipping_services: count("shippingServices"),
            discounts: count("discounts"),
            promotion_sets: count("promotionSets"),
            upgrades: count("upgrades"),
        }
    }
}

pub(super) async fn post(mut call: Call) -> Result<Response, Failure> {
    call.query.only(&["dryRun"])?;
    let dry_run = call.query.flag("dryRun")?;
    let document = body::json(&mut call.request, body::MAXIMUM_OF_STORE).await?;
    let file = read::store_file(&document, nfkc)?;
    known_zone(&file.snapshot.store.time_zone)?;
    let rows = rows::of(&document, &file.snapshot);
    too_large(&rows)?;
    if !dry_run {
        let written = store::import::write(&call.database()?, &document, &file, rows, clock::now()).await;
        // Also when it failed: it may have been written and the answer lost.
        snapshots::doubt();
        written?;
    }
    answer::json(&Imported { dry_run, version: &file.snapshot.version, counts: Counts::of(&document) })
}

/// Refuses a store whose days nobody can tell.
fn known_zone(name: &str) -> Result<(), Vec<Fault>> {
    let fault = |detail| Fault { pointer: "/store/timeZone".to_owned(), code: "unknownTimeZone", detail };
    Zone::named(name).map(drop).map_err(|error| vec![fault(error.to_string())])
}

/// Refuses what fits the contract but no row of the database.
fn too_large(rows: &rows::Rows) -> Result<(), Vec<Fault>> {
    let faults: Vec<_> = rows
        .too_large()
        .map(|pointer| Fault {
            pointer,
            code: "itemTooLarge",
            detail: format!("one item can be at most {} bytes of JSON", rows::MAXIMUM),
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
