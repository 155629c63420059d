//! The edges of days in the world's zones, against instants worked out with another library and its own data.

#![expect(clippy::expect_used, reason = "a test may panic")]

use calendar::{Day, OutOfRange, PickedDay, Zone};
use pricing::model::Instant;

/// Zone, day, the instant stored for it as a start, the instant stored for it as an inclusive end. Each was worked out
/// with Python's `zoneinfo` from the operating system's time zone data, release 2025b: every second of UTC that shows a
/// midnight, and where there is none, the first second that shows a later time. All are past: governments change what
/// is to come, as Cuba did for 2026 after that release.
const EDGES: [(&str, &str, &str, &str); 54] = [
    ("America/Los_Angeles", "2025-03-09", "2025-03-09T08:00:00Z", "2025-03-10T07:00:00Z"),
    ("America/Los_Angeles", "2025-11-02", "2025-11-02T07:00:00Z", "2025-11-03T08:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"),
    ("America/Sao_Paulo", "2019-02-16", "2019-02-16T02:00:00Z", "2019-02-17T03:00:00Z"),
    ("Africa/Cairo", "2025-04-25", "2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z"),
    ("Africa/Cairo", "2025-10-30", "2025-10-29T21:00:00Z", "2025-10-30T22:00:00Z"),
    ("Asia/Beirut", "2025-03-30", "2025-03-29T22:00:00Z", "2025-03-30T21:00:00Z"),
    ("Asia/Beirut", "2025-10-25", "2025-10-24T21:00:00Z", "2025-10-25T22:00:00Z"),
    ("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z"),
    ("America/Asuncion", "2024-03-23", "2024-03-23T03:00:00Z", "2024-03-24T04:00:00Z"),
    ("America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z", "2025-09-08T03:00:00Z"),
    ("America/Santiago", "2025-04-05", "2025-04-05T03:00:00Z", "2025-04-06T04:00:00Z"),
    ("Asia/Tehran", "2022-03-22", "2022-03-21T20:30:00Z", "2022-03-22T19:30:00Z"),
    ("Asia/Tehran", "2022-09-21", "2022-09-20T19:30:00Z", "2022-09-21T20:30:00Z"),
    ("America/Havana", "2025-03-09", "2025-03-09T05:00:00Z", "2025-03-10T04:00:00Z"),
    ("America/Havana", "2025-11-01", "2025-11-01T04:00:00Z", "2025-11-02T05:00:00Z"),
    ("America/Havana", "2025-11-02", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z"),
    ("Atlantic/Azores", "2025-03-30", "2025-03-30T01:00:00Z", "2025-03-31T00:00:00Z"),
    ("Atlantic/Azores", "2025-10-25", "2025-10-25T00:00:00Z", "2025-10-26T01:00:00Z"),
    ("Atlantic/Azores", "2025-10-26", "2025-10-26T00:00:00Z", "2025-10-27T01:00:00Z"),
    ("Australia/Lord_Howe", "2025-04-06", "2025-04-05T13:00:00Z", "2025-04-06T13:30:00Z"),
    ("Australia/Lord_Howe", "2025-10-05", "2025-10-04T13:30:00Z", "2025-10-05T13:00:00Z"),
    ("Asia/Kathmandu", "1985-12-31", "1985-12-30T18:30:00Z", "1985-12-31T18:30:00Z"),
    ("Asia/Kathmandu", "2025-06-15", "2025-06-14T18:15:00Z", "2025-06-15T18:15:00Z"),
    ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"),
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"),
    ("Pacific/Pago_Pago", "2025-01-01", "2025-01-01T11:00:00Z", "2025-01-02T11:00:00Z"),
    ("Pacific/Chatham", "2025-04-06", "2025-04-05T10:15:00Z", "2025-04-06T11:15:00Z"),
    ("Africa/Casablanca", "2025-02-22", "2025-02-21T23:00:00Z", "2025-02-22T23:00:00Z"),
    ("Europe/London", "2025-03-30", "2025-03-30T00:00:00Z", "2025-03-30T23:00:00Z"),
    ("Europe/Dublin", "2025-10-26", "2025-10-25T23:00:00Z", "2025-10-27T00:00:00Z"),
    ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z", "1919-04-01T04:00:00Z"),
    ("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z", "2006-10-30T03:30:00Z"),
    ("America/St_Johns", "2007-11-03", "2007-11-03T02:30:00Z", "2007-11-04T03:30:00Z"),
    ("America/St_Johns", "2007-11-04", "2007-11-04T02:30:00Z", "2007-11-05T03:30:00Z"),
    ("America/Scoresbysund", "2025-03-30", "2025-03-30T01:00:00Z", "2025-03-31T01:00:00Z"),
    ("America/Nuuk", "2025-03-29", "2025-03-29T02:00:00Z", "2025-03-30T01:00:00Z"),
    ("Asia/Gaza", "2022-03-27", "2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"),
    ("Asia/Amman", "2022-02-25", "2022-02-24T22:00:00Z", "2022-02-25T21:00:00Z"),
    ("Asia/Damascus", "2022-03-25", "2022-03-24T22:00:00Z", "2022-03-25T21:00:00Z"),
    ("Pacific/Kiritimati", "1994-12-31", "1994-12-31T10:00:00Z", "1994-12-31T10:00:00Z"),
    ("Pacific/Kwajalein", "1993-08-21", "1993-08-21T12:00:00Z", "1993-08-21T12:00:00Z"),
    ("Asia/Kolkata", "2025-08-15", "2025-08-14T18:30:00Z", "2025-08-15T18:30:00Z"),
    ("Asia/Tokyo", "2025-01-01", "2024-12-31T15:00:00Z", "2025-01-01T15:00:00Z"),
    ("Antarctica/Troll", "2025-03-30", "2025-03-30T00:00:00Z", "2025-03-30T22:00:00Z"),
    ("Africa/Juba", "2021-01-31", "2021-01-30T21:00:00Z", "2021-01-31T22:00:00Z"),
    ("Asia/Pyongyang", "2018-05-04", "2018-05-03T15:30:00Z", "2018-05-04T15:00:00Z"),
    ("America/Caracas", "2016-05-01", "2016-05-01T04:30:00Z", "2016-05-02T04:00:00Z"),
    ("Pacific/Easter", "2025-09-06", "2025-09-06T06:00:00Z", "2025-09-07T05:00:00Z"),
    ("Atlantic/Reykjavik", "2025-06-30", "2025-06-30T00:00:00Z", "2025-07-01T00:00:00Z"),
    ("Etc/UTC", "2025-01-01", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"),
    ("Asia/Manila", "1978-03-22", "1978-03-21T16:00:00Z", "1978-03-22T16:00:00Z"),
    ("Europe/Istanbul", "2016-09-07", "2016-09-06T21:00:00Z", "2016-09-07T21:00:00Z"),
];

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn instant(text: &str) -> Instant {
    let timestamp: jiff::Timestamp = text.parse().expect("an instant");
    Instant::from_millis(timestamp.as_millisecond())
}

#[test]
fn days_begin_and_end_where_another_library_says() {
    for (name, text, start, end) in EDGES {
        assert_eq!(zone(name).start_of(day(text)), Ok(instant(start)), "{name} {text} starts");
        assert_eq!(zone(name).end_of(day(text)), Ok(instant(end)), "{name} {text} ends");
    }
}

#[test]
fn stored_instants_give_back_the_day_picked() {
    // Days that a move over the date line left out: they begin with the next day and end with the one before.
    let skipped = [
        ("Pacific/Apia", "2011-12-30"),
        ("Pacific/Kiritimati", "1994-12-31"),
        ("Pacific/Kwajalein", "1993-08-21"),
    ];
    for (name, text, start, end) in EDGES {
        let (zone, day) = (zone(name), day(text));
        let is_skipped = skipped.contains(&(name, text));
        let starts = if is_skipped { day.next() } else { Some(day) };
        let ends = if is_skipped { day.previous() } else { Some(day) };
        assert_eq!(zone.start_day(instant(start)).ok(), starts.map(PickedDay::Whole), "{name} {text}");
        assert_eq!(zone.end_day(instant(end)).ok(), ends.map(PickedDay::Whole), "{name} {text}");
    }
}

#[test]
fn an_instant_within_a_day_is_kept() {
    let zone = zone("America/Havana");
    let noon = instant("2025-11-02T17:00:00Z");
    let within = PickedDay::Within { day: day("2025-11-02"), instant: noon };
    assert_eq!(zone.start_day(noon), Ok(within));
    assert_eq!(zone.end_day(noon), Ok(within));
    assert_eq!((zone.start_at(within), zone.end_at(within)), (Ok(noon), Ok(noon)));
    // Midnight comes twice: as a start the later one is within the day, as an end the earlier one.
    let (first, second) = (instant("2025-11-02T04:00:00Z"), instant("2025-11-02T05:00:00Z"));
    assert!(zone.start_day(first).is_ok_and(|picked| picked.is_whole()));
    assert_eq!(zone.start_day(second), Ok(PickedDay::Within { day: day("2025-11-02"), instant: second }));
    assert_eq!(zone.end_day(first), Ok(PickedDay::Within { day: day("2025-11-01"), instant: first }));
    assert_eq!(zone.end_day(second), Ok(PickedDay::Whole(day("2025-11-01"))));
    // A millisecond off an edge is off the edge.
    let almost = Instant::from_millis(first.millis() - 1);
    assert_eq!(zone.start_day(almost), Ok(PickedDay::Within { day: day("2025-11-01"), instant: almost }));
}

#[test]
fn the_clock_of_a_place_is_told() {
    let local = zone("Asia/Kathmandu").local(instant("2026-06-14T18:14:59Z")).expect("in range");
    assert_eq!((local.day, local.hour, local.minute, local.second), (day("2026-06-14"), 23, 59, 59));
}

#[test]
fn only_zones_of_the_database_have_a_name() {
    for name in [
        "",
        "Mars/Olympus",
        "Etc/Unknown",
        "America/Los Angeles",
        "PST8PDT,M3.2.0,M11.1.0",
        "+02:00",
        "../UTC",
    ] {
        assert_eq!(Zone::named(name).err().map(|error| error.name).as_deref(), Some(name));
    }
    assert_eq!(zone("america/los_angeles").name(), "America/Los_Angeles");
    assert_eq!(zone("UTC").name(), "UTC");
}

#[test]
fn what_cannot_be_stored_is_an_error() {
    let (west, east) = (zone("America/Los_Angeles"), zone("Asia/Tokyo"));
    assert_eq!(east.start_of(day("0000-01-01")), Err(OutOfRange));
    assert!(west.start_of(day("0000-01-01")).is_ok());
    assert_eq!(west.end_of(day("9999-12-31")), Err(OutOfRange));
    assert_eq!(west.end_of(day("9999-12-30")), Err(OutOfRange));
    assert!(west.end_of(day("9999-12-28")).is_ok());
    for millis in [i64::MIN, -62_167_219_200_001, 253_402_300_800_000, i64::MAX] {
        let beyond = Instant::from_millis(millis);
        assert_eq!((west.start_day(beyond), west.end_day(beyond)), (Err(OutOfRange), Err(OutOfRange)));
    }
}
