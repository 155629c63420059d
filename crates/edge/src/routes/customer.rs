//! `/admin/api/customers/{id}`: one customer, with clubs and tags.

use pricing::model::Customer;
use serde_json::{Value, json};
use wire::read;
use worker::D1Database;

use super::customers::Facts;
use crate::{
    answer,
    answer::Answer,
    buyer_name,
    call::Call,
    clock, customers,
    problem::{self, Failure},
    store::{
        self,
        customers::{By, Kept},
    },
};

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let found = find(&call, &call.database()?).await?.ok_or_else(problem::not_found)?;
    answer::json(&Facts::of(&found))
}

pub(super) async fn put(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let id = read::read(&call.item.as_str().into(), |node| node.id())?;
    let Kept { customer, name } = asked_for(&mut call.json().await?)?;
    let kept = Kept { customer: Customer { id: Some(id), ..customer }, name };
    let database = call.database()?;
    let before = find(&call, &database).await?;
    let now = clock::now();
    let changes = store::customers::put(&database, call.store(), &call.item, &kept, now)?;
    let detail = json!({ "clubs": kept.customer.clubs.len(), "tags": kept.customer.tags.len() });
    change(&call, "customer.put", detail, changes, [before, Some(kept.clone())]).await?;
    answer::json(&Facts::of(&sorted(kept)))
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let database = call.database()?;
    let found = find(&call, &database).await?.ok_or_else(problem::not_found)?;
    let changes = store::customers::delete(&database, call.store(), &call.item)?;
    change(&call, "customer.delete", json!({}), changes, [Some(found), None]).await?;
    Ok(answer::nothing(204))
}

async fn find(call: &Call, database: &D1Database) -> Result<Option<Kept>, Failure> {
    Ok(store::customers::find(database, call.store(), By::Id(&call.item)).await?)
}

/// Writes a change with its row; the audit names the customer by id, and never tells an address or a name.
async fn change(
    call: &Call,
    action: &'static str,
    detail: Value,
    changes: Vec<worker::D1PreparedStatement>,
    changed: [Option<Kept>; 2],
) -> Result<(), Failure> {
    let written = call.write(action, &call.item, detail, changes).await;
    for kept in changed.iter().flatten() {
        customers::doubt(call.store(), &kept.customer);
    }
    written
}

fn asked_for(document: &mut Value) -> Result<Kept, Failure> {
    if document.get("id").is_some_and(|id| !id.is_null()) {
        return Err(problem::fault("/id", "unknownField", "the id stands in the address").into());
    }
    let (name, customer) =
        buyer_name::beside(document, &buyer_name::IN_CUSTOMER, |rest| read::read(rest, read::customer))?;
    Ok(Kept { customer, name })
}

/// As it will be read back.
fn sorted(mut kept: Kept) -> Kept {
    for ids in [&mut kept.customer.clubs, &mut kept.customer.tags] {
        ids.sort();
        ids.dedup();
    }
    kept
}
