//! `POST /v1/offers/links?key=`: asks for a confirmation link by e-mail. The answer is the same whether the address is a
//! buyer's or not, and so is the work: who is a buyer is found out when the mail is about to be sent (`objects/outbox`).

use ledger::{Command, Outcome};
use mail::Mailbox;
use pricing::model::Id;
use serde_json::json;
use wire::read;

use crate::{
    answer::{self, Answer},
    call::Call,
    ledgers,
    problem::Failure,
    random, throttle,
};

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let email = read::read(&document, |node| {
        node.object(|fields| {
            fields.required("email", |node| {
                let email: Id = node.spelled(read::normalised_email)?;
                match Mailbox::new(None, email.as_str()) {
                    Ok(_) => Some(email),
                    Err(error) => node.refuse("invalidEmail", error),
                }
            })
        })
    })?;
    let id = random::hex::<16>()?;
    throttle::links(&call.env, call.store(), call.request.headers(), &id).await?;
    let command = Command::AskLink { id, email: email.to_string() };
    match ledgers::ask(&call.env, call.store(), &command).await? {
        Outcome::Done => answer::accepted(&json!({ "status": "accepted" })),
        other => Err(ledgers::unexpected(&other)),
    }
}
