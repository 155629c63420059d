//! `/admin/api/outbox?limit=&cursor=`: what waits to be sent to webhooks, and what was given up.

use ledger::{Command, Conflict, Outcome, Page, Pending, Place};
use pricing::model::Instant;
use serde::Serialize;
use serde_json::json;
use wire::format_instant;
use worker::D1PreparedStatement;

use crate::{
    answer::{self, Answer},
    call::Call,
    idempotency::carried_out,
    ledgers,
    page_of::Asked,
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
#[serde(rename_all = "camelCase")]
struct Outbox {
    /// Those given up first, then the oldest.
    deliveries: Vec<Delivery>,
    next_cursor: Option<String>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["limit", "cursor"])?;
    let asked = Asked::of(&call.query)?;
    let most = u32::try_from(asked.and_one()).unwrap_or(u32::MAX);
    let page = Page { after: asked.place(place)?, most };
    match ledgers::ask(&call.env, call.store(), &Command::Outbox(page)).await? {
        Outcome::Outbox(mut pending) => {
            let next_cursor = asked.cut(&mut pending, |pending| cursor(pending.place()));
            answer::json(&Outbox { deliveries: pending.into_iter().map(delivery).collect(), next_cursor })
        }
        other => Err(ledgers::unexpected(&other)),
    }
}

/// How a cursor begins that stands among those given up, and among those that are tried.
const DEAD: &str = "dead";
const LIVES: &str = "lives";

fn cursor(place: Place) -> String {
    format!("{} {}", if place.lives { LIVES } else { DEAD }, place.id)
}

/// The place in the list that a cursor stands for.
fn place(cursor: &str) -> Option<Place> {
    let (of, id) = cursor.split_once(' ')?;
    let lives = match of {
        DEAD => false,
        LIVES => true,
        _ => return None,
    };
    Some(Place { lives, id: id.parse().ok()? })
}

pub(super) async fn retry(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    call.nothing().await?;
    let id = call.item.parse().map_err(|_| problem::not_found())?;
    let written = async |remember: &[D1PreparedStatement]| {
        if !waits(&call, id).await? {
            return Err(problem::not_found().into());
        }
        call.write("outbox.retry", &call.item, json!({}), remember.to_vec()).await
    };
    carried_out(&call, written, async || {
        match ledgers::ask(&call.env, call.store(), &Command::Retry { id }).await? {
            // One that is not there any more was sent in the meantime.
            Outcome::Done | Outcome::Conflict(Conflict::Unknown) => Ok(answer::nothing(204)),
            other => Err(ledgers::unexpected(&other)),
        }
    })
    .await
}

/// Whether a delivery is still to be sent, or was given up.
async fn waits(call: &Call, id: i64) -> Result<bool, Failure> {
    for lives in [false, true] {
        let after = Some(Place { lives, id: id.saturating_sub(1) });
        match ledgers::ask(&call.env, call.store(), &Command::Outbox(Page { after, most: 1 })).await? {
            Outcome::Outbox(next) if next.iter().any(|delivery| delivery.id == id) => return Ok(true),
            Outcome::Outbox(_) => {}
            other => return Err(ledgers::unexpected(&other)),
        }
    }
    Ok(false)
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
