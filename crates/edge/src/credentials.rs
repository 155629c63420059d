//! The credentials of servers and staff, held in the isolate.

use std::rc::Rc;

use worker::Env;

use crate::{
    clock,
    credential::Credential,
    held::{self, Shelf},
    problem::Failure,
    store,
};

thread_local! {
    static CREDENTIALS: Shelf<Vec<Credential>> = const { Shelf::new(std::collections::BTreeMap::new()) };
}

/// All are held as one.
const NAME: &str = "the credentials";

/// The credential whose secret this is. Asks the database at most every few seconds.
///
/// Found by its hash, so that how long it takes tells nothing about any secret.
///
/// # Errors
/// The database fails before the credentials were read once.
pub(crate) async fn find(env: &Env, secret: &str) -> Result<Option<Credential>, Failure> {
    let (hash, now) = (seal::hash(secret), clock::now());
    let is_prefixed = |credential: &&Credential| secret.starts_with(credential.holder.prefix());
    let all = all(env).await?;
    Ok(all.iter().filter(is_prefixed).find(|credential| credential.is_opened_by(&hash, now)).cloned())
}

/// Every credential of every store.
///
/// # Errors
/// As [`find`].
pub(crate) async fn all(env: &Env) -> Result<Rc<Vec<Credential>>, Failure> {
    let read = async |_| Ok(Rc::new(store::credentials::list(&store::database(env)?).await?));
    held::get(&CREDENTIALS, NAME, read).await
}

/// Says that credentials may have changed.
pub(crate) fn doubt() {
    held::doubt(&CREDENTIALS, NAME);
}
