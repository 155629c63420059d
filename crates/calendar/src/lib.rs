//! Days in a store's time zone to instants and back.
//!
//! A merchant picks days, a schedule is made of instants: `[startsAt, endsAt)`. The end day is inclusive, so it is
//! stored as the midnight that follows it (pricing-rules §4). An instant that came from elsewhere may lie in the middle
//! of a day; a [`PickedDay`] says so and keeps it, so that showing and saving a schedule never moves it.
//!
//! The time zones of the whole world are built in, so every machine gives the same answer.

#![no_std]
#![deny(clippy::arithmetic_side_effects)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may overflow and fail"))]

extern crate alloc;

mod day;

mod local;
mod picked_day;
mod zone;

pub use day::{Day, DayError};

pub use local::Local;
pub use picked_day::PickedDay;
pub use zone::{OutOfRange, UnknownZone, Zone};
