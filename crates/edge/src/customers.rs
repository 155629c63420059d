//! What the store knows of a customer, held in the isolate for a few seconds.

use std::collections::BTreeMap;
use std::rc::Rc;

use pricing::model::{Customer, Id};
use worker::D1Database;

use crate::{
    held::{self, Shelf},
    problem::Failure,
    store,
    store_id::StoreId,
};

thread_local! {
    static KNOWN: Shelf<Option<Customer>> = const { Shelf::new(BTreeMap::new()) };
}

/// `customer`, as a shop's server names them, with the clubs and tags that the store's own records have of them. They are
/// found by their id, or without one by their e-mail address.
///
/// # Errors
/// The database fails.
pub(crate) async fn known(
    database: &D1Database,
    store: &StoreId,
    mut customer: Customer,
) -> Result<Customer, Failure> {
    let by = match (&customer.id, &customer.email) {
        (Some(id), _) => store::customers::By::Id(id.as_str()),
        (None, Some(email)) => store::customers::By::Email(email),
        (None, None) => return Ok(customer),
    };
    let name = format!("{store}/{by}");
    let found = held::get(&KNOWN, &name, async |_| {
        let found = store::customers::find(database, store, by).await?;
        Ok(Rc::new(found.map(|kept| kept.customer)))
    });
    if let Some(known) = found.await?.as_ref() {
        add(&mut customer.clubs, &known.clubs);
        add(&mut customer.tags, &known.tags);
        customer.email = customer.email.or_else(|| known.email.clone());
    }
    Ok(customer)
}

/// Says that a customer may have changed.
pub(crate) fn doubt(store: &StoreId, customer: &Customer) {
    if let Some(id) = &customer.id {
        held::doubt(&KNOWN, &format!("{store}/{}", store::customers::By::Id(id.as_str())));
    }
    if let Some(email) = &customer.email {
        held::doubt(&KNOWN, &format!("{store}/{}", store::customers::By::Email(email)));
    }
}

fn add(ids: &mut Vec<Id>, more: &[Id]) {
    let unknown: Vec<Id> = more.iter().filter(|id| !ids.contains(id)).cloned().collect();
    ids.extend(unknown);
}
