//! Instants and schedules in the store's own days.

use calendar::{Local, PickedDay, Zone};
use pricing::model::{Instant, Schedule};
use wire::format_instant;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Tells instants in the store's own days; in UTC where its zone is unknown or the instant beyond the calendar.
pub(super) struct Days(Option<Zone>);

impl Days {
    pub(super) fn of(zone: &str) -> Self {
        Self(Zone::named(zone).ok())
    }

    /// A moment with its time of day, and whose.
    pub(super) fn moment(&self, instant: Instant) -> String {
        let shown = self.0.as_ref().and_then(|zone| Some((zone, zone.local(instant).ok()?)));
        shown.map_or_else(
            || format_instant(instant),
            |(zone, local)| format!("{} ({})", with_time(local), zone.name()),
        )
    }

    /// When a discount runs.
    pub(super) fn runs(&self, schedule: &Schedule) -> String {
        match (schedule.starts_at(), schedule.ends_at()) {
            (None, None) => "Runs always".to_owned(),
            (Some(start), None) => format!("Runs from {}", self.start(start)),
            (None, Some(end)) => format!("Runs through {}", self.end(end)),
            (Some(start), Some(end)) => format!("Runs from {} through {}", self.start(start), self.end(end)),
        }
    }

    /// The day something starts, with the time unless it is the whole day.
    pub(super) fn start(&self, instant: Instant) -> String {
        self.edge(instant, Zone::start_day)
    }

    /// The last day of something, with the time it ends unless it is the whole day.
    pub(super) fn end(&self, instant: Instant) -> String {
        self.edge(instant, Zone::end_day)
    }

    fn edge(
        &self,
        instant: Instant,
        day: impl Fn(&Zone, Instant) -> Result<PickedDay, calendar::OutOfRange>,
    ) -> String {
        let told = self.0.as_ref().and_then(|zone| match day(zone, instant).ok()? {
            PickedDay::Whole(day) => Some(date(day)),
            PickedDay::Within { .. } => zone.local(instant).ok().map(with_time),
        });
        told.unwrap_or_else(|| format_instant(instant))
    }
}

fn date(day: calendar::Day) -> String {
    let month = usize::try_from(day.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!("{} {} {}", day.day(), month.unwrap_or(&""), day.year())
}

fn with_time(local: Local) -> String {
    let Local { day, hour, minute, second } = local;
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{}, {hour:02}:{minute:02}{seconds}", date(day))
}
