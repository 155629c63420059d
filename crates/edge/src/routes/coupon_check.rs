//! `POST /v1/coupons/check?key=`: the rule that a code stands for, or the one refusal.
//!
//! Unknown, switched off, not begun, over, for others: all are answered alike, to the byte, so that no code can be found
//! out by trying.

use serde::Serialize;
use serde_json::Value;
use wire::read;
use worker::Response;

use crate::{
    answer, body,
    call::Call,
    clock,
    compiled::Compiled,
    problem::{self, Failure},
    snapshots,
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Coupon<'a> {
    snapshot_version: &'a str,
    /// The discount of contract v1, as in a snapshot.
    discount: Value,
    /// The ids of the sets it is a member of, in the snapshot's order.
    promotion_sets: Vec<&'a str>,
}

pub(super) async fn post(mut call: Call) -> Result<Response, Failure> {
    call.query.only(&["key"])?;
    let document = body::json(&mut call.request, body::MAXIMUM).await?;
    let code = read::read(&document, |node| node.object(|fields| fields.required("code", |node| node.id())))?;
    let compiled = snapshots::current(&call.database()?).await?;
    let rule = compiled.coupon(code.as_str()).filter(|rule| rule.is_open_to_guests(clock::now()));
    let rule = rule.ok_or_else(problem::unknown_code)?;
    answer::json(&Coupon {
        snapshot_version: compiled.engine.version(),
        discount: serde_json::from_str(&rule.json)?,
        promotion_sets: sets_of(&compiled, rule.discount.id.as_str()),
    })
}

fn sets_of<'a>(compiled: &'a Compiled, discount: &str) -> Vec<&'a str> {
    let holds = |id: &pricing::model::Id| id.as_str() == discount;
    compiled.sets.iter().filter(|set| set.discounts.iter().any(holds)).map(|set| set.id.as_str()).collect()
}
