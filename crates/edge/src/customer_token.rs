//! Who is shopping, as the shop has signed it: `c1.<server key>.<payload>.<signature>`.
//!
//! The payload is JSON: `id`, `email`, `clubs` and `tags` of a customer, each as in a cart, and `expiresAt`, at most an
//! hour ahead. The edge makes one for a server that asks; a server can make it itself, as it has the secret.

use pricing::model::{Customer, Instant};
use seal::{Keyring, Kind};
use serde_json::{Map, Value};
use wire::{Problem, format_instant, read};
use worker::Env;

use crate::{
    call::Call,
    clock,
    credential::{Credential, Holder},
    credentials, customers, email,
    problem::{self, Failure},
    signing,
    store_id::StoreId,
};

/// The longest a token is good for, in seconds.
pub(crate) const MAXIMUM_SECONDS: i64 = 60 * 60;

/// How much later than ours a shop's clock may be, in seconds.
const TOLERANCE_SECONDS: i64 = 60;

/// What is said of a token that never ends.
const NO_END: &str = "`expiresAt` is not an RFC 3339 instant in UTC such as \"2026-01-15T12:00:00Z\"";

/// Signs `customer`, a customer of contract v1, for so long as its `expiresAt` says.
pub(crate) fn seal(
    keyring: &Keyring,
    credential: &Credential,
    customer: &Value,
    expires_at: Instant,
) -> String {
    let mut payload = customer.as_object().cloned().unwrap_or_default();
    payload.insert("expiresAt".to_owned(), format_instant(expires_at).into());
    let purpose = credential.customer_purpose(credential.generation);
    let secret = keyring.texts("cs_", &purpose).next().unwrap_or_default();
    seal::seal(
        Kind::Customer,
        &credential.id,
        secret.as_bytes(),
        Value::Object(payload).to_string().as_bytes(),
    )
}

/// The customer that a page's token names, with the clubs and tags that the store knows of; a guest where there is none.
///
/// # Errors
/// The token is not one of this store's servers', or is over.
pub(crate) async fn customer(call: &Call, token: Option<&str>) -> Result<Customer, Failure> {
    let Some(token) = token else { return Ok(Customer::default()) };
    let database = call.database()?;
    let keyring = signing::keyring(&call.env)?;
    let customer = open(&call.env, call.store(), &keyring, token, clock::now()).await?;
    customers::known(&database, call.store(), customer).await
}

async fn open(
    env: &Env,
    store: &StoreId,
    keyring: &Keyring,
    token: &str,
    now: Instant,
) -> Result<Customer, Failure> {
    let credentials = credentials::all(env).await?;
    let opened = seal::open(Kind::Customer, token, |id| secrets(&credentials, store, keyring, id, now));
    let (_, payload) = opened.map_err(|_| problem::invalid_customer_token())?;
    Ok(read(&payload, now)?)
}

/// Every secret that this server key's tokens may be signed with.
fn secrets(
    credentials: &[Credential],
    store: &StoreId,
    keyring: &Keyring,
    id: &str,
    now: Instant,
) -> Vec<String> {
    let is_its = |credential: &&Credential| {
        credential.id == id && credential.store == *store && credential.holder == Holder::Server
    };
    let Some(credential) = credentials.iter().find(is_its) else { return Vec::new() };
    let purposes = credential.generations(now).map(|generation| credential.customer_purpose(generation));
    purposes.flat_map(|purpose| keyring.texts("cs_", &purpose).collect::<Vec<_>>()).collect()
}

/// What a signed payload says. Only the shop can have signed it, so it is told what is wrong with it.
fn read(payload: &[u8], now: Instant) -> Result<Customer, Problem> {
    let document: Option<Map<String, Value>> = serde_json::from_slice(payload).ok();
    let mut document = document.ok_or_else(|| problem::unreadable_customer("it is no JSON object"))?;
    let expires_at = document.remove("expiresAt");
    let expires_at = expires_at.as_ref().and_then(Value::as_str).and_then(wire::parse_instant);
    let expires_at = expires_at.ok_or_else(|| problem::unreadable_customer(NO_END))?;
    let seconds_left = expires_at.millis().saturating_sub(now.millis()).div_euclid(1000);
    if seconds_left < 0 || expires_at.millis() <= now.millis() {
        return Err(problem::customer_token_expired());
    }
    if seconds_left > MAXIMUM_SECONDS.saturating_add(TOLERANCE_SECONDS) {
        let detail = format!("`expiresAt` is more than {MAXIMUM_SECONDS} seconds ahead");
        return Err(problem::unreadable_customer(&detail));
    }
    let mut customer = Value::Object(document);
    let unreadable = |fault| problem::unreadable_customer(&Problem::invalid(vec![fault]).detail);
    if let Some(fault) = email::spell(&mut customer, "") {
        return Err(unreadable(fault));
    }
    let read = read::read(&customer, read::customer);
    read.map_err(|faults| faults.into_iter().next().map_or_else(problem::invalid_customer_token, unreadable))
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;
    use serde_json::{Value, json};

    use super::read;

    const NOW: i64 = 1_700_000_000_000;

    fn code(payload: &Value) -> Option<&'static str> {
        read(payload.to_string().as_bytes(), Instant::from_millis(NOW)).err().map(|problem| problem.code)
    }

    fn until(millis: i64) -> Value {
        json!({ "id": "c-9", "expiresAt": wire::format_instant(Instant::from_millis(millis)) })
    }

    #[test]
    fn a_token_is_good_until_its_end_and_for_an_hour_at_most() {
        assert_eq!(code(&until(NOW + 1)), None);
        assert_eq!(code(&until(NOW)), Some("customerTokenExpired"));
        assert_eq!(code(&until(NOW - 1)), Some("customerTokenExpired"));
        assert_eq!(code(&until(NOW + 3_660_000)), None);
        assert_eq!(code(&until(NOW + 3_661_000)), Some("invalidCustomerToken"));
    }

    #[test]
    fn what_is_no_customer_is_refused() {
        for payload in [json!([]), json!({}), json!({ "id": "c", "expiresAt": 5 }), json!("x")] {
            assert_eq!(code(&payload), Some("invalidCustomerToken"), "{payload}");
        }
        let mut more = until(NOW + 1000);
        more["price"] = "1.00".into();
        assert_eq!(code(&more), Some("invalidCustomerToken"));
    }

    #[test]
    fn the_customer_is_as_the_shop_says() {
        let payload = json!({ "id": "c-9", "email": "A@Example.com", "clubs": ["gold"], "tags": ["vip"],
                              "expiresAt": wire::format_instant(Instant::from_millis(NOW + 1000)) });
        let customer = read(payload.to_string().as_bytes(), Instant::from_millis(NOW)).expect("a customer");
        assert_eq!(customer.email.as_deref(), Some("a@example.com"));
        assert_eq!((customer.clubs.len(), customer.tags.len()), (1, 1));
    }
}
