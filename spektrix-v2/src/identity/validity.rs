//! When a certificate is valid: checks it, and counts the days that are left.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::error::Error;

/// The first and the last moment at which a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Validity {
    /// Returns an error if the certificate is not valid at this moment.
    pub(super) fn check(&self, now: Timestamp) -> Result<(), Error> {
        if now > self.until {
            return Err(Error::identity(
                format!("the client certificate expired on {}", day(self.until)),
                "ask Spektrix support for a new one",
            ));
        }
        if now < self.from {
            return Err(Error::identity(
                format!("the client certificate is not valid before {}", day(self.from)),
                "wait until then, or correct the clock of this machine",
            ));
        }
        Ok(())
    }

    /// Returns how many whole days are left. The number is negative if the certificate has expired.
    pub(super) fn days_left(&self, now: Timestamp) -> i64 {
        let left = self.until.duration_since(now);
        left.as_secs().div_euclid(SECONDS_PER_DAY)
    }

    /// Returns how many days are left, if there are fewer than 30.
    pub(super) fn expires_soon(&self, now: Timestamp) -> Option<i64> {
        Some(self.days_left(now)).filter(|days| *days < 30)
    }
}

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

fn day(moment: Timestamp) -> jiff::civil::Date {
    moment.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity_depends_on_the_time() {
        let validity = Validity {
            from: "2025-03-01T00:00:00Z".parse().unwrap(),
            until: "2026-03-01T00:00:00Z".parse().unwrap(),
        };
        let cases = [
            (
                "2025-02-28T23:59:59Z",
                Some("the client certificate is not valid before 2025-03-01: wait"),
                None,
            ),
            ("2025-03-01T00:00:00Z", None, None),
            ("2026-01-30T00:00:00Z", None, None),
            ("2026-02-01T00:00:00Z", None, Some(28)),
            ("2026-03-01T00:00:00Z", None, Some(0)),
            (
                "2026-03-01T00:00:01Z",
                Some("the client certificate expired on 2026-03-01: ask Spektrix support for a new one"),
                Some(-1),
            ),
        ];
        for (now, message, days) in cases {
            let now = now.parse().unwrap();
            let error = validity.check(now).map_err(|error| error.to_string()).err();
            assert_eq!(error.is_some(), message.is_some(), "{now}: {error:?}");
            assert!(
                error.unwrap_or_default().starts_with(message.unwrap_or_default()),
                "{now}"
            );
            assert_eq!(validity.expires_soon(now), days, "{now}");
        }
    }
}
