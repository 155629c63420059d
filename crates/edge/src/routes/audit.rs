//! `GET /admin/api/audit?limit=&cursor=`: who changed what, the latest first.

use pricing::model::Instant;
use serde::Serialize;
use serde_json::Value;
use wire::format_instant;

use crate::{
    answer::{self, Answer},
    call::Call,
    page_of::Asked,
    problem::Failure,
    store::{self, audit::Row},
};

/// A row as it is answered. Its hash is that of the canonical JSON of the rest.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    sequence: i64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    detail: Value,
    previous_hash: String,
    hash: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    changes: Vec<Change>,
    next_cursor: Option<String>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["limit", "cursor"])?;
    let asked = Asked::of(&call.query)?;
    // Beyond what can be counted to: the latest.
    let before = asked.place(|cursor| cursor.parse().ok())?.unwrap_or(u32::MAX);
    let mut rows =
        store::audit::list(&call.database()?, call.store(), before.into(), asked.and_one()).await?;
    let next_cursor = asked.cut(&mut rows, |row| row.sequence.to_string());
    answer::json(&Audit { changes: rows.into_iter().map(change).collect(), next_cursor })
}

fn change(row: Row) -> Change {
    Change {
        sequence: row.sequence,
        at: format_instant(Instant::from_millis(row.at)),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        previous_hash: row.previous_hash,
        hash: row.hash,
    }
}
