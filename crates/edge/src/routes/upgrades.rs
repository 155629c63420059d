//! `GET /admin/api/upgrades`: the store's upgrades, with how often each offer was redeemed.

use serde::Serialize;
use serde_json::Value;

use crate::{
    answer::{self, Answer},
    call::Call,
    ledgers::{self, Counted},
    problem::Failure,
    store,
};

/// An upgrade of contract v1 with what became of its offers.
#[derive(Debug, Serialize)]
pub(super) struct Used {
    #[serde(flatten)]
    upgrade: Value,
    uses: Uses,
}

/// In how many orders its offers were redeemed.
#[derive(Debug, Default, Serialize)]
struct Uses {
    /// That are reserved.
    held: u64,
    /// That are paid.
    spent: u64,
}

#[derive(Debug, Serialize)]
struct Upgrades {
    /// In the merchant's order.
    upgrades: Vec<Used>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let bodies = store::upgrades::list(&call.database()?, call.store()).await?;
    let counted = ledgers::counted(&call.env, call.store()).await?;
    let upgrades = bodies.iter().map(|body| Used::of(body, &counted)).collect::<Result<_, _>>()?;
    answer::json(&Upgrades { upgrades })
}

impl Used {
    /// An upgrade as it was written, with its counts.
    pub(super) fn of(body: &str, counted: &Counted) -> Result<Self, Failure> {
        let upgrade: Value = serde_json::from_str(body)?;
        let text =
            |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = text(&upgrade, "id");
        let offers = upgrade.get("offers").and_then(Value::as_array).into_iter().flatten();
        let uses = offers.fold(Uses::default(), |uses, offer| {
            let (held, spent) = counted.of(&format!("{id}/{}", text(offer, "sku")));
            Uses { held: uses.held.saturating_add(held), spent: uses.spent.saturating_add(spent) }
        });
        Ok(Self { upgrade, uses })
    }
}
