//! The clock. No other file reads it: everywhere else the time is an argument.

use pricing::model::Instant;

/// The time now. The runtime stops it while a request computes: it moves on with the request's input and output.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970, far below 2^53")]
pub(crate) fn now() -> Instant {
    // A number, not a `Date`, which would be an object for each look.
    Instant::from_millis(js_sys::Date::now() as i64)
}
