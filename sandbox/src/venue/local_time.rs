//! Local time in London, its conversion to and from UTC, and date arithmetic.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// Returns the current date in London.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(LONDON.clone()).date()
}

/// Converts a local time in London to UTC.
///
/// Of a time that occurs twice, the earlier one is returned. A time that is skipped is read as if the clocks had not
/// been changed.
pub(crate) fn to_utc(local: DateTime) -> Timestamp {
    let timestamp = LONDON.to_ambiguous_timestamp(local).compatible();
    // This only fails near the end of the calendar, and the sandbox refuses to be set to those years.
    timestamp.unwrap_or(Timestamp::MAX)
}

/// Converts a timestamp to the local time in London.
pub(crate) fn to_local(timestamp: Timestamp) -> DateTime {
    LONDON.to_datetime(timestamp)
}

/// Returns the date a number of days later. The number may be negative.
pub(super) fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// Returns the time a number of minutes earlier.
pub(super) fn minutes_before(time: DateTime, minutes: i32) -> DateTime {
    time.saturating_sub(Span::new().minutes(minutes))
}

/// Returns the Monday of the week of a date.
pub(super) fn monday_of(date: Date) -> Date {
    days_after(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{monday_of, to_utc};

    #[test]
    fn summer_time_is_one_hour_ahead_of_utc() {
        let cases = [
            (date(2030, 1, 15).at(19, 30, 0, 0), "2030-01-15T19:30:00Z"),
            (date(2030, 3, 30).at(19, 30, 0, 0), "2030-03-30T19:30:00Z"),
            (date(2030, 3, 31).at(19, 30, 0, 0), "2030-03-31T18:30:00Z"),
            (date(2030, 10, 26).at(19, 30, 0, 0), "2030-10-26T18:30:00Z"),
            (date(2030, 10, 27).at(19, 30, 0, 0), "2030-10-27T19:30:00Z"),
            // Occurs twice, and is skipped.
            (date(2030, 10, 27).at(1, 30, 0, 0), "2030-10-27T00:30:00Z"),
            (date(2030, 3, 31).at(1, 30, 0, 0), "2030-03-31T01:30:00Z"),
        ];
        for (local, utc) in cases {
            assert_eq!(to_utc(local).to_string(), utc, "{local}");
        }
    }

    #[test]
    fn weeks_start_on_monday() {
        for day in [date(2030, 6, 3), date(2030, 6, 5), date(2030, 6, 9)] {
            assert_eq!(monday_of(day), date(2030, 6, 3));
        }
    }
}
