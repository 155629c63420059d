//! The ledger's promises (P1–P5, P7, P8) and the rules of its commands, on SQLite.
//!
//! Where a promise says so, the naive version that breaks it is kept here, and is seen to be caught.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod agree;
mod crash;
mod expiry;
mod grants;
mod history;
mod idempotency;
mod interleave;
mod links;
mod messages;
mod model;
mod naive;
mod once;
mod outbox;
mod random;
mod rules;
mod shop;
mod sqlite;
mod statements;
mod telling;
mod whole;
mod work;
