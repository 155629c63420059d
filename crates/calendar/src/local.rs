//! What clock and calendar show at a place.

use crate::Day;

/// What clock and calendar show in a zone at some instant. Two instants may show the same, where clocks go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The day.
    pub day: Day,
    /// The hour, 0 to 23.
    pub hour: i8,
    /// The minute, 0 to 59.
    pub minute: i8,
    /// The second, 0 to 59.
    pub second: i8,
}
