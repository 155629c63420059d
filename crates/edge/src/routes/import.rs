//! `POST /admin/api/import?dryRun=`: loads a whole store, all of it or nothing.
//!
//! The file replaces what the store had. Importing the same file again changes nothing that shows: the snapshot is named
//! by its content.

use std::collections::BTreeSet;

use calendar::Zone;
use pricing::model::{Discount, UsageLimit};
use serde::Serialize;
use serde_json::{Value, json};
use wire::{
    Fault,
    read::{self, StoreFile},
};
use worker::D1Database;

use crate::{
    answer,
    answer::Answer,
    body,
    call::Call,
    idempotency::{self, first_answer},
    nfkc::nfkc,
    problem::Failure,
    publishing::{self, Change},
    snapshots,
    store::{self, audit::Entry, calls, rows},
    switched,
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Imported {
    dry_run: bool,
    /// The name of the snapshot that the file makes.
    version: String,
    counts: Counts,
    /// The discounts in it that stay off, because they are stopped; in order.
    stopped: Vec<String>,
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

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&["dryRun"])?;
    let dry_run = call.query.flag("dryRun")?;
    let document = body::json(&mut call.request, body::MAXIMUM_OF_STORE).await?;
    let database = call.database()?;
    let store = call.store();
    let made = async || {
        let (file, stopped) = read(&call, &database, &document).await?;
        let rows = rows::of(&document, &file.snapshot);
        too_large(&rows)?;
        let version = file.snapshot.version.clone();
        let imported = Imported { dry_run, version, counts: Counts::of(&document), stopped };
        Ok::<_, Failure>((file, rows, imported))
    };
    if dry_run {
        let (_, _, imported) = made().await?;
        return answer::json(&imported);
    }
    let asked = idempotency::of(&call, &document)?;
    if let Some(first) = first_answer(&call, asked.as_ref()).await? {
        return Ok(answer::written(200, first));
    }
    let name = document.pointer("/store/name").and_then(Value::as_str);
    let imported = publishing::publish(&call, async |now| {
        let (file, rows, imported) = made().await?;
        let entry = Entry {
            actor: call.caller.name().to_owned(),
            action: "store.import",
            subject: store.to_string(),
            detail: json!({ "version": imported.version }),
        };
        let mut statements = store::import::write(&database, store, name, &file, rows, now)?;
        let told = serde_json::to_string(&imported)?;
        if let Some(asked) = &asked {
            let remember = calls::remember(&database, store, asked, store.as_str(), Some(&told), now);
            statements.extend(remember?);
        }
        Ok(Change { entry, statements, version: imported.version, told })
    });
    match imported.await {
        Ok(told) => Ok(answer::written(200, told)),
        // The same call at the same time may have been quicker.
        Err(failure) => {
            let first = first_answer(&call, asked.as_ref()).await?.ok_or(failure)?;
            Ok(answer::written(200, first))
        }
    }
}

/// Reads the file, the discounts that are stopped being off in it; with those it has.
async fn read(
    call: &Call,
    database: &D1Database,
    document: &Value,
) -> Result<(StoreFile, Vec<String>), Failure> {
    let mut stops = store::stops::list(database, call.store()).await?;
    let file = if stops.is_empty() {
        read::store_file(document, nfkc)?
    } else {
        let mut document = document.clone();
        switched::off(&mut document, &stops);
        read::store_file(&document, nfkc)?
    };
    known_zone(&file.snapshot.store.time_zone)?;
    let ids: BTreeSet<_> = file.snapshot.discounts.iter().map(|discount| discount.id.as_str()).collect();
    stops.retain(|stopped| ids.contains(stopped.as_str()));
    limits_kept(call, database, &file.snapshot.discounts).await?;
    Ok((file, stops.into_iter().collect()))
}

/// Refuses a limit per customer for a discount that had none: its uses may exceed it already (pricing-rules §4).
async fn limits_kept(call: &Call, database: &D1Database, discounts: &[Discount]) -> Result<(), Failure> {
    let before = snapshots::current_if_any(database, call.store()).await?;
    let Some(before) = before else { return Ok(()) };
    let unlimited: BTreeSet<_> = before
        .rules
        .iter()
        .filter(|rule| rule.discount.usage_limit == UsageLimit::Unlimited)
        .map(|rule| &rule.discount.id)
        .collect();
    let is_refused = |discount: &Discount| {
        matches!(discount.usage_limit, UsageLimit::PerCustomer { .. }) && unlimited.contains(&discount.id)
    };
    let faults: Vec<_> = discounts
        .iter()
        .enumerate()
        .filter(|(_, discount)| is_refused(discount))
        .map(|(at, _)| Fault {
            pointer: format!("/discounts/{at}/usageLimit"),
            code: "limitCannotBegin",
            detail: "customers may have used it more often already: make a new discount with the limit"
                .to_owned(),
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
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
