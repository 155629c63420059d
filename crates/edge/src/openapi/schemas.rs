//! The schemas of the document, one topic a file.

mod administration;
mod cart;
mod discount;
mod keys;
mod mail;
mod order;
mod quote;
mod scalar;
mod store;
mod upgrade;
mod webhook;

use serde_json::{Map, Value};

/// Every schema by its name.
pub(super) fn schemas() -> Value {
    let all = [
        scalar::schemas(),
        cart::schemas(),
        quote::schemas(),
        order::schemas(),
        discount::schemas(),
        store::schemas(),
        upgrade::schemas(),
        administration::schemas(),
        keys::schemas(),
        mail::schemas(),
        webhook::schemas(),
    ];
    all.into_iter()
        .flatten()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect::<Map<_, Value>>()
        .into()
}
