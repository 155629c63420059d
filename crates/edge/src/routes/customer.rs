//! `/admin/api/customers/{id}`: one customer, with clubs and tags.

use pricing::model::{Customer, Id};
use serde_json::{Value, json};
use wire::read;
use worker::{D1Database, Response};

use super::customers::Facts;
use crate::{
    answer,
    call::Call,
    clock, customers,
    problem::{self, Failure},
    store::{self, audit::Entry, customers::By},
};

pub(super) async fn get(call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let found = find(&call, &call.database()?).await?.ok_or_else(problem::not_found)?;
    answer::json(&Facts::of(&found))
}

pub(super) async fn put(mut call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let id =
        Id::new(call.item.as_str()).map_err(|error| problem::fault("", "textTooLong", error.to_string()))?;
    let customer = Customer { id: Some(id), ..asked_for(&call.json().await?)? };
    let database = call.database()?;
    let before = find(&call, &database).await?;
    let now = clock::now();
    let changes = store::customers::put(&database, call.store(), &call.item, &customer, now)?;
    let detail = json!({ "clubs": customer.clubs.len(), "tags": customer.tags.len() });
    change(&call, &database, "customer.put", detail, changes, [before, Some(customer.clone())]).await?;
    answer::json(&Facts::of(&sorted(customer)))
}

pub(super) async fn delete(call: Call) -> Result<Response, Failure> {
    call.only(&[])?;
    let database = call.database()?;
    let found = find(&call, &database).await?.ok_or_else(problem::not_found)?;
    let changes = store::customers::delete(&database, call.store(), &call.item)?;
    change(&call, &database, "customer.delete", json!({}), changes, [Some(found), None]).await?;
    Ok(answer::nothing(204)?)
}

async fn find(call: &Call, database: &D1Database) -> Result<Option<Customer>, Failure> {
    Ok(store::customers::find(database, call.store(), By::Id(&call.item)).await?)
}

/// Writes a change with its row; the audit names the customer by id, and never tells an address.
async fn change(
    call: &Call,
    database: &D1Database,
    action: &'static str,
    detail: Value,
    changes: Vec<worker::D1PreparedStatement>,
    changed: [Option<Customer>; 2],
) -> Result<(), Failure> {
    let entry = Entry { actor: call.caller.name().to_owned(), action, subject: call.item.clone(), detail };
    let written = store::audit::write(database, call.store(), &entry, clock::now(), changes).await;
    for customer in changed.iter().flatten() {
        customers::doubt(call.store(), customer);
    }
    Ok(written?)
}

fn asked_for(document: &Value) -> Result<Customer, Failure> {
    let has_id = document.get("id").is_some();
    if has_id {
        return Err(problem::fault("/id", "unknownField", "the id stands in the address").into());
    }
    Ok(read::read(document, read::customer)?)
}

/// As it will be read back.
fn sorted(mut customer: Customer) -> Customer {
    for ids in [&mut customer.clubs, &mut customer.tags] {
        ids.sort();
        ids.dedup();
    }
    customer
}
