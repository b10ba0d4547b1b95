//! Reads of a certificate who issued it to whom, for which key, and from when until when: nothing else is taken from it.

use der::asn1::{GeneralizedTime, UtcTime};
use der::{Reader, SliceReader, Tag};
use jiff::{SignedDuration, Timestamp};

use super::validity::Validity;

/// What is read of a certificate. Names and key are kept as they are encoded: so they are compared.
///
/// The TLS library would read them as well, but refuses certificates of version 1, which small authorities still issue
/// and which a client may well present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) issuer: Vec<u8>,
    pub(super) validity: Validity,
    pub(super) subject: Vec<u8>,
    pub(super) public_key: Vec<u8>,
}

impl Facts {
    pub(super) fn read(certificate: &[u8]) -> der::Result<Self> {
        SliceReader::new(certificate)?.sequence(|certificate| {
            let facts = certificate.sequence(facts_of_signed_part)?;
            pass_over_rest(certificate)?;
            Ok(facts)
        })
    }
}

fn facts_of_signed_part(part: &mut SliceReader<'_>) -> der::Result<Facts> {
    if matches!(Tag::peek(part)?, Tag::ContextSpecific { .. }) {
        part.tlv_bytes()?; // The version.
    }
    for _ in ["serial number", "signature algorithm"] {
        part.tlv_bytes()?;
    }
    let issuer = part.tlv_bytes()?.to_vec();
    let validity = part.sequence(|dates| {
        let (from, until) = (time(dates)?, time(dates)?);
        der::Result::Ok(Validity { from, until })
    })?;
    let subject = part.tlv_bytes()?.to_vec();
    let public_key = part.tlv_bytes()?.to_vec();
    pass_over_rest(part)?;
    Ok(Facts {
        issuer,
        validity,
        subject,
        public_key,
    })
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
            let facts = Facts::read(&certificate(from, until)).unwrap();
            assert_eq!(facts.validity.from.to_string(), first);
            assert_eq!(facts.validity.until.to_string(), last);
            assert_eq!(facts.subject, facts.issuer, "it is signed by itself");
        }
    }

    #[test]
    fn a_certificate_cut_anywhere_is_an_error_and_no_panic() {
        let whole = certificate((2025, 1, 1), (2026, 1, 1));
        for end in 0..whole.len() {
            assert!(Facts::read(&whole[..end]).is_err(), "cut at {end}");
        }
    }
}
