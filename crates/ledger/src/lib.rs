//! The one place that counts uses.
//!
//! An order reserves its discounts when the checkout starts, commits them when it is paid, and releases them when it is
//! not. All of an order's discounts are taken together or none is; a limit is never exceeded, and a use that comes back
//! is there for the very next order (pricing-rules §7).
//!
//! The ledger is plain Rust over a small SQL trait. It knows no clock, no network and no randomness: the time is an
//! argument, ids are hashes. [`Ledger::carry_out`] decides about any number of commands in one transaction, in their
//! order, without waiting for anything: whoever calls it from one thread has a history that is one line.

#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow and fail"))]

mod confirmation;
mod counts;
mod expiry;
mod grants;
mod idempotency;
mod ledger;
mod message;
mod order;
mod outbox;
mod past;
mod refund;
mod reserve;
mod schema;
mod settle;
mod sql;
mod uses;

pub use confirmation::{CONFIRMATION, CONFIRMATION_MILLIS};
pub use ledger::Ledger;
pub use message::{
    Command, Conflict, Count, GrantState, Granted, Idempotency, Limit, Outcome, Party, Past, Reason, Refund,
    Refusal, RefusalReason, Release, Reserve, Use,
};
pub use order::{Order, Status};
pub use outbox::{Announcement, Delivery, Event, EventKind, Fanned, Page, Pending, Place};
pub use sql::{Cell, Row, Sql, Value};

/// How long a reservation lasts, in milliseconds: 30 minutes.
pub const RESERVATION_MILLIS: i64 = 30 * 60 * 1000;

/// How long a reservation can be made to last by extending it, in milliseconds: a day.
pub const MAXIMUM_RESERVATION_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// How long the outcome of a call is kept under its Idempotency-Key, in milliseconds: a day.
pub const IDEMPOTENCY_MILLIS: i64 = 24 * 60 * 60 * 1000;
