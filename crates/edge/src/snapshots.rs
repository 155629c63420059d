//! The snapshot that prices now, compiled once for each version and isolate.

use std::cell::RefCell;
use std::rc::Rc;

use worker::D1Database;

use crate::{
    clock,
    compiled::Compiled,
    held::{Check, Held, Next},
    problem::{self, Failure},
    store,
};

thread_local! {
    // An isolate is one thread. Borrowed only between awaits, so that no two requests ever hold it at once.
    static CURRENT: RefCell<Held<Compiled>> = const { RefCell::new(Held::nothing()) };
}

/// The snapshot that prices now. Asks the database at most every few seconds, see [`Held`].
///
/// # Errors
/// Nothing has been imported yet, or the database fails before the first snapshot was read.
pub(crate) async fn current(database: &D1Database) -> Result<Rc<Compiled>, Failure> {
    let check = match CURRENT.with_borrow_mut(|held| held.take(clock::now())) {
        Next::Use(compiled) => return Ok(compiled),
        Next::Check(check) => check,
    };
    match found(database, &check).await {
        Ok(compiled) => {
            CURRENT.with_borrow_mut(|held| held.keep(&check, &compiled, clock::now()));
            Ok(compiled)
        }
        // A price of the rules last known is better than none, and names them.
        Err(Failure::Internal(cause)) => match check.fallback() {
            Some(compiled) => {
                worker::console_error!("the snapshot could not be checked: {cause}");
                Ok(compiled)
            }
            None => Err(Failure::Internal(cause)),
        },
        Err(told) => Err(told),
    }
}

/// Says that another snapshot may be current from now on.
pub(crate) fn doubt() {
    CURRENT.with_borrow_mut(Held::doubt);
}

/// What the database says is current, compiled unless it is what was held.
async fn found(database: &D1Database, check: &Check<Compiled>) -> Result<Rc<Compiled>, Failure> {
    let current = store::snapshots::current(database).await?.ok_or_else(problem::no_snapshot)?;
    let is_current =
        |held: &&Rc<Compiled>| held.engine.version() == current.snapshot_version && held.name == current.name;
    if let Some(held) = check.held.as_ref().filter(is_current) {
        return Ok(Rc::clone(held));
    }
    let text = store::snapshots::content(database, &current.snapshot_version).await?;
    let content = serde_json::from_str(&text)?;
    drop(text);
    let compiled = Compiled::new(&content, current.name).map_err(|faults| {
        let version = current.snapshot_version;
        Failure::Internal(format!(
            "snapshot {version} has {} faults, the first {:?}",
            faults.len(),
            faults.first()
        ))
    })?;
    Ok(Rc::new(compiled))
}
