//! Every store's site keys, held in the isolate.

use std::rc::Rc;

use worker::Env;

use crate::{
    held::{self, Shelf},
    problem::{self, Failure},
    site_key::SiteKey,
    store,
};

thread_local! {
    static KEYS: Shelf<Vec<SiteKey>> = const { Shelf::new(std::collections::BTreeMap::new()) };
}

/// All are held as one.
const NAME: &str = "the site keys";

/// The site key called `name`. Asks the database at most every few seconds.
///
/// # Errors
/// There is none, or the database fails before the keys were read once.
pub(crate) async fn find(env: &Env, name: &str) -> Result<SiteKey, Failure> {
    let read = async |_| Ok(Rc::new(store::site_keys::list(&store::database(env)?).await?));
    let keys = held::get(&KEYS, NAME, read).await?;
    let found = keys.iter().find(|key| key.name == name);
    Ok(found.cloned().ok_or_else(problem::unknown_site_key)?)
}

/// Says that keys may have changed.
pub(crate) fn doubt() {
    held::doubt(&KEYS, NAME);
}
