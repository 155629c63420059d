//! When a discount runs.

use core::fmt;

use super::Instant;

/// The time a discount runs: from `starts_at` on, up to but not including `ends_at`; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
}

impl Schedule {
    /// The window `[starts_at, ends_at)`.
    ///
    /// # Errors
    /// It ends no later than it starts.
    pub fn new(starts_at: Option<Instant>, ends_at: Option<Instant>) -> Result<Self, ScheduleError> {
        match (starts_at, ends_at) {
            (Some(start), Some(end)) if end <= start => Err(ScheduleError),
            _ => Ok(Self { starts_at, ends_at }),
        }
    }

    /// The first instant at which it runs, where it has one.
    #[must_use]
    pub const fn starts_at(&self) -> Option<Instant> {
        self.starts_at
    }

    /// The first instant at which it no longer runs, where it has one.
    #[must_use]
    pub const fn ends_at(&self) -> Option<Instant> {
        self.ends_at
    }

    /// Whether it has begun.
    #[must_use]
    pub fn has_started(&self, as_of: Instant) -> bool {
        self.starts_at.is_none_or(|start| as_of >= start)
    }

    /// Whether it is over.
    #[must_use]
    pub fn has_ended(&self, as_of: Instant) -> bool {
        self.ends_at.is_some_and(|end| as_of >= end)
    }
}

/// A window ends no later than it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleError;

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the end must be later than the start")
    }
}

impl core::error::Error for ScheduleError {}
