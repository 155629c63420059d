//! `POST /v1/offers/links?key=`: asks for a confirmation link by e-mail. The answer is the same whether the address is a
//! buyer's or not, and so is the work: who is a buyer is found out when the mail is about to be sent (`objects/outbox`).

use ledger::{Command, Idempotency, Outcome};
use serde_json::json;
use wire::read;

use crate::{
    answer::{self, Answer},
    call::Call,
    email, idempotency, ledgers, order_book,
    problem::Failure,
    random,
    throttle::{self, Throttled},
};

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let email = read::read(&document, |node| node.object(|fields| fields.required("email", email::read)))?;
    let asked = idempotency::of(&call, &document)?.map(of_links);
    // A call that is repeated is no second link, here as in the ledger.
    let id = random::hex::<16>()?;
    let counted = asked.as_ref().map_or_else(|| id.clone(), |asked| seal::hash(&asked.key));
    let standing = throttle::links(&call.env, call.store(), call.request.headers(), counted).await?;
    let command = Command::AskLink { id, email: email.to_string(), idempotency: asked };
    let answered = match ledgers::ask(&call.env, call.store(), &command).await? {
        Outcome::Done => answer::accepted(&json!({ "status": "accepted" }))?,
        Outcome::Conflict(conflict) => answer::problem(&order_book::problem(conflict))?,
        other => return Err(ledgers::unexpected(&other)),
    };
    Ok(throttle::tell(answered, Throttled::Links, standing))
}

/// Keys of pages are none of those that a shop's server sends.
fn of_links(asked: Idempotency) -> Idempotency {
    Idempotency { key: format!("links/{}", asked.key), ..asked }
}
