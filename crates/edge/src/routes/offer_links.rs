//! `POST /v1/offers/links?key=`: asks for a confirmation link by e-mail. The answer is the same whether the address is a
//! buyer's or not, and so is the work: who is a buyer is found out when the mail is about to be sent (`objects/outbox`).

use ledger::{Command, Outcome};
use pricing::model::Id;
use serde_json::json;
use wire::read;
use worker::Response;

use crate::{answer, call::Call, ledgers, problem::Failure, random, throttle};

pub(super) async fn post(mut call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let email = read::read(&document, |node| {
        node.object(|fields| {
            fields.required("email", |node| {
                let email: Id = node.spelled(read::normalised_email)?;
                if is_address(email.as_str()) {
                    Some(email)
                } else {
                    node.refuse("invalidEmail", "an address has a name, an @ and a domain")
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

/// Whether a text can be an address; whether it is one, the mail will show.
fn is_address(text: &str) -> bool {
    let is_plain =
        |part: &str| !part.is_empty() && !part.chars().any(|sign| sign.is_whitespace() || sign.is_control());
    match text.rsplit_once('@') {
        Some((name, domain)) => {
            is_plain(name)
                && is_plain(domain)
                && !name.contains(['<', '>', ',', '"'])
                && domain.split('.').all(|label| {
                    !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-')
                })
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_is_told_from_what_is_none() {
        for text in ["a@example.com", "a.b+c@sub.example.com", "é@exämple.fr", "a@localhost"] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "a",
            "@b.com",
            "a@",
            "a b@c.com",
            "a@b..com",
            "a@b.com\r\nbcc: c@d.com",
            "<a@b.com>",
            "a@b.com>",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
