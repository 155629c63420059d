//! The Durable Objects: one file each.

mod campaign;
mod ledger;
mod outbox;
mod sqlite;
mod storage;
mod throttle;
