//! What is told of every operation, one topic a file.

mod customers;
mod deployment;
mod keys;
mod mail;
mod orders;
mod shopping;
mod store;
mod updates;
mod upgrades;
mod webhooks;

use super::{operation::Operation, paths::is_of};
use crate::routes::table::{ROUTES, Route};

/// Every operation, in the order of its topics.
pub(super) fn operations() -> Vec<Operation> {
    let all = [
        shopping::operations(),
        orders::operations(),
        store::operations(),
        upgrades::operations(),
        customers::operations(),
        keys::operations(),
        mail::operations(),
        updates::operations(),
        webhooks::operations(),
        deployment::operations(),
    ];
    all.into_iter().flatten().map(revised).collect()
}

/// An operation with what its route brings along.
fn revised(operation: Operation) -> Operation {
    let is_its = |route: &&Route| route.methods.iter().any(|method| is_of(&operation, route, method));
    let is_revised = ROUTES.iter().find(is_its).is_some_and(Route::is_revised);
    if is_revised { operation.revised() } else { operation }
}
