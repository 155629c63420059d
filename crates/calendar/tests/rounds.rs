//! Showing and saving a schedule never moves it, whatever the clocks do.

use calendar::{Day, PickedDay, Zone};
use pricing::model::Instant;

/// Zones with all kinds of changes: at midnight, over midnight, by half an hour, over the date line, twice in a Ramadan.
const ZONES: [&str; 30] = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Juba",
    "America/Asuncion",
    "America/Caracas",
    "America/Havana",
    "America/Los_Angeles",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Damascus",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];

/// The last changes of Apia, Sao Paulo, Tehran and Asuncion are among them, and a year that is still to come.
const YEARS: [i16; 5] = [2006, 2011, 2018, 2022, 2027];

const ROUNDS: usize = 10;

fn days(year: i16) -> impl Iterator<Item = Day> {
    let first = Day::new(year, 1, 1).ok();
    core::iter::successors(first, |day| day.next()).take_while(move |day| day.year() == year)
}

#[test]
fn a_picked_day_stays_the_day_picked() {
    for name in ZONES {
        let zone = Zone::named(name).expect("a zone");
        for day in YEARS.into_iter().flat_map(days) {
            let (start, end) = (zone.start_of(day).expect("in range"), zone.end_of(day).expect("in range"));
            let (mut starts, mut ends) = (PickedDay::Whole(day), PickedDay::Whole(day));
            for round in 0..ROUNDS {
                let saved = (zone.start_at(starts).expect("in range"), zone.end_at(ends).expect("in range"));
                assert_eq!(saved, (start, end), "{name} {day} saved in round {round}");
                starts = zone.start_day(saved.0).expect("in range");
                ends = zone.end_day(saved.1).expect("in range");
                // Apia went from the 29th to the 31st.
                if (name, day.to_string().as_str()) != ("Pacific/Apia", "2011-12-30") {
                    let picked = (PickedDay::Whole(day), PickedDay::Whole(day));
                    assert_eq!((starts, ends), picked, "{name} {day} shown in round {round}");
                }
            }
        }
    }
}

#[test]
fn an_instant_of_any_kind_stays_that_instant() {
    // Through the year in whole hours, some of them midnights, and in broken steps.
    const HOURS: i64 = 21 * 3_600_000;
    const BROKEN: i64 = HOURS + 17 * 60_000 + 123;
    for name in ZONES {
        let zone = Zone::named(name).expect("a zone");
        for year in YEARS {
            let begin = zone.start_of(Day::new(year, 1, 1).expect("a day")).expect("in range").millis();
            for step in 0..400 {
                let instant = Instant::from_millis(begin + step * if step % 2 == 0 { HOURS } else { BROKEN });
                let (mut start, mut end) = (instant, instant);
                for round in 0..ROUNDS {
                    start = zone.start_day(start).and_then(|picked| zone.start_at(picked)).expect("in range");
                    end = zone.end_day(end).and_then(|picked| zone.end_at(picked)).expect("in range");
                    assert_eq!((start, end), (instant, instant), "{name} in round {round}");
                }
            }
        }
    }
}

#[test]
fn days_follow_each_other_without_a_gap() {
    for name in ZONES {
        let zone = Zone::named(name).expect("a zone");
        for day in YEARS.into_iter().flat_map(days) {
            let start = zone.start_of(day).expect("in range");
            let before = zone.local(Instant::from_millis(start.millis() - 1)).expect("in range");
            assert!(before.day < day, "{name} {day} has begun before its start");
            let next = day.next().expect("a day");
            let end = zone.end_of(day).expect("in range");
            assert!(zone.start_of(next).expect("in range") <= end, "{name} {day} leaves a hole");
            assert!(zone.local(end).expect("in range").day >= next, "{name} {day} ends too early");
        }
    }
}
