//! The demo shop's own server: what any shop's server does at its checkout, and nothing that only Farthing could.
//!
//! It holds the server key. The page sends it the signed quote; it reserves the order under the page's reference, takes a
//! payment that is only played, commits or releases, and gives money back when the shopper calls the order off. Whatever is
//! asked twice happens once, because every call names the order by its reference. Everything that is not the shop's own is
//! handed on to the edge, which also serves the pages.

#![cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "natively only the parts without a runtime are used, by tests")
)]

mod answer;
mod customers;
mod farthing;
mod orders;
mod session;

use worker::{Context, Env, Request, Response, Result, event};

/// Where the shop's own server is asked; all else is the edge's.
const OWN: &str = "/demo/api/";

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let path = request.path();
    match path.strip_prefix(OWN) {
        Some(own) => shop(own, request, &env).await,
        None => env.service("EDGE")?.fetch_request(request).await,
    }
}

async fn shop(path: &str, request: Request, env: &Env) -> Result<Response> {
    let method = request.inner().method();
    let parts: Vec<&str> = path.split('/').collect();
    match (method.as_str(), parts.as_slice()) {
        ("GET", ["session"]) => session::get(&request, env).await,
        ("PUT", ["session"]) => session::put(request, env).await,
        ("POST", ["orders"]) => orders::reserve(request, env).await,
        ("GET", ["orders", reference]) => orders::get(reference, env).await,
        ("POST", ["orders", reference, "pay"]) => orders::pay(reference, request, env).await,
        ("POST", ["orders", reference, "leave"]) => orders::leave(reference, env).await,
        ("POST", ["orders", reference, "cancel"]) => orders::cancel(reference, env).await,
        _ => answer::problem(404, "notFound", "The shop's server has no such address"),
    }
}
