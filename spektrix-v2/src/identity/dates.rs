//! From when until when a certificate is valid.

use der::asn1::{GeneralizedTime, UtcTime};
use der::{Reader, SliceReader, Tag};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::error::Error;

/// From when until when a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
}

impl Validity {
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

    /// How many days are left, if they are less than 30.
    pub(super) fn last_days(&self, now: Timestamp) -> Option<i64> {
        let left = self.until.duration_since(now);
        (left < SignedDuration::from_hours(30 * 24)).then(|| left.as_hours() / 24)
    }
}

fn day(moment: Timestamp) -> jiff::civil::Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// Reads the dates of a certificate, and nothing else.
pub(super) fn validity(certificate: &[u8]) -> der::Result<Validity> {
    SliceReader::new(certificate)?.sequence(|certificate| {
        let validity = certificate.sequence(validity_of_signed_part)?;
        pass_over_rest(certificate)?;
        Ok(validity)
    })
}

fn validity_of_signed_part(part: &mut SliceReader<'_>) -> der::Result<Validity> {
    if matches!(Tag::peek(part)?, Tag::ContextSpecific { .. }) {
        part.tlv_bytes()?; // The version.
    }
    for _ in ["serial number", "signature algorithm", "issuer"] {
        part.tlv_bytes()?;
    }
    let validity = part.sequence(|dates| {
        let (from, until) = (time(dates)?, time(dates)?);
        der::Result::Ok(Validity { from, until })
    })?;
    pass_over_rest(part)?;
    Ok(validity)
}

fn time(dates: &mut SliceReader<'_>) -> der::Result<Timestamp> {
    let since_1970 = match Tag::peek(dates)? {
        Tag::UtcTime => dates.decode::<UtcTime>()?.to_unix_duration(),
        _ => dates.decode::<GeneralizedTime>()?.to_unix_duration(),
    };
    // A date beyond what a timestamp can hold stands for "never", and is as good as the last one.
    Ok(
        Timestamp::from_duration(SignedDuration::try_from(since_1970).unwrap_or(SignedDuration::MAX))
            .unwrap_or(Timestamp::MAX),
    )
}

fn pass_over_rest(reader: &mut SliceReader<'_>) -> der::Result<()> {
    reader.drain(reader.remaining_len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(from: (i32, u8, u8), until: (i32, u8, u8)) -> Vec<u8> {
        let mut parameters = rcgen::CertificateParams::new(vec!["venue".into()]).unwrap();
        parameters.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
        parameters.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
        let key = rcgen::KeyPair::generate().unwrap();
        parameters.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn dates_are_read_in_both_forms() {
        let cases = [
            (
                (1999, 12, 31),
                (2026, 3, 1),
                "1999-12-31T00:00:00Z",
                "2026-03-01T00:00:00Z",
            ),
            (
                (2049, 12, 31),
                (2050, 1, 1),
                "2049-12-31T00:00:00Z",
                "2050-01-01T00:00:00Z",
            ),
            (
                (2025, 1, 1),
                (9999, 12, 31),
                "2025-01-01T00:00:00Z",
                "9999-12-30T22:00:00.999999999Z",
            ),
        ];
        for (from, until, first, last) in cases {
            let validity = validity(&certificate(from, until)).unwrap();
            assert_eq!(validity.from.to_string(), first);
            assert_eq!(validity.until.to_string(), last);
        }
    }

    #[test]
    fn a_certificate_cut_anywhere_is_an_error_and_no_panic() {
        let whole = certificate((2025, 1, 1), (2026, 1, 1));
        for end in 0..whole.len() {
            assert!(validity(&whole[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn dates_are_compared_with_the_clock() {
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
                Some(0),
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
            assert_eq!(validity.last_days(now), days, "{now}");
        }
    }
}
