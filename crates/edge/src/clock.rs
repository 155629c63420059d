//! The clock. No other file reads it: everywhere else the time is an argument.

use pricing::model::Instant;

/// The time now. The runtime stops it while a request computes: it moves on with the request's input and output.
pub(crate) fn now() -> Instant {
    // Milliseconds since 1970 fit for 292 million years.
    Instant::from_millis(i64::try_from(worker::Date::now().as_millis()).unwrap_or(i64::MAX))
}
