//! A date as a query parameter: a day, or a time.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::runtime::{InvalidText, Text};

/// A date as a query parameter.
///
/// The documentation describes days, `YYYY-MM-DD`. Real clients also send times, `2014-06-14T00:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryDate {
    /// A day.
    Day(Date),
    /// A local time in the time zone of the venue.
    Local(DateTime),
    /// A point in time, sent in UTC.
    Moment(Timestamp),
}

impl QueryDate {
    /// Returns both ends of a range, as the service interprets them: a day means its start.
    pub fn ends_of<D: Into<Self> + Clone>(range: &impl RangeBounds<D>) -> (Option<Self>, Option<Self>) {
        let from = match range.start_bound() {
            Bound::Included(from) | Bound::Excluded(from) => Some(from.clone().into()),
            Bound::Unbounded => None,
        };
        let to = match range.end_bound() {
            Bound::Included(to) => Some(to.clone().into().to_its_end()),
            Bound::Excluded(to) => Some(to.clone().into()),
            Bound::Unbounded => None,
        };
        (from, to)
    }

    /// Returns the next day, because its start is the end of this day. Returns a time unchanged.
    fn to_its_end(self) -> Self {
        match self {
            Self::Day(day) => Self::Day(day.tomorrow().unwrap_or(day)),
            other => other,
        }
    }
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
        let parsed = if !text.contains('T') {
            text.parse().map(Self::Day)
        } else if text.ends_with('Z') {
            text.parse().map(Self::Moment)
        } else {
            text.parse().map(Self::Local)
        };
        parsed.map_err(|_| EXPECTED)
    }

    fn print(&self, out: &mut String) {
        match self {
            Self::Day(day) => day.print(out),
            Self::Local(time) => time.print(out),
            Self::Moment(moment) => moment.print(out),
        }
    }
}
