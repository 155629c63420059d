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

use super::operation::Operation;

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
    all.into_iter().flatten().collect()
}
