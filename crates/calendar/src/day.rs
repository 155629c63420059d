//! A day in the calendar.

use core::{fmt, str::FromStr};

use jiff::civil::Date;

/// A day in the Gregorian calendar, of the years 0 to 9999, in no particular time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of a year, a month from 1 and a day of the month from 1.
    ///
    /// # Errors
    /// There is no such day, or its year is not one of 0 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DayError> {
        Date::new(year, month, day).ok().and_then(Self::of).ok_or(DayError)
    }

    /// The year, 0 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day after, up to 9999-12-31.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.tomorrow().ok().and_then(Self::of)
    }

    /// The day before, down to 0000-01-01.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.0.yesterday().ok().and_then(Self::of)
    }

    pub(crate) fn of(date: Date) -> Option<Self> {
        (date.year() >= 0).then_some(Self(date))
    }

    pub(crate) const fn date(self) -> Date {
        self.0
    }
}

impl fmt::Display for Day {
    /// As `2026-03-08`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Day {
    type Err = DayError;

    /// Reads `2026-03-08`, the way an input field of a web page writes a day, and nothing else.
    fn from_str(text: &str) -> Result<Self, DayError> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok())?
        };
        let (year, month, day) = (number(4), number(2), number(2));
        if parts.next().is_some() {
            return Err(DayError);
        }
        let small = |number: Option<i16>| number.and_then(|number| i8::try_from(number).ok());
        match (year, small(month), small(day)) {
            (Some(year), Some(month), Some(day)) => Self::new(year, month, day),
            _ => Err(DayError),
        }
    }
}

/// There is no such day, or it is not written as `2026-03-08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayError;

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is written as 2026-03-08, with a year from 0000 to 9999")
    }
}

impl core::error::Error for DayError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::{Day, DayError};

    #[test]
    fn is_read_as_it_is_written() {
        for text in ["0000-01-01", "2024-02-29", "9999-12-31"] {
            assert_eq!(text.parse::<Day>().map(|day| day.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-3-8",
            "26-03-08",
            "2026-03-08T",
            "2026-03-08-01",
            "-001-01-01",
            "",
        ] {
            assert_eq!(text.parse::<Day>(), Err(DayError), "{text}");
        }
        assert_eq!(Day::new(-1, 1, 1), Err(DayError));
    }

    #[test]
    fn neighbours_end_with_the_calendar() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(day("2024-02-28").next(), Some(day("2024-02-29")));
        assert_eq!(day("2026-01-01").previous(), Some(day("2025-12-31")));
        assert_eq!(day("9999-12-31").next(), None);
        assert_eq!(day("0000-01-01").previous(), None);
    }
}
