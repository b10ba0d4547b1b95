//! The venue's clock: local time in London, its twin in UTC, and days counted from one another.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// The day it is in London.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(LONDON.clone()).date()
}

/// The moment at which London's clocks show this time: of two, the earlier; of none, as if they had not been changed.
pub(crate) fn to_utc(local: DateTime) -> Timestamp {
    let moment = LONDON.to_ambiguous_timestamp(local).compatible();
    // Only times near the end of the calendar have none, and a sandbox is never set to those years.
    moment.unwrap_or(Timestamp::MAX)
}

/// What London's clocks show at a moment.
pub(crate) fn to_local(moment: Timestamp) -> DateTime {
    LONDON.to_datetime(moment)
}

/// So many days later, or earlier.
pub(super) fn days_after(date: Date, days: i32) -> Date {
    date.saturating_add(Span::new().days(days))
}

/// So many minutes before.
pub(super) fn minutes_before(time: DateTime, minutes: i32) -> DateTime {
    time.saturating_sub(Span::new().minutes(minutes))
}

/// The Monday of the week.
pub(super) fn monday_of(date: Date) -> Date {
    days_after(date, -i32::from(date.weekday().to_monday_zero_offset()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{monday_of, to_utc};

    #[test]
    fn summer_time_is_an_hour_ahead() {
        let cases = [
            (date(2030, 1, 15).at(19, 30, 0, 0), "2030-01-15T19:30:00Z"),
            (date(2030, 3, 30).at(19, 30, 0, 0), "2030-03-30T19:30:00Z"),
            (date(2030, 3, 31).at(19, 30, 0, 0), "2030-03-31T18:30:00Z"),
            (date(2030, 10, 26).at(19, 30, 0, 0), "2030-10-26T18:30:00Z"),
            (date(2030, 10, 27).at(19, 30, 0, 0), "2030-10-27T19:30:00Z"),
            // Shown twice, and never.
            (date(2030, 10, 27).at(1, 30, 0, 0), "2030-10-27T00:30:00Z"),
            (date(2030, 3, 31).at(1, 30, 0, 0), "2030-03-31T01:30:00Z"),
        ];
        for (local, utc) in cases {
            assert_eq!(to_utc(local).to_string(), utc, "{local}");
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        for day in [date(2030, 6, 3), date(2030, 6, 5), date(2030, 6, 9)] {
            assert_eq!(monday_of(day), date(2030, 6, 3));
        }
    }
}
