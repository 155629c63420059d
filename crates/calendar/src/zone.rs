//! A time zone, and which instants are the edges of its days.

use alloc::string::String;
use core::fmt;

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase},
};
use pricing::model::Instant;

use crate::{Day, Local, PickedDay};

/// The instants of the years 0 to 9999 in UTC, in milliseconds: what contract v1 can write.
const WRITABLE: core::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;

/// A time zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// Which of two instants a midnight stands for that comes twice, because clocks go back over it.
#[derive(Clone, Copy)]
enum Pick {
    Earlier,
    Later,
}

impl Zone {
    /// The zone of an IANA name, `America/Los_Angeles`, in upper or lower case.
    ///
    /// # Errors
    /// There is no zone of this name.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        let unknown = || UnknownZone { name: name.into() };
        let rules = TimeZoneDatabase::bundled().get(name).map_err(|_| unknown())?;
        // The library also knows `Etc/Unknown`, which is in no database and has no name.
        let name = rules.iana_name().ok_or_else(unknown)?.into();
        Ok(Self { name, rules })
    }

    /// Its name as the database spells it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The instant stored for a start day: its midnight; the earlier where that comes twice, the first instant of the
    /// day where there is none.
    ///
    /// # Errors
    /// The instant is not of the years 0 to 9999 in UTC, up to 9999-12-30T22:00:00Z.
    pub fn start_of(&self, day: Day) -> Result<Instant, OutOfRange> {
        self.midnight(day, Pick::Earlier)
    }

    /// The instant stored for an inclusive end day: the midnight that follows it; the later where that comes twice, the
    /// first instant of the next day where there is none.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn end_of(&self, day: Day) -> Result<Instant, OutOfRange> {
        self.midnight(day.next().ok_or(OutOfRange)?, Pick::Later)
    }

    /// The day that a stored start stands for.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn start_day(&self, instant: Instant) -> Result<PickedDay, OutOfRange> {
        let day = self.local(instant)?.day;
        let is_whole = self.start_of(day) == Ok(instant);
        Ok(if is_whole { PickedDay::Whole(day) } else { PickedDay::Within { day, instant } })
    }

    /// The inclusive day that a stored end stands for.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn end_day(&self, instant: Instant) -> Result<PickedDay, OutOfRange> {
        let last = instant.millis().checked_sub(1).map(Instant::from_millis).ok_or(OutOfRange)?;
        let day = self.local(last)?.day;
        // Where midnight comes twice, the last moment of the day before is shown as the beginning of the next one.
        let candidates = [Some(day), day.previous()];
        let whole = candidates.into_iter().flatten().find(|day| self.end_of(*day) == Ok(instant));
        Ok(whole.map_or(PickedDay::Within { day, instant }, PickedDay::Whole))
    }

    /// The instant to store for a start as it was shown: nothing moves that nobody touched.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn start_at(&self, picked: PickedDay) -> Result<Instant, OutOfRange> {
        match picked {
            PickedDay::Whole(day) => self.start_of(day),
            PickedDay::Within { instant, .. } => Ok(instant),
        }
    }

    /// The instant to store for an end as it was shown: nothing moves that nobody touched.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn end_at(&self, picked: PickedDay) -> Result<Instant, OutOfRange> {
        match picked {
            PickedDay::Whole(day) => self.end_of(day),
            PickedDay::Within { instant, .. } => Ok(instant),
        }
    }

    /// What clock and calendar show at an instant.
    ///
    /// # Errors
    /// As [`Zone::start_of`], for the local year too.
    pub fn local(&self, instant: Instant) -> Result<Local, OutOfRange> {
        if !WRITABLE.contains(&instant.millis()) {
            return Err(OutOfRange);
        }
        let timestamp = Timestamp::from_millisecond(instant.millis()).map_err(|_| OutOfRange)?;
        let shown = self.rules.to_datetime(timestamp);
        let day = Day::of(shown.date()).ok_or(OutOfRange)?;
        Ok(Local { day, hour: shown.hour(), minute: shown.minute(), second: shown.second() })
    }

    fn midnight(&self, day: Day, pick: Pick) -> Result<Instant, OutOfRange> {
        let midnight = day.date().to_datetime(jiff::civil::Time::midnight());
        let timestamp = match (self.rules.to_ambiguous_timestamp(midnight).offset(), pick) {
            (AmbiguousOffset::Unambiguous { offset }, _)
            | (AmbiguousOffset::Fold { before: offset, .. }, Pick::Earlier)
            | (AmbiguousOffset::Fold { after: offset, .. }, Pick::Later) => {
                offset.to_timestamp(midnight).ok()
            }
            (AmbiguousOffset::Gap { after, .. }, _) => {
                after.to_timestamp(midnight).ok().and_then(|before| self.first_showing(midnight, before))
            }
        };
        timestamp
            .map(Timestamp::as_millisecond)
            .filter(|millis| WRITABLE.contains(millis))
            .map(Instant::from_millis)
            .ok_or(OutOfRange)
    }

    /// The change of clocks after `before` that first shows `midnight` or later. Clocks go forward over that midnight,
    /// so the change is the first instant of its day; where a whole day is skipped, of the next one.
    fn first_showing(&self, midnight: DateTime, before: Timestamp) -> Option<Timestamp> {
        let changes = self.rules.following(before).map(|change| change.timestamp());
        changes.into_iter().find(|change| self.rules.to_datetime(*change) >= midnight)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

/// There is no time zone of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    /// The name asked for.
    pub name: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no time zone `{}`; use a name like America/Los_Angeles", self.name)
    }
}

impl core::error::Error for UnknownZone {}

/// An instant or a day is outside the years that can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a schedule's days must lie in the years 0000 to 9999")
    }
}

impl core::error::Error for OutOfRange {}
