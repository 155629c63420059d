//! The store's site keys, held in the isolate.

use std::cell::RefCell;
use std::rc::Rc;

use worker::D1Database;

use crate::{
    clock,
    held::{Held, Next},
    problem::{self, Failure},
    site_key::SiteKey,
    store,
};

thread_local! {
    // As in `snapshots`: borrowed only between awaits.
    static KEYS: RefCell<Held<Vec<SiteKey>>> = const { RefCell::new(Held::nothing()) };
}

/// The site key called `name`. Asks the database at most every few seconds, see [`Held`].
///
/// # Errors
/// There is none, or the database fails before the keys were read once.
pub(crate) async fn find(database: &D1Database, name: &str) -> Result<SiteKey, Failure> {
    let keys = all(database).await?;
    let found = keys.iter().find(|key| key.name == name);
    Ok(found.cloned().ok_or_else(problem::unknown_site_key)?)
}

/// Says that keys may have changed.
pub(crate) fn doubt() {
    KEYS.with_borrow_mut(Held::doubt);
}

async fn all(database: &D1Database) -> Result<Rc<Vec<SiteKey>>, Failure> {
    let check = match KEYS.with_borrow_mut(|held| held.take(clock::now())) {
        Next::Use(keys) => return Ok(keys),
        Next::Check(check) => check,
    };
    match store::site_keys::list(database).await {
        Ok(keys) => {
            let keys = Rc::new(keys);
            KEYS.with_borrow_mut(|held| held.keep(&check, &keys, clock::now()));
            Ok(keys)
        }
        Err(error) => {
            worker::console_error!("the site keys could not be checked: {error}");
            check.fallback().ok_or_else(|| error.into())
        }
    }
}
