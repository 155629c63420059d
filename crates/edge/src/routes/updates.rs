//! `/admin/api/updates`: mails to past buyers.

use std::collections::BTreeSet;

use mail::{MERGE_FIELDS, SUBJECT_FIELDS, Update, check_fields};
use pricing::model::{Id, Instant};
use serde::Serialize;
use serde_json::{Value, json};
use wire::{
    format_instant,
    read::{self, Node},
};

use crate::{
    answer::{self, Answer},
    call::Call,
    campaign::{self, Ask, Progress},
    clock,
    idempotency::{self, first_answer},
    page_of::Asked,
    problem::Failure,
    random, snapshots,
    store::{
        self,
        updates::{self, Row},
    },
};

/// The most characters of a subject, and of a text.
const MAXIMUM_SUBJECT: usize = 200;
const MAXIMUM_BODY: usize = 20_000;

/// An update as it is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Told {
    id: String,
    subject: String,
    body: String,
    products: Vec<String>,
    created_at: String,
    sent_at: Option<String>,
    progress: Progress,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Updates {
    /// The latest first.
    updates: Vec<Told>,
    next_cursor: Option<String>,
}

/// What staff say of an update.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) update: Update,
    pub(super) products: Vec<Id>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["limit", "cursor"])?;
    let asked = Asked::of(&call.query)?;
    let after = asked.place(place)?;
    let mut rows = updates::list(&call.database()?, call.store(), after, asked.and_one()).await?;
    let next_cursor = asked.cut(&mut rows, |row| format!("{} {}", row.created_at, row.id));
    let mut told = Vec::new();
    for row in rows {
        told.push(self::told(&call, row).await?);
    }
    answer::json(&Updates { updates: told, next_cursor })
}

/// The place in the list that a cursor stands for.
fn place(cursor: &str) -> Option<(i64, &str)> {
    let (created_at, id) = cursor.split_once(' ')?;
    Some((created_at.parse().ok()?, id))
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let asked = idempotency::of(&call, &document)?;
    if let Some(first) = first_answer(&call, asked.as_ref()).await? {
        return Ok(answer::written(201, first));
    }
    let wanted = wanted(&call, &document).await?;
    let row = row(random::hex::<6>()?, &wanted, clock::now().millis())?;
    let database = call.database()?;
    let mut changes = vec![updates::put(&database, call.store(), &row)?];
    let id = row.id.clone();
    let told = serde_json::to_string(&told(&call, row).await?)?;
    if let Some(asked) = &asked {
        let remember = store::calls::remember(&database, call.store(), asked, &id, Some(&told), clock::now());
        changes.extend(remember?);
    }
    let Err(failure) = write(&call, "update.create", &id, changes).await else {
        return Ok(answer::written(201, told));
    };
    // The same call at the same time may have been quicker.
    match first_answer(&call, asked.as_ref()).await? {
        Some(first) => Ok(answer::written(201, first)),
        None => Err(failure),
    }
}

/// Reads what staff say. Every product must be one that the store sells or once sold, and every merge field one that there is.
pub(super) async fn wanted(call: &Call, document: &Value) -> Result<Wanted, Failure> {
    let compiled = snapshots::current_if_any(&call.database()?, call.store()).await?;
    let sells = |sku: &str| compiled.as_ref().is_some_and(|compiled| compiled.engine.product(sku).is_some());
    let once = once_sold(call, document, sells).await?;
    Ok(read::read(document, |node| {
        node.object(|fields| {
            let subject = fields.required("subject", words::<MAXIMUM_SUBJECT>(&SUBJECT_FIELDS));
            let body = fields.required("body", words::<MAXIMUM_BODY>(&MERGE_FIELDS));
            let products = fields.required("products", |node| {
                node.filled_list("emptyList", |node| {
                    let sku = node.id()?;
                    if sells(sku.as_str()) || once.contains(sku.as_str()) {
                        return Some(sku);
                    }
                    let detail = format_args!("the store has no product `{sku}`, and no order has it");
                    node.refuse("unknownSku", detail)
                })
            });
            let update = Update { subject: subject?, body: body? };
            Some(Wanted { update, products: products? })
        })
    })?)
}

/// Those of the products asked for that the store sells no longer: their buyers are past buyers like others.
async fn once_sold(
    call: &Call,
    document: &Value,
    sells: impl Fn(&str) -> bool,
) -> Result<BTreeSet<String>, Failure> {
    let products = document.get("products").and_then(Value::as_array).into_iter().flatten();
    let gone: Vec<_> = products.filter_map(Value::as_str).filter(|sku| !sells(sku)).collect();
    if gone.is_empty() {
        return Ok(BTreeSet::new());
    }
    Ok(store::history::sold(&call.database()?, call.store(), &gone).await?)
}

/// Reads words in which these merge fields may stand.
fn words<const MAXIMUM: usize>(
    allowed: &'static [&'static str],
) -> impl FnOnce(Node<'_, '_>) -> Option<String> {
    move |node| {
        let text = node.text::<MAXIMUM>()?.to_string();
        match check_fields(&text, allowed) {
            Ok(()) => Some(text),
            Err(error) => node.refuse("unknownMergeField", error),
        }
    }
}

pub(super) fn row(id: String, wanted: &Wanted, created_at: i64) -> Result<Row, Failure> {
    let products: Vec<_> = wanted.products.iter().map(Id::as_str).collect();
    Ok(Row {
        id,
        subject: wanted.update.subject.clone(),
        body: wanted.update.body.clone(),
        skus: serde_json::to_string(&products)?,
        sent_at: None,
        progress: None,
        created_at,
    })
}

pub(super) async fn told(call: &Call, row: Row) -> Result<Told, Failure> {
    let progress = match (row.sent_at, &row.progress) {
        (None, _) => draft(call, &row).await?,
        (Some(_), Some(over)) => serde_json::from_str(over)?,
        (Some(_), None) => campaign::ask(&call.env, call.store(), &row.id, &Ask::Progress).await?,
    };
    let instant = |millis: i64| format_instant(Instant::from_millis(millis));
    Ok(Told {
        products: serde_json::from_str(&row.skus)?,
        id: row.id,
        subject: row.subject,
        body: row.body,
        created_at: instant(row.created_at),
        sent_at: row.sent_at.map(instant),
        progress,
    })
}

/// Of one that was not sent: nobody is written down yet, so many it would be now.
async fn draft(call: &Call, row: &Row) -> Result<Progress, Failure> {
    let count = updates::audience(&call.database()?, call.store(), &row.skus).await?;
    Ok(Progress { audience: u64::try_from(count).unwrap_or_default(), ..Progress::default() })
}

/// Writes changes of an update, with their row in the audit.
pub(super) async fn write(
    call: &Call,
    action: &'static str,
    update: &str,
    changes: Vec<worker::D1PreparedStatement>,
) -> Result<(), Failure> {
    call.write(action, update, json!({}), changes).await
}
