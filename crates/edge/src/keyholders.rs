//! Who calls with a secret: the deployment's own admin token, staff's tokens, and servers' keys.

use sha2::{Digest as _, Sha256};
use wire::Problem;
use worker::{Env, Headers};

use crate::{
    caller::{Caller, Who},
    credential::{Holder, Role, bearer},
    credentials,
    problem::{self, Failure},
    query::Query,
    store_id::StoreId,
};

const SECRET: &str = "ADMIN_TOKEN";

/// The deployment's own token, as the audit knows it.
const DEPLOYMENT: &str = "owner";

/// Shorter is guessed, or was never changed from a sample.
const MINIMUM_LENGTH: usize = 16;

/// The staff who call: with the deployment's token, which owns every store and says which one by `?store=`, or with one
/// of a store's own.
///
/// # Errors
/// No token is set up, or the request has none or another.
pub(crate) async fn staff(headers: &Headers, env: &Env, query: &Query) -> Result<Caller, Failure> {
    let secret = env.secret(SECRET).ok().map(|secret| secret.to_string());
    let secret = secret
        .filter(|secret| seal::is_secret(secret, MINIMUM_LENGTH))
        .ok_or_else(problem::not_configured)?;
    let presented = headers.get("Authorization")?;
    let token = presented.as_deref().and_then(bearer).ok_or_else(problem::unauthorized)?;
    if is_same(token, &secret) {
        return Ok(Caller {
            store: named_store(query)?,
            who: Who::Staff(DEPLOYMENT.to_owned(), Role::Owner),
        });
    }
    let found = credentials::find(env, token).await?.ok_or_else(problem::unauthorized)?;
    match found.holder {
        Holder::Staff(role) if query.one("store")?.is_none_or(|store| store == found.store.as_str()) => {
            Ok(Caller { store: found.store, who: Who::Staff(found.id, role) })
        }
        _ => Err(problem::unauthorized().into()),
    }
}

/// The server that calls, by its key.
///
/// # Errors
/// The request has no key, or another.
pub(crate) async fn server(headers: &Headers, env: &Env) -> Result<Caller, Failure> {
    let presented = headers.get("Authorization")?;
    let key = presented.as_deref().and_then(bearer).ok_or_else(problem::unknown_server_key)?;
    let found = credentials::find(env, key).await?.ok_or_else(problem::unknown_server_key)?;
    match found.holder {
        Holder::Server => Ok(Caller { store: found.store, who: Who::Server(found.id) }),
        Holder::Staff(_) => Err(problem::unknown_server_key().into()),
    }
}

fn named_store(query: &Query) -> Result<StoreId, Problem> {
    let Some(name) = query.one("store")? else { return Ok(StoreId::default_store()) };
    StoreId::new(name).ok_or_else(|| {
        problem::fault(
            "/store",
            "invalidStore",
            "a store is named by 1 to 40 lower-case letters, digits and `-`",
        )
    })
}

/// Compares hashes, all of them to the end: how long it takes tells nothing about the secret, its length included.
fn is_same(token: &str, secret: &str) -> bool {
    let (token, secret) = (Sha256::digest(token), Sha256::digest(secret));
    token.iter().zip(secret.iter()).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::{MINIMUM_LENGTH, is_same};

    #[test]
    fn only_the_same_is_the_same() {
        assert!(is_same("0123456789abcdef", "0123456789abcdef"));
        for other in ["", "0123456789abcdeF", "0123456789abcde", "0123456789abcdef0"] {
            assert!(!is_same(other, "0123456789abcdef"), "{other}");
        }
    }

    #[test]
    fn a_sample_is_no_secret() {
        assert!(seal::is_secret("0123456789abcdef", MINIMUM_LENGTH));
        for value in ["", "   ", "secret", "change-me-to-something-long", "your-admin-token-here"] {
            assert!(!seal::is_secret(value, MINIMUM_LENGTH), "{value}");
        }
    }
}
