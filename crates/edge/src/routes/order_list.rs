//! `GET /admin/api/orders?status=&limit=&cursor=`: the store's orders, the latest first. They arrive here moments after
//! the ledger has decided about them.

use ledger::Status;
use serde::Serialize;
use serde_json::Value;

use crate::{
    answer::{self, Answer},
    call::Call,
    page_of::Asked,
    problem::{self, Failure},
    store::{self, orders::Row},
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Orders {
    orders: Vec<Value>,
    next_cursor: Option<String>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["status", "limit", "cursor"])?;
    let asked = Asked::of(&call.query)?;
    let status = call.query.one("status")?;
    if status.is_some_and(|name| !Status::ALL.iter().any(|status| status.name() == name)) {
        let names = Status::ALL.map(Status::name).join("`, `");
        return Err(problem::fault("/status", "unknownVariant", format!("expected one of `{names}`")).into());
    }
    let after = asked.place(place)?;
    let mut rows =
        store::orders::list(&call.database()?, call.store(), status, after, asked.and_one()).await?;
    let next_cursor = asked.cut(&mut rows, |row: &Row| format!("{} {}", row.reserved_at, row.reference));
    let orders = rows.iter().map(|row| serde_json::from_str(&row.body)).collect::<Result<_, _>>()?;
    answer::json(&Orders { orders, next_cursor })
}

/// The place in the list that a cursor stands for.
fn place(cursor: &str) -> Option<(i64, &str)> {
    let (reserved_at, reference) = cursor.split_once(' ')?;
    Some((reserved_at.parse().ok()?, reference))
}
