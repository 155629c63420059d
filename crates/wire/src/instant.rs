//! RFC 3339 instants in UTC, small enough to ship to browsers (checked against a time library by tests).

use pricing::model::Instant;

const DAY: i64 = 86_400_000;

/// Reads an RFC 3339 instant in UTC, `2026-01-15T12:00:00Z` with up to three decimals of a second.
#[must_use]
pub fn parse_instant(text: &str) -> Option<Instant> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (time, millis) = match time.split_once('.') {
        Some((time, decimals)) => (time, fraction(decimals)?),
        None => (time, 0),
    };
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days =
        days_from_date(year, month, day).filter(|days| date_from_days(*days) == Some((year, month, day)))?;
    let seconds = hour.checked_mul(3_600)?.checked_add(minute.checked_mul(60)?)?.checked_add(second)?;
    days.checked_mul(DAY)?
        .checked_add(seconds.checked_mul(1_000)?)?
        .checked_add(millis)
        .map(Instant::from_millis)
}

/// Writes an instant of the years 0 to 9999 as RFC 3339 in UTC, with decimals only where there are any.
#[must_use]
pub fn format_instant(instant: Instant) -> String {
    let millis = instant.millis();
    let (year, month, day) = date_from_days(millis.div_euclid(DAY)).unwrap_or((0, 1, 1));
    let in_day = millis.rem_euclid(DAY);
    let part =
        |unit: i64, of: i64| in_day.checked_div(unit).and_then(|units| units.checked_rem(of)).unwrap_or(0);
    let (hour, minute, second) = (part(3_600_000, 24), part(60_000, 60), part(1_000, 60));
    let mut text = String::with_capacity(24);
    for (number, width, behind) in
        [(year, 4, '-'), (month, 2, '-'), (day, 2, 'T'), (hour, 2, ':'), (minute, 2, ':'), (second, 2, '.')]
    {
        push_number(&mut text, number, width);
        text.push(behind);
    }
    match part(1, 1_000) {
        0 => {
            text.pop();
        }
        millis => push_number(&mut text, millis, 3),
    }
    text.push('Z');
    text
}

/// Adds a number of at most so many digits, with zeros before it.
fn push_number(text: &mut String, number: i64, width: usize) {
    let digits = number.to_string();
    text.extend(core::iter::repeat_n('0', width.saturating_sub(digits.len())));
    text.push_str(&digits);
}

/// Three numbers of exactly so many digits.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut read = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let [first, second, third] = digits;
    let numbers = [read(first)?, read(second)?, read(third)?];
    parts.next().is_none().then_some(numbers)
}

/// One to three decimals as milliseconds.
fn fraction(decimals: &str) -> Option<i64> {
    let factor = match decimals.len() {
        1 => 100,
        2 => 10,
        3 => 1,
        _ => return None,
    };
    let all_digits = decimals.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| decimals.parse::<i64>().ok())?.and_then(|number| number.checked_mul(factor))
}

/// Days since 1970-01-01 of a date in the Gregorian calendar. Years are counted from March, so that the leap day
/// comes last and the months before it have a regular pattern: 153 days in every five.
fn days_from_date(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month > 2 { year } else { year.checked_sub(1)? };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = month.checked_add(9)?.checked_rem(12)?;
    let day_of_year = month_from_march.checked_mul(153)?.checked_add(2)?.checked_div(5)?.checked_add(day)?;
    let leap_days = year_of_era.checked_div(4)?.checked_sub(year_of_era.checked_div(100)?)?;
    let day_of_era = year_of_era.checked_mul(365)?.checked_add(leap_days)?.checked_add(day_of_year)?;
    // 719,469 days from 0000-02-29 to 1970-01-01; an era is 400 years of 146,097 days together.
    era.checked_mul(146_097)?.checked_add(day_of_era)?.checked_sub(719_469)
}

/// The inverse of [`days_from_date`].
fn date_from_days(days: i64) -> Option<(i64, i64, i64)> {
    let shifted = days.checked_add(719_468)?;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let leap_days = day_of_era.checked_div(1_460)?.checked_sub(day_of_era.checked_div(36_524)?)?;
    let leap_days = leap_days.checked_add(day_of_era.checked_div(146_096)?)?;
    let year_of_era = day_of_era.checked_sub(leap_days)?.checked_div(365)?;
    let before = year_of_era.checked_mul(365)?.checked_add(year_of_era.checked_div(4)?)?;
    let day_of_year = day_of_era.checked_sub(before.checked_sub(year_of_era.checked_div(100)?)?)?;
    let month_from_march = day_of_year.checked_mul(5)?.checked_add(2)?.checked_div(153)?;
    let before = month_from_march.checked_mul(153)?.checked_add(2)?.checked_div(5)?;
    let day = day_of_year.checked_sub(before)?.checked_add(1)?;
    let month = if month_from_march < 10 {
        month_from_march.checked_add(3)?
    } else {
        month_from_march.checked_sub(9)?
    };
    let year = era.checked_mul(400)?.checked_add(year_of_era)?;
    Some((if month <= 2 { year.checked_add(1)? } else { year }, month, day))
}

#[cfg(test)]
mod tests {
    use pricing::model::Instant;
    use proptest::prelude::*;

    use super::{format_instant, parse_instant};

    #[test]
    fn reads_only_utc_and_real_dates() {
        assert_eq!(parse_instant("1970-01-01T00:00:00Z"), Some(Instant::from_millis(0)));
        assert_eq!(parse_instant("2026-01-15T12:00:00.25Z").map(Instant::millis), Some(1_768_478_400_250));
        for text in [
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00+01:00",
            "2026-01-01",
            "2026-1-1T00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "+026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.1234Z",
            "",
            "Z",
        ] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_a_time_library(millis in -62_167_219_200_000_i64..253_402_300_800_000) {
            let ours = format_instant(Instant::from_millis(millis));
            let theirs: jiff::Timestamp = ours.parse().expect("an instant");
            prop_assert_eq!(theirs.as_millisecond(), millis);
            prop_assert_eq!(parse_instant(&ours), Some(Instant::from_millis(millis)));
        }
    }
}
