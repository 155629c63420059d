//! Every address of the API: one table, one file each.

mod admin_tokens;
mod audit;
mod confirm;
mod coupon_check;
mod customer;
mod customer_token;
mod customers;
mod discount_stop;
mod discounts;
mod health;
mod import;
mod mail;
mod offer_links;
mod offer_session;
mod openapi;
mod order;
mod order_list;
mod orders;
mod outbox;
mod past_orders;
mod products;
mod quotes;
mod secrets;
mod server_keys;
mod simulate;
mod site_key;
mod site_keys;
mod snapshot;
pub(crate) mod table;
mod unsubscribe;
mod update;
mod updates;
mod upgrade;
mod upgrades;
mod webhook;
mod webhooks;

use worker::{Env, Request};

use crate::{
    answer::{self, Answer},
    call::Call,
    caller::{Access, Caller, Who},
    cors, keyholders,
    problem::{self, Failure},
    query::Query,
    revision, site_keys as keys,
};
use table::{Found, Route};

/// Answers a request, whatever it is.
pub(crate) async fn answer(request: Request, env: Env) -> worker::Result<Answer> {
    let path = request.path();
    let Some(found) = table::find(&path) else { return Ok(answer::problem(&problem::no_route())?) };
    let mut origin = None;
    let outcome = admit(&found, request, env, &mut origin).await;
    let mut answer = outcome.or_else(Failure::answer)?;
    if found.route.is_for_pages() {
        answer = cors::expose(answer, origin);
    }
    if answer.status == 405 {
        answer = answer.with("Allow", found.route.allowed());
    }
    Ok(answer)
}

/// Lets the caller in, or not, and hands over to what answers. `origin` becomes the page's that may read the answer.
async fn admit(
    found: &Found<'_>,
    request: Request,
    env: Env,
    origin: &mut Option<String>,
) -> Result<Answer, Failure> {
    let url = request.url().map_err(|_| problem::malformed_url())?;
    let query = Query::of(&url);
    let method = request.inner().method();
    let is_preflight = method == "OPTIONS";
    // A preflight names no method of its own here: what any method of the path asks for, it is asked for.
    let matched = found.route.method(&method);
    let access = matched.map_or(found.route.access(), |method| method.access);
    let caller = caller(access, is_preflight, &request, &env, &query, origin).await?;
    if is_preflight {
        return Ok(options(found.route, origin.is_some()));
    }
    let method = matched.ok_or_else(|| problem::method_not_allowed(&found.route.allowed()))?;
    caller.may(access)?;
    let item = decoded(found.item).ok_or_else(problem::malformed_url)?;
    let call = Call { request, query, env, item, caller, since: None };
    if found.route.is_revised() {
        revision::answer(found.route, method, call).await
    } else {
        (method.answer)(call).await
    }
}

/// Who calls, by the key or token that `access` asks for.
async fn caller(
    access: Access,
    is_preflight: bool,
    request: &Request,
    env: &Env,
    query: &Query,
    origin: &mut Option<String>,
) -> Result<Caller, Failure> {
    let headers = request.headers();
    match access {
        Access::Open => Ok(Caller::anyone()),
        Access::Site => {
            let name = query.one("key")?.ok_or_else(problem::unknown_site_key)?;
            let key = keys::find(env, name).await?;
            *origin = cors::admit(headers, &key)?;
            Ok(Caller { store: key.store, who: Who::Page })
        }
        // No page of another origin has business here, so a preflight learns nothing.
        Access::Server | Access::Staff(_) if is_preflight => Ok(Caller::anyone()),
        Access::Server => keyholders::server(headers, env).await,
        Access::Staff(_) => keyholders::staff(headers, env, query).await,
    }
}

/// A segment of an address, its percent-encoding undone; nothing where it is none of UTF-8. Two addresses would else name
/// one thing.
fn decoded(item: &str) -> Option<String> {
    let is_code = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !item.split('%').skip(1).all(is_code) {
        return None;
    }
    Some(percent_encoding::percent_decode_str(item).decode_utf8().ok()?.into_owned())
}

fn options(route: &Route, is_for_page: bool) -> Answer {
    let answer = if is_for_page { cors::preflight(route.allowed()) } else { answer::nothing(204) };
    answer.with("Allow", route.allowed())
}
