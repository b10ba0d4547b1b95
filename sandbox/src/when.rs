//! A moment in a query parameter or a recorded body: a local time, or one in UTC when it ends in `Z`.

use jiff::civil::{Date, DateTime};

/// A local moment or one in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Local(DateTime),
    Utc(DateTime),
}

impl When {
    /// `YYYY-MM-DD`, which is that day's midnight, or `YYYY-MM-DDThh:mm:ss`, either of them strictly, or the latter with `Z`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (local, utc) = match text.strip_suffix('Z') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let moment = match local.len() {
            10 if !utc => Date::strptime("%Y-%m-%d", local).ok()?.at(0, 0, 0, 0),
            19 => DateTime::strptime("%Y-%m-%dT%H:%M:%S", local).ok()?,
            _ => return None,
        };
        Some(if utc { Self::Utc(moment) } else { Self::Local(moment) })
    }

    /// The moment on its own clock.
    pub(crate) fn moment(self) -> DateTime {
        match self {
            Self::Local(moment) | Self::Utc(moment) => moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::When;

    #[test]
    fn moments_are_read_strictly() {
        let day = date(2014, 6, 14);
        let cases = [
            ("2014-06-14", Some(When::Local(day.at(0, 0, 0, 0)))),
            ("2014-06-14T19:30:00", Some(When::Local(day.at(19, 30, 0, 0)))),
            ("2014-06-14T00:00:00Z", Some(When::Utc(day.at(0, 0, 0, 0)))),
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
            assert_eq!(When::parse(text), expected, "{text}");
        }
    }
}
