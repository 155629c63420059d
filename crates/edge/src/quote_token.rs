//! A quote as the edge has signed it: `q1.<key>.<payload>.<signature>`.
//!
//! It holds the whole cart, who is buying, and what the price was found by, so that the same price can be found again:
//! the snapshot, the moment, and which discounts applied. It is good for one order of one store, for 15 minutes.

use pricing::model::{Cart, Instant};
use seal::{Keyring, Kind};
use serde::Serialize;
use serde_json::Value;
use wire::{Problem, Quote, format_instant, parse_instant, read};

use crate::{problem, store_id::StoreId};

/// How long a quoted price is honoured, in milliseconds.
pub(crate) const GOOD_FOR_MILLIS: i64 = 15 * 60 * 1000;

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedQuote {
    /// The snapshot that priced.
    pub(crate) version: String,
    /// The moment it was priced at.
    pub(crate) as_of: Instant,
    /// What was priced, and for whom.
    pub(crate) cart: Cart,
    /// The discounts that applied.
    pub(crate) applied: Vec<String>,
    /// The total, as contract v1 writes it.
    pub(crate) total: String,
}

/// The same as a token has it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'a> {
    nonce: &'a str,
    snapshot: &'a str,
    as_of: &'a str,
    cart: wire::Cart<'a>,
    applied: Vec<&'a str>,
    total: &'a str,
}

/// When a quote of `as_of` is good no longer.
pub(crate) fn expiry(as_of: Instant) -> Instant {
    Instant::from_millis(as_of.millis().saturating_add(GOOD_FOR_MILLIS))
}

/// Signs the quote of a cart. `nonce` is in no other quote's token: of two shoppers with the same cart at the same moment,
/// each has one to be sold by.
///
/// # Errors
/// It can't be written.
pub(crate) fn seal(
    keyring: &Keyring,
    store: &StoreId,
    cart: &Cart,
    quote: &Quote,
    nonce: &str,
) -> serde_json::Result<String> {
    let payload = Payload {
        nonce,
        snapshot: &quote.snapshot_version,
        as_of: &quote.as_of,
        cart: cart.into(),
        applied: quote.applied.iter().map(|applied| applied.discount.as_str()).collect(),
        total: &quote.total,
    };
    let payload = serde_json::to_vec(&payload)?;
    let (key, secret) = keyring.signer(&purpose(store));
    Ok(seal::seal(Kind::Quote, key, &secret, &payload))
}

/// Reads a token.
///
/// # Errors
/// It was not signed here for this store, or was changed since (`invalidQuote`), or is over (`quoteExpired`).
pub(crate) fn open(
    keyring: &Keyring,
    store: &StoreId,
    token: &str,
    now: Instant,
) -> Result<SignedQuote, Problem> {
    let purpose = purpose(store);
    let secrets = |id: &str| keyring.secret(id, &purpose).into_iter().collect::<Vec<_>>();
    let (_, payload) = seal::open(Kind::Quote, token, secrets).map_err(|_| problem::invalid_quote())?;
    let quote = read(&payload).ok_or_else(problem::invalid_quote)?;
    if now >= expiry(quote.as_of) { Err(problem::quote_expired()) } else { Ok(quote) }
}

/// A secret of each store's own: a quote of one is nothing to another.
fn purpose(store: &StoreId) -> String {
    format!("quote/{store}")
}

fn read(payload: &[u8]) -> Option<SignedQuote> {
    let document: Value = serde_json::from_slice(payload).ok()?;
    let text = |key: &str| document.get(key)?.as_str();
    // Codes are in their compared form already.
    let cart = read::read(document.get("cart")?, |node| read::cart(node, str::to_owned)).ok()?;
    let applied = document.get("applied")?.as_array()?;
    Some(SignedQuote {
        version: text("snapshot")?.to_owned(),
        as_of: parse_instant(text("asOf")?)?,
        cart,
        applied: applied.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        total: text("total")?.to_owned(),
    })
}

/// When it ends, for people.
pub(crate) fn expires_at(quote: &Quote) -> String {
    parse_instant(&quote.as_of).map(|as_of| format_instant(expiry(as_of))).unwrap_or_default()
}
