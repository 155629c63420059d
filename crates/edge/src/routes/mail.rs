//! `/admin/api/mail`: how the store writes to its buyers; `/admin/api/mail/test` tries it.

use ledger::Idempotency;
use mail::{Content, Letter, Mailbox};
use pricing::model::Id;
use serde_json::{Value, json};
use wire::{Problem, read};

use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    idempotency::{self, first_answer},
    mail as post,
    mail_settings::{self, MailSettings},
    problem::{self, Failure},
    random, store,
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let settings = mail_settings::find(&call.database()?, call.store()).await?;
    told(&call, &settings.ok_or_else(problem::mail_not_set)?)
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let settings = MailSettings::read(&call.json().await?)?;
    let (database, now) = (call.database()?, clock::now());
    let change = store::mail::put(&database, call.store(), &settings.json().to_string(), now)?;
    let detail = json!({ "receipts": settings.receipts });
    call.write("mail.put", call.store().as_str(), detail, vec![change]).await?;
    told(&call, &settings)
}

/// Sends a letter to whoever tries it.
pub(super) async fn test(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let to = read::read(&document, |node| node.object(|fields| fields.required("to", |node| node.id())))?;
    let to = mailbox(&to)?;
    let asked = idempotency::of(&call, &document)?;
    if let Some(first) = first_answer(&call, asked.as_ref()).await? {
        return Ok(answer::written(200, first));
    }
    let settings =
        mail_settings::find(&call.database()?, call.store()).await?.ok_or_else(problem::mail_not_set)?;
    let shop = settings.shop(None);
    let content = Content {
        subject: format!("A test from {}", shop.name),
        text: "This is how mails of your store arrive.\n".to_owned(),
        html: "<p>This is how mails of your store arrive.</p>".to_owned(),
    };
    let letter = Letter::new(format!("msg_{}", random::hex::<16>()?), &shop, to, content);
    tried(&call, asked.as_ref(), &letter).await
}

/// Sends a letter to whoever tries it, once for calls with one key: the call is remembered before, as the answer may be
/// lost. Of a letter that was not taken it is forgotten, so that it can be tried again.
pub(super) async fn tried(
    call: &Call,
    asked: Option<&Idempotency>,
    letter: &Letter,
) -> Result<Answer, Failure> {
    let (database, id) = (call.database()?, letter.message_id());
    let told = json!({ "id": id }).to_string();
    if let Some(asked) = asked {
        let remember =
            store::calls::remember(&database, call.store(), asked, &id, Some(&told), clock::now())?;
        if let Err(error) = database.batch(remember.into()).await {
            // The same call at the same time may have been quicker.
            let first = first_answer(call, Some(asked)).await?.ok_or(error)?;
            return Ok(answer::written(200, first));
        }
    }
    let Err(refusal) = post::send(&call.env, letter).await else {
        return Ok(answer::written(200, told));
    };
    if let Some(asked) = asked {
        store::calls::forget(&database, call.store(), &asked.key).await?;
    }
    Err(problem::mail_failed(refusal.reason()).into())
}

fn mailbox(email: &Id) -> Result<Mailbox, Problem> {
    Mailbox::new(None, email.as_str())
        .map_err(|error| problem::fault("/to", "invalidEmail", error.to_string()))
}

fn told(call: &Call, settings: &MailSettings) -> Result<Answer, Failure> {
    let mut told = settings.json();
    let transport = post::Transport::of(&call.env).map(post::Transport::name);
    if let Some(fields) = told.as_object_mut() {
        fields.insert("transport".to_owned(), transport.map_or(Value::Null, Value::from));
    }
    answer::json(&told)
}
