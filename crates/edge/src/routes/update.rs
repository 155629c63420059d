//! `/admin/api/updates/{id}`: one mail to past buyers, tried, sent, paused.

use mail::{Content, Letter, Mailbox, Update};
use serde_json::json;
use wire::read;
use worker::D1PreparedStatement;

use super::mail::tried;
use super::updates::{Wanted, row, told, wanted, write};
use crate::{
    answer::{self, Answer},
    call::Call,
    campaign::{self, Ask},
    clock,
    idempotency::{self, carried_out, first_answer},
    mail_settings::{self, MailSettings},
    problem::{self, Failure},
    random, store,
    store::updates::{self, Row},
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let row = find(&call).await?;
    answer::json(&told(&call, row).await?)
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let wanted: Wanted = wanted(&call, &document).await?;
    let before = unsent(find(&call).await?)?;
    let row = row(before.id, &wanted, before.created_at)?;
    let database = call.database()?;
    let change = updates::put(&database, call.store(), &row)?;
    write(&call, "update.put", &row.id, vec![change]).await?;
    answer::json(&told(&call, row).await?)
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let row = unsent(find(&call).await?)?;
    let database = call.database()?;
    let change = updates::delete(&database, call.store(), &row.id)?;
    write(&call, "update.delete", &row.id, vec![change]).await?;
    Ok(answer::nothing(204))
}

/// How it will look, to a buyer who is none.
pub(super) async fn preview(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let row = find(&call).await?;
    let Content { subject, text, html } = sample(&call, &row, &settings(&call).await?).await?;
    answer::json(&json!({ "subject": subject, "text": text, "html": html }))
}

/// Sends it to whoever tries it.
pub(super) async fn test(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let to = read::read(&document, |node| node.object(|fields| fields.required("to", |node| node.id())))?;
    let to = Mailbox::new(None, to.as_str())
        .map_err(|error| problem::fault("/to", "invalidEmail", error.to_string()))?;
    let asked = idempotency::of(&call, &document)?;
    if let Some(first) = first_answer(&call, asked.as_ref()).await? {
        return Ok(answer::written(200, first));
    }
    let (row, settings) = (find(&call).await?, settings(&call).await?);
    let content = sample(&call, &row, &settings).await?;
    let letter = Letter::new(format!("msg_{}", random::hex::<16>()?), &settings.shop(None), to, content);
    tried(&call, asked.as_ref(), &letter).await
}

/// Sends it, or goes on after a pause.
pub(super) async fn send(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let written = async |remember: &[D1PreparedStatement]| {
        let row = find(&call).await?;
        settings(&call).await?;
        let sent = updates::sent(&call.database()?, call.store(), &row.id, clock::now())?;
        write(&call, "update.send", &row.id, [&[sent], remember].concat()).await
    };
    carried_out(&call, written, async || {
        let ask = Ask::Send { store: call.store().to_string(), update: call.item.clone() };
        asked(&call, &ask).await
    })
    .await
}

/// Sends no more for now.
pub(super) async fn pause(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let written = async |remember: &[D1PreparedStatement]| {
        let row = find(&call).await?;
        write(&call, "update.pause", &row.id, remember.to_vec()).await
    };
    carried_out(&call, written, async || asked(&call, &Ask::Pause).await).await
}

/// Asks the object that sends it, and tells how it stands then.
async fn asked(call: &Call, ask: &Ask) -> Result<Answer, Failure> {
    campaign::ask(&call.env, call.store(), &call.item, ask).await?;
    answer::json(&told(call, find(call).await?).await?)
}

async fn find(call: &Call) -> Result<Row, Failure> {
    let found = updates::find(&call.database()?, call.store(), &call.item).await?;
    Ok(found.ok_or_else(problem::not_found)?)
}

fn unsent(row: Row) -> Result<Row, Failure> {
    if row.sent_at.is_none() { Ok(row) } else { Err(problem::update_sent().into()) }
}

async fn settings(call: &Call) -> Result<MailSettings, Failure> {
    let settings = mail_settings::find(&call.database()?, call.store()).await?;
    Ok(settings.ok_or_else(problem::mail_not_set)?)
}

async fn sample(call: &Call, row: &Row, settings: &MailSettings) -> Result<Content, Failure> {
    let current = store::snapshots::current(&call.database()?, call.store()).await?;
    let shop = settings.shop(current.and_then(|current| current.name).as_deref());
    let update = Update { subject: row.subject.clone(), body: row.body.clone() };
    let page = settings.order_page.as_str();
    Ok(update.content(&shop, None, &format!("{page}#sample"), &format!("{page}#sample")))
}
