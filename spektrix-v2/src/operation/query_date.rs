//! A date as a query parameter: a day, or a moment in it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::xml::{InvalidText, Text};

/// A date as a query parameter.
///
/// The documentation asks for days, `YYYY-MM-DD`; real clients send moments as well, `2014-06-14T00:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryDate {
    /// A day.
    Day(Date),
    /// A local time, as the venue's clocks show it.
    Local(DateTime),
    /// A moment, sent in UTC.
    Moment(Timestamp),
}

impl From<Date> for QueryDate {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime> for QueryDate {
    fn from(time: DateTime) -> Self {
        Self::Local(time)
    }
}

impl From<Timestamp> for QueryDate {
    fn from(moment: Timestamp) -> Self {
        Self::Moment(moment)
    }
}

impl Text for QueryDate {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        const EXPECTED: InvalidText = InvalidText("a date, or a date and time");
        match (text.contains('T'), text.ends_with('Z')) {
            (false, _) => text.parse().map(Self::Day).map_err(|_| EXPECTED),
            (true, false) => text.parse().map(Self::Local).map_err(|_| EXPECTED),
            (true, true) => text.parse().map(Self::Moment).map_err(|_| EXPECTED),
        }
    }

    fn print(&self, out: &mut String) {
        match self {
            Self::Day(day) => day.print(out),
            Self::Local(time) => time.print(out),
            Self::Moment(moment) => moment.print(out),
        }
    }
}
