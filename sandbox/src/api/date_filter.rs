//! Dates and times in query parameters and recorded bodies: local, or in UTC if they end in `Z`.

use jiff::civil::{Date, DateTime};

/// A local date and time, or one in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateFilter {
    Local(DateTime),
    Utc(DateTime),
}

impl DateFilter {
    /// Parses `YYYY-MM-DD` (midnight), `YYYY-MM-DDThh:mm:ss` or `YYYY-MM-DDThh:mm:ssZ`, and no other form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (local, is_utc) = match text.strip_suffix('Z') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        // The length is checked, because `strptime` accepts numbers with fewer digits.
        let time = match local.len() {
            10 if !is_utc => Date::strptime("%Y-%m-%d", local).ok()?.at(0, 0, 0, 0),
            19 => DateTime::strptime("%Y-%m-%dT%H:%M:%S", local).ok()?,
            _ => return None,
        };
        Some(if is_utc { Self::Utc(time) } else { Self::Local(time) })
    }

    /// Returns the date and time, local or in UTC.
    pub(crate) fn time(self) -> DateTime {
        match self {
            Self::Local(time) | Self::Utc(time) => time,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::DateFilter;

    #[test]
    fn only_the_documented_forms_are_accepted() {
        let day = date(2014, 6, 14);
        let cases = [
            ("2014-06-14", Some(DateFilter::Local(day.at(0, 0, 0, 0)))),
            ("2014-06-14T19:30:00", Some(DateFilter::Local(day.at(19, 30, 0, 0)))),
            ("2014-06-14T00:00:00Z", Some(DateFilter::Utc(day.at(0, 0, 0, 0)))),
            ("2014-06-14Z", None),
            ("2014-6-14", None),
            ("14/06/2014", None),
            ("2014-02-30", None),
            ("2014-06-14 19:30:00", None),
            ("2014-06-14T19:30", None),
            ("2014-06-14T25:00:00", None),
            ("2014-06-14T19:30:00+01:00", None),
            ("", None),
            ("Z", None),
            ("äöüäö", None),
        ];
        for (text, expected) in cases {
            assert_eq!(DateFilter::parse(text), expected, "{text}");
        }
    }
}
