//! Who is signed in: a cookie of the shop's own, which Farthing never sees. Farthing is told by a token.

use serde_json::{Value, json};
use worker::{Env, Request, Response, Result};

use crate::{
    answer,
    customers::{self, CUSTOMERS, Customer},
    farthing,
};

const COOKIE: &str = "shopper";

/// The visitor, with the token that says so to Farthing, and whom else one could be.
pub(crate) async fn get(request: &Request, env: &Env) -> Result<Response> {
    answer::json(&facts(signed_in(request)?, env).await?)
}

/// Signs in as `{ "customer": "irene" }`, or out as `{ "customer": null }`.
pub(crate) async fn put(mut request: Request, env: &Env) -> Result<Response> {
    let Ok(wanted) = request.json::<Value>().await else {
        return answer::problem(400, "malformedJson", "Send { \"customer\": … }");
    };
    let id = wanted.get("customer").and_then(Value::as_str);
    let customer = id.and_then(customers::find);
    if id.is_some() && customer.is_none() {
        return answer::problem(404, "unknownCustomer", "The shop has no such customer");
    }
    let response = answer::json(&facts(customer, env).await?)?;
    let value = customer.map_or("", |customer| customer.id);
    let age = if customer.is_some() { 86_400 } else { 0 };
    let cookie = format!("{COOKIE}={value}; Path=/demo/; Max-Age={age}; HttpOnly; SameSite=Lax");
    response.headers().set("Set-Cookie", &cookie)?;
    Ok(response)
}

async fn facts(customer: Option<&Customer>, env: &Env) -> Result<Value> {
    let customers: Vec<Value> = CUSTOMERS.iter().map(Customer::shown).collect();
    let token = match customer {
        Some(customer) => farthing::post(env, "/v1/customers/token", &customer.signed()).await?.body,
        None => Value::Null,
    };
    Ok(
        json!({ "customer": customer.map(Customer::shown), "token": token.get("token"), "customers": customers }),
    )
}

/// Who the cookie says it is.
pub(crate) fn signed_in(request: &Request) -> Result<Option<&'static Customer>> {
    let cookies = request.headers().get("Cookie")?.unwrap_or_default();
    Ok(named(&cookies).and_then(customers::find))
}

fn named(cookies: &str) -> Option<&str> {
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_cookie_is_found_among_others() {
        assert_eq!(named("a=1; shopper=irene; b=2"), Some("irene"));
        assert_eq!(named("shoppers=irene"), None);
        assert_eq!(named(""), None);
    }
}
