//! An order from the checkout to its end.

use serde_json::{Value, json};
use worker::{Env, Request, Response, Result};

use crate::{answer, farthing, session};

/// The card that its bank declines; any other is charged. Nothing is.
const DECLINED: &str = "declined";

/// Reserves what a signed quote is of: `{ "reference", "quote", "email", "name" }`. The answer is Farthing's order; `changed` in it is
/// for the page to show.
pub(crate) async fn reserve(mut request: Request, env: &Env) -> Result<Response> {
    let Ok(wanted) = request.json::<Value>().await else {
        let wanted = "Send { \"reference\", \"quote\", \"email\", \"name\" }";
        return answer::problem(400, "malformedJson", wanted);
    };
    let field = |name: &str| wanted.get(name).cloned().unwrap_or_default();
    // A signed quote says who is buying; of a guest the shop knows what they typed.
    let email = if session::signed_in(&request)?.is_some() { Value::Null } else { field("email") };
    let mut order = json!({ "reference": field("reference"), "quote": field("quote"), "replace": true });
    let customer = json!({ "email": email, "name": field("name") });
    if let Some(fields) = order.as_object_mut() {
        fields.insert("customer".to_owned(), customer);
    }
    farthing::post(env, "/v1/orders", &order).await?.passed_on()
}

pub(crate) async fn get(reference: &str, env: &Env) -> Result<Response> {
    farthing::get(env, &path(reference, "")).await?.passed_on()
}

/// Takes the payment, which is only played: `{ "card": "good" | "declined", "total": "319.20" }`. What is declined is released, so
/// that what the order held is there for others at once.
pub(crate) async fn pay(reference: &str, mut request: Request, env: &Env) -> Result<Response> {
    let Ok(payment) = request.json::<Value>().await else {
        return answer::problem(400, "malformedJson", "Send { \"card\", \"total\" }");
    };
    let before = farthing::get(env, &path(reference, "")).await?;
    if !before.is_good() {
        return before.passed_on();
    }
    if before.body.get("status").and_then(Value::as_str) == Some("committed") {
        // The button again, or another tab: it is paid, and is not charged twice.
        return before.passed_on();
    }
    if payment.get("card").and_then(Value::as_str) == Some(DECLINED) {
        let released =
            farthing::post(env, &path(reference, "/release"), &json!({ "reason": "failed" })).await?;
        if !released.is_good() {
            return released.passed_on();
        }
        return answer::problem(402, "cardDeclined", "The bank declined this card");
    }
    let total = payment.get("total").cloned().unwrap_or_default();
    farthing::post(env, &path(reference, "/commit"), &json!({ "total": total })).await?.passed_on()
}

/// The shopper did not like the new price, or went back: nothing is held any longer.
pub(crate) async fn leave(reference: &str, env: &Env) -> Result<Response> {
    farthing::post(env, &path(reference, "/release"), &json!({ "reason": "abandoned" })).await?.passed_on()
}

/// Calls a paid order off: all its money goes back, and what it used comes back with it.
pub(crate) async fn cancel(reference: &str, env: &Env) -> Result<Response> {
    let refund = json!({ "id": "called-off" });
    let refunded = farthing::post(env, &path(reference, "/refund"), &refund).await?;
    if refunded.code() == "orderNotCommitted" {
        return farthing::post(env, &path(reference, "/release"), &json!({ "reason": "cancelled" }))
            .await?
            .passed_on();
    }
    refunded.passed_on()
}

/// A reference is letters, digits and a few signs; in anything else Farthing finds no order.
fn path(reference: &str, verb: &str) -> String {
    format!("/v1/orders/{reference}{verb}")
}
