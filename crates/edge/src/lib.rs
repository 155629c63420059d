//! The Worker: the pricing engine behind HTTP, with the store in D1.
//!
//! One URL is one file in [`routes`]. What a handler needs comes to it as a [`call::Call`]; what can go wrong is a
//! [`problem::Failure`], and every answer leaves through [`answer`]. Nothing here computes a price.

#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "natively only the parts without a runtime are used, by tests")
)]

mod answer;
mod beside;
mod body;
mod buyer_name;
mod call;
mod caller;
mod campaign;
mod clock;
mod compiled;
mod cors;
mod credential;
mod credentials;
mod customer_token;
mod customers;
mod digest;
mod email;
mod form;
mod granted;
mod held;
mod idempotency;
mod keyholders;
mod ledgers;
mod letters;
mod mail;
mod mail_settings;
mod nfkc;
mod objects;
mod offer_events;
mod offer_tokens;
mod offers;
mod openapi;
mod order_book;
mod order_json;
mod page;
mod page_of;
mod problem;
mod projection;
mod publishing;
mod query;
mod quote_token;
mod random;
mod revision;
mod routes;
mod shown_money;
mod signing;
mod site_key;
mod site_keys;
mod snapshots;
mod store;
mod store_id;
mod switched;
mod throttle;
mod update_letters;

use worker::{Context, Env, Request, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<answer::Answer> {
    routes::answer(request, env).await
}
