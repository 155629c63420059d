//! The snapshots that price: compiled once for each version and isolate.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use worker::D1Database;

use crate::{
    compiled::Compiled,
    held::{self, Shelf},
    problem::{self, Failure},
    store,
    store_id::StoreId,
};

thread_local! {
    static CURRENT: Shelf<Compiled> = const { Shelf::new(BTreeMap::new()) };
    // Those that quotes still name, the latest used last. They never change, so they are never checked.
    static EARLIER: RefCell<VecDeque<(StoreId, Rc<Compiled>)>> = const { RefCell::new(VecDeque::new()) };
}

/// How many earlier snapshots an isolate keeps: a quote is good for 15 minutes, and rules seldom change oftener than
/// every few.
const MAXIMUM_EARLIER: usize = 3;

/// The snapshot that prices now. Asks the database at most every few seconds.
///
/// # Errors
/// Nothing has been imported yet, or the database fails before the first snapshot was read.
pub(crate) async fn current(database: &D1Database, store: &StoreId) -> Result<Rc<Compiled>, Failure> {
    held::get(&CURRENT, store.as_str(), async |held| found(database, store, held).await).await
}

/// The snapshot that prices now; none before the first import.
///
/// # Errors
/// The database fails.
pub(crate) async fn current_if_any(
    database: &D1Database,
    store: &StoreId,
) -> Result<Option<Rc<Compiled>>, Failure> {
    match current(database, store).await {
        Ok(compiled) => Ok(Some(compiled)),
        Err(Failure::Told(problem)) if problem.code == problem::no_snapshot().code => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The snapshot of this version: that which a quote names.
///
/// # Errors
/// The store never had it, or the database fails.
pub(crate) async fn named(
    database: &D1Database,
    store: &StoreId,
    version: &str,
) -> Result<Rc<Compiled>, Failure> {
    let current = current(database, store).await?;
    if current.engine.version() == version {
        return Ok(current);
    }
    if let Some(earlier) = EARLIER.with_borrow(|earlier| kept(earlier, store, version)) {
        return Ok(earlier);
    }
    let compiled = Rc::new(compile(database, store, version, None).await?);
    EARLIER.with_borrow_mut(|earlier| {
        earlier.push_back((store.clone(), Rc::clone(&compiled)));
        if earlier.len() > MAXIMUM_EARLIER {
            earlier.pop_front();
        }
    });
    Ok(compiled)
}

/// Says that another snapshot may be current from now on.
pub(crate) fn doubt(store: &StoreId) {
    held::doubt(&CURRENT, store.as_str());
}

fn kept(earlier: &VecDeque<(StoreId, Rc<Compiled>)>, store: &StoreId, version: &str) -> Option<Rc<Compiled>> {
    let is_named =
        |(owner, compiled): &&(StoreId, Rc<Compiled>)| owner == store && compiled.engine.version() == version;
    earlier.iter().find(is_named).map(|(_, compiled)| Rc::clone(compiled))
}

/// What the database says is current, compiled unless it is what was held.
async fn found(
    database: &D1Database,
    store: &StoreId,
    held: Option<Rc<Compiled>>,
) -> Result<Rc<Compiled>, Failure> {
    let current = store::snapshots::current(database, store).await?.ok_or_else(problem::no_snapshot)?;
    let is_current =
        |held: &Rc<Compiled>| held.engine.version() == current.snapshot_version && held.name == current.name;
    match held.filter(is_current) {
        Some(held) => Ok(held),
        None => Ok(Rc::new(compile(database, store, &current.snapshot_version, current.name).await?)),
    }
}

async fn compile(
    database: &D1Database,
    store: &StoreId,
    version: &str,
    name: Option<String>,
) -> Result<Compiled, Failure> {
    let text = store::snapshots::content(database, store, version).await?;
    let content = serde_json::from_str(&text)?;
    drop(text);
    Compiled::new(&content, name).map_err(|faults| {
        Failure::Internal(format!(
            "snapshot {version} has {} faults, the first {:?}",
            faults.len(),
            faults.first()
        ))
    })
}
