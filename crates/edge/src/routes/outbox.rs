//! `/admin/api/outbox`: what waits to be sent to webhooks, and what was given up.

use ledger::{Command, Conflict, Outcome, Pending};
use pricing::model::Instant;
use serde::Serialize;
use serde_json::json;
use wire::format_instant;

use crate::{
    answer::{self, Answer},
    call::Call,
    ledgers,
    problem::{self, Failure},
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    id: i64,
    /// The id by which the receiver knows it.
    message: String,
    webhook: String,
    event: String,
    attempts: u64,
    /// When it is tried next; nothing of one that was given up.
    due_at: Option<String>,
    dead_at: Option<String>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Outbox {
    /// Those given up first, then the oldest; at most 200.
    deliveries: Vec<Delivery>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    match ledgers::ask(&call.env, call.store(), &Command::Outbox).await? {
        Outcome::Outbox(pending) => {
            answer::json(&Outbox { deliveries: pending.into_iter().map(delivery).collect() })
        }
        other => Err(ledgers::unexpected(&other)),
    }
}

pub(super) async fn retry(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let id = call.item.parse().map_err(|_| problem::not_found())?;
    match ledgers::ask(&call.env, call.store(), &Command::Retry { id }).await? {
        Outcome::Done => {}
        Outcome::Conflict(Conflict::Unknown) => return Err(problem::not_found().into()),
        other => return Err(ledgers::unexpected(&other)),
    }
    call.write("outbox.retry", &call.item, json!({}), Vec::new()).await?;
    Ok(answer::nothing(204))
}

fn delivery(pending: Pending) -> Delivery {
    let instant = |millis| format_instant(Instant::from_millis(millis));
    Delivery {
        id: pending.id,
        message: pending.message,
        webhook: pending.endpoint,
        event: pending.kind,
        attempts: pending.attempts,
        due_at: pending.dead_at.is_none().then(|| instant(pending.due_at)),
        dead_at: pending.dead_at.map(instant),
        error: pending.error,
    }
}
