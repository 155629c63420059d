//! The Durable Objects: one file each.

mod ledger;
mod outbox;
mod sqlite;
mod storage;
mod throttle;
