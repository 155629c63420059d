//! `GET /admin/api/customers?email=&limit=&cursor=`: the merchant's customers.

use pricing::model::Id;
use serde::Serialize;

use crate::{
    answer::{self, Answer},
    call::Call,
    email,
    page_of::Asked,
    problem::Failure,
    store::{self, customers::Kept},
};

/// A customer as it is answered.
#[derive(Debug, Serialize)]
pub(super) struct Facts {
    id: String,
    email: Option<String>,
    name: Option<String>,
    /// In order.
    clubs: Vec<String>,
    tags: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Customers {
    /// In order of their ids.
    customers: Vec<Facts>,
    next_cursor: Option<String>,
}

impl Facts {
    pub(super) fn of(Kept { customer, name }: &Kept) -> Self {
        let texts = |ids: &[Id]| ids.iter().map(ToString::to_string).collect();
        Self {
            id: customer.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            email: customer.email.clone(),
            name: name.clone(),
            clubs: texts(&customer.clubs),
            tags: texts(&customer.tags),
        }
    }
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&["email", "limit", "cursor"])?;
    let (database, asked) = (call.database()?, Asked::of(&call.query)?);
    if let Some(email) = call.query.one("email")? {
        let email = email::spelled(email);
        let found =
            store::customers::find(&database, call.store(), store::customers::By::Email(&email)).await?;
        let customers = found.iter().map(Facts::of).collect();
        return answer::json(&Customers { customers, next_cursor: None });
    }
    let after = asked.after.clone().unwrap_or_default();
    let mut found = store::customers::list(&database, call.store(), &after, asked.and_one()).await?;
    let id = |kept: &Kept| kept.customer.id.as_ref().map(ToString::to_string).unwrap_or_default();
    let next_cursor = asked.cut(&mut found, id);
    answer::json(&Customers { customers: found.iter().map(Facts::of).collect(), next_cursor })
}
