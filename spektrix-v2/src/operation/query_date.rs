//! A date as a query parameter: a day, or a moment in it.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::runtime::{InvalidText, Text};

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

impl QueryDate {
    /// Both ends of a range, as the service takes them: a day stands for its first moment.
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

    /// The first moment that is no longer part of it, for a day; any other as it is.
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
