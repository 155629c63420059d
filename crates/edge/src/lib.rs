//! The Worker: the pricing engine behind HTTP, with the store in D1.
//!
//! One URL is one file in [`routes`]. What a handler needs comes to it as a [`call::Call`]; what can go wrong is a
//! [`problem::Failure`], and every answer leaves through [`answer`]. Nothing here computes a price.

#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "natively only the parts without a runtime are used, by tests")
)]

mod admin;
mod answer;
mod body;
mod call;
mod clock;
mod compiled;
mod cors;
mod held;
mod nfkc;
mod problem;
mod projection;
mod query;
mod routes;
mod site_key;
mod site_keys;
mod snapshots;
mod store;

use worker::{Context, Env, Request, Response, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    routes::answer(request, env).await
}
