//! `GET /admin/api/discounts?q=&limit=&cursor=`: the merchant's discounts, each with how often it was used.

use serde::Serialize;
use serde_json::Value;

use crate::{
    answer::{self, Answer},
    call::Call,
    ledgers,
    page_of::Asked,
    problem::Failure,
    store::{self, discounts::Row},
};

/// How often a discount was used, by the ledger's count of this moment.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Uses {
    /// By orders that are reserved.
    held: u64,
    /// By orders that are paid.
    spent: u64,
}

/// A discount of contract v1 with what became of it.
#[derive(Debug, Serialize)]
struct Used {
    #[serde(flatten)]
    discount: Value,
    /// Whether it was stopped: off, whatever `enabled` says.
    stopped: bool,
    uses: Uses,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Discounts {
    /// In the merchant's order.
    discounts: Vec<Used>,
    next_cursor: Option<String>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["q", "limit", "cursor"])?;
    let (database, asked) = (call.database()?, Asked::of(&call.query)?);
    let text = call.query.one("q")?.unwrap_or_default();
    let after = asked.place(|cursor| cursor.parse::<u32>().ok())?.map_or(-1, i64::from);
    let mut rows = store::discounts::list(&database, call.store(), text, after, asked.and_one()).await?;
    let next_cursor = asked.cut(&mut rows, |row| row.position.to_string());
    let counted = ledgers::counted(&call.env, call.store()).await?;
    let discounts = rows.into_iter().map(|row| used(row, &counted)).collect::<Result<_, _>>()?;
    answer::json(&Discounts { discounts, next_cursor })
}

fn used(row: Row, counted: &ledgers::Counted) -> Result<Used, Failure> {
    let (held, spent) = counted.of(&row.id);
    Ok(Used {
        discount: serde_json::from_str(&row.body)?,
        stopped: counted.is_stopped(&row.id),
        uses: Uses { held, spent },
    })
}
