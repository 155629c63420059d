//! The secrets that this deployment signs with.

use std::cell::RefCell;
use std::rc::Rc;

use seal::Keyring;
use worker::Env;

use crate::problem::{self, Failure};

const SECRET: &str = "SIGNING_KEYS";

thread_local! {
    // A secret never changes while an isolate lives: a deployment starts new ones.
    static KEYRING: RefCell<Option<Rc<Keyring>>> = const { RefCell::new(None) };
}

/// The keyring of `SIGNING_KEYS`.
///
/// # Errors
/// `notConfigured`: there is none, or it is a sample's.
pub(crate) fn keyring(env: &Env) -> Result<Rc<Keyring>, Failure> {
    if let Some(keyring) = KEYRING.with_borrow(Clone::clone) {
        return Ok(keyring);
    }
    let text = env.secret(SECRET).map(|secret| secret.to_string()).unwrap_or_default();
    let keyring = Keyring::parse(&text).map_err(|error| problem::signing_not_configured(&error))?;
    let keyring = Rc::new(keyring);
    KEYRING.with_borrow_mut(|held| *held = Some(Rc::clone(&keyring)));
    Ok(keyring)
}
