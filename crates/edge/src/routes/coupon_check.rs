//! `POST /v1/coupons/check?key=`: the rule that a code stands for, or the one refusal.
//!
//! Unknown, switched off, not begun, over, used up, for others: all are answered alike, to the byte, so that no code can
//! be found out by trying; and who tries many is told to come back later, whatever the next one is.

use pricing::model::Id;
use serde::Serialize;
use serde_json::Value;
use wire::{compact, read};

use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    compiled::{Compiled, Visitor},
    customer_token, ledgers,
    nfkc::nfkc,
    problem::{self, Failure},
    snapshots,
    throttle::{self, Throttled, Tried},
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Coupon<'a> {
    snapshot_version: &'a str,
    /// The discount of contract v1, as in a snapshot.
    discount: Value,
    /// The same as a page's own engine takes it.
    compact: String,
    /// The ids of the sets it is a member of, in the snapshot's order.
    promotion_sets: Vec<&'a str>,
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let (code, token): (Id, _) = read::read(&document, |node| {
        node.object(|fields| {
            let code = fields.required("code", |node| node.text());
            let token = fields.optional("customerToken", |node| node.string().map(str::to_owned));
            Some((code?, token?))
        })
    })?;
    let customer = customer_token::customer(&call, token.as_deref()).await?;
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let counted = ledgers::held(&call.env, call.store()).await?;
    let usage = ledgers::usage(&call.env, call.store(), &counted, &customer).await?;
    let visitor = Visitor { customer: &customer, usage: &usage, as_of: clock::now() };
    let rule = compiled.coupon(code.as_str()).filter(|rule| rule.is_open(&visitor));
    let typed = vec![throttle::hash(&nfkc(code.as_str()))];
    let tried = if rule.is_some() {
        Tried { right: typed, ..Tried::default() }
    } else {
        Tried { wrong: typed, ..Tried::default() }
    };
    let id = customer.id.as_ref().map(Id::as_str);
    let standing = throttle::admit(&call.env, call.store(), call.request.headers(), id, &tried).await?;
    let answered = match rule {
        Some(rule) => answer::json(&Coupon {
            snapshot_version: compiled.engine.version(),
            discount: serde_json::from_str(&rule.json)?,
            compact: compact::rule_text(&rule.discount),
            promotion_sets: sets_of(&compiled, rule.discount.id.as_str()),
        })?,
        None => answer::problem(&problem::unknown_code())?,
    };
    Ok(match standing {
        Some(standing) => throttle::tell(answered, Throttled::Codes, standing),
        None => answered,
    })
}

fn sets_of<'a>(compiled: &'a Compiled, discount: &str) -> Vec<&'a str> {
    let holds = |id: &Id| id.as_str() == discount;
    compiled.sets.iter().filter(|set| set.discounts.iter().any(holds)).map(|set| set.id.as_str()).collect()
}
