//! One end of a schedule as a merchant sees it.

use pricing::model::Instant;

use crate::Day;

/// One end of a schedule as a merchant sees it: a day, and whether that day says all of it.
///
/// A form shows [`PickedDay::day`]. It saves a day that nobody touched with [`crate::Zone::start_at`] or
/// [`crate::Zone::end_at`], which give back the very instant it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickedDay {
    /// The whole day: saving the day gives the same instant.
    Whole(Day),
    /// An instant that no picked day gives, as imports may bring: saving the day would move it.
    Within {
        /// The day it falls in; for an end, the day that holds the last moment before it.
        day: Day,
        /// The instant itself.
        instant: Instant,
    },
}

impl PickedDay {
    /// The day to show.
    #[must_use]
    pub const fn day(&self) -> Day {
        match self {
            Self::Whole(day) | Self::Within { day, .. } => *day,
        }
    }

    /// Whether the day says all of it.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }
}
