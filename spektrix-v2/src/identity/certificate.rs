//! Reads from a certificate what the client uses: the serial number, the issuer, the validity, the subject and the key.

use der::asn1::{AnyRef, GeneralizedTime, UtcTime};
use der::{Reader, SliceReader, Tag, Tagged};
use jiff::{SignedDuration, Timestamp};

use super::validity::Validity;

/// What is read from a certificate. Names and key are kept in their encoding, and compared in it.
///
/// The TLS library could read them as well, but refuses certificates of version 1. Small authorities still issue those, and
/// a client may present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// The bytes of the number, without leading zeros.
    pub(super) serial: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) validity: Validity,
    pub(super) subject: Vec<u8>,
    pub(super) public_key: Vec<u8>,
}

impl Facts {
    /// Parses a certificate.
    pub(super) fn parse(certificate: &[u8]) -> der::Result<Self> {
        SliceReader::new(certificate)?.sequence(|certificate| {
            let facts = certificate.sequence(parse_signed_part)?;
            skip_rest(certificate)?;
            Ok(facts)
        })
    }
}

/// Formats a name as a person reads it: `O=A Theatre, CN=venue`.
///
/// It lists the attributes that have a common abbreviation, in the order of the certificate. If it is not a name, the
/// string is empty.
pub(super) fn display_name(name: &[u8]) -> String {
    attributes(name).unwrap_or_default().join(", ")
}

/// Returns the last common name in a name, unless it is empty.
pub(super) fn common_name(name: &[u8]) -> Option<String> {
    let attributes = attributes(name).ok()?;
    let mut names = attributes.iter().filter_map(|attribute| attribute.strip_prefix("CN="));
    names.next_back().filter(|name| !name.is_empty()).map(str::to_owned)
}

fn parse_signed_part(part: &mut SliceReader<'_>) -> der::Result<Facts> {
    if matches!(Tag::peek(part)?, Tag::ContextSpecific { .. }) {
        part.tlv_bytes()?; // The version.
    }
    let serial = part.decode::<AnyRef<'_>>()?.value();
    let serial = serial.iter().copied().skip_while(|byte| *byte == 0).collect();
    part.tlv_bytes()?; // The algorithm of the signature.
    let issuer = part.tlv_bytes()?.to_vec();
    let validity = part.sequence(|dates| {
        let (from, until) = (parse_time(dates)?, parse_time(dates)?);
        der::Result::Ok(Validity { from, until })
    })?;
    let subject = part.tlv_bytes()?.to_vec();
    let public_key = part.tlv_bytes()?.to_vec();
    skip_rest(part)?;
    Ok(Facts {
        serial,
        issuer,
        validity,
        subject,
        public_key,
    })
}

fn parse_time(dates: &mut SliceReader<'_>) -> der::Result<Timestamp> {
    let since_1970 = match Tag::peek(dates)? {
        Tag::UtcTime => dates.decode::<UtcTime>()?.to_unix_duration(),
        _ => dates.decode::<GeneralizedTime>()?.to_unix_duration(),
    };
    // A date beyond the range of a timestamp means "never". The last timestamp represents it.
    Ok(
        Timestamp::from_duration(SignedDuration::try_from(since_1970).unwrap_or(SignedDuration::MAX))
            .unwrap_or(Timestamp::MAX),
    )
}

fn skip_rest(reader: &mut SliceReader<'_>) -> der::Result<()> {
    reader.drain(reader.remaining_len())
}

fn attributes(name: &[u8]) -> der::Result<Vec<String>> {
    let mut shown = Vec::new();
    for name in children(name)? {
        for set in children(name.value())? {
            for attribute in children(set.value())? {
                shown.extend(display_attribute(attribute)?);
            }
        }
    }
    Ok(shown)
}

fn display_attribute(attribute: AnyRef<'_>) -> der::Result<Option<String>> {
    let shown = match children(attribute.value())?.as_slice() {
        [kind, value] => abbreviation(kind.value()).map(|kind| format!("{kind}={}", display_value(*value))),
        _ => None,
    };
    Ok(shown)
}

fn abbreviation(kind: &[u8]) -> Option<&'static str> {
    Some(match kind {
        [0x55, 4, 3] => "CN",
        [0x55, 4, 6] => "C",
        [0x55, 4, 7] => "L",
        [0x55, 4, 8] => "ST",
        [0x55, 4, 10] => "O",
        [0x55, 4, 11] => "OU",
        // 1.2.840.113549.1.9.1
        [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1] => "emailAddress",
        _ => return None,
    })
}

/// Names are shown on terminals and in logs, so control characters are left out. So are characters that change the
/// direction of text.
fn display_value(value: AnyRef<'_>) -> String {
    let bytes = value.value();
    let text = match value.tag() {
        Tag::BmpString => {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    text.chars().filter(|character| is_harmless(*character)).collect()
}

fn is_harmless(character: char) -> bool {
    let changes_direction = matches!(
        character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    !character.is_control() && !changes_direction
}

fn children(value: &[u8]) -> der::Result<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(value)?;
    let mut children = Vec::new();
    while !reader.is_finished() {
        children.push(reader.decode()?);
    }
    Ok(children)
}

#[cfg(test)]
mod tests {
    use rcgen::string::{BmpString, Ia5String, TeletexString};
    use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, KeyPair};

    use super::*;

    fn certificate(from: (i32, u8, u8), until: (i32, u8, u8)) -> Vec<u8> {
        let mut parameters = CertificateParams::new(vec!["venue".into()]).unwrap();
        parameters.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
        parameters.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
        let key = KeyPair::generate().unwrap();
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
            let facts = Facts::parse(&certificate(from, until)).unwrap();
            assert_eq!(facts.validity.from.to_string(), first);
            assert_eq!(facts.validity.until.to_string(), last);
            assert_eq!(facts.subject, facts.issuer, "a self-signed certificate");
        }
    }

    #[test]
    fn every_truncation_of_a_certificate_is_an_error() {
        let whole = certificate((2025, 1, 1), (2026, 1, 1));
        for end in 0..whole.len() {
            assert!(Facts::parse(&whole[..end]).is_err(), "cut at {end}");
        }
    }

    fn shown(parts: Vec<(DnType, DnValue)>) -> String {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        for (kind, value) in parts {
            parameters.distinguished_name.push(kind, value);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        display_name(&Facts::parse(certificate.der()).unwrap().subject)
    }

    #[test]
    fn names_are_formatted_in_order_in_every_encoding() {
        let email = DnType::CustomDnType(vec![1, 2, 840, 113_549, 1, 9, 1]);
        let unknown = DnType::CustomDnType(vec![1, 2, 3, 4]);
        let cases = [
            (vec![], ""),
            (vec![(DnType::CommonName, "venue".into())], "CN=venue"),
            (
                vec![
                    (
                        DnType::OrganizationName,
                        DnValue::BmpString(BmpString::try_from("A Thé\u{e2}tre").unwrap()),
                    ),
                    (
                        DnType::OrganizationalUnitName,
                        DnValue::TeletexString(TeletexString::try_from("Box Office").unwrap()),
                    ),
                    (DnType::CommonName, "ve\u{1b}nu\u{202e}e\n".into()),
                    (unknown, "left out".into()),
                    (
                        email,
                        DnValue::Ia5String(Ia5String::try_from("web@theatre.example").unwrap()),
                    ),
                ],
                "O=A Thé\u{e2}tre, OU=Box Office, CN=venue, emailAddress=web@theatre.example",
            ),
        ];
        for (parts, expected) in cases {
            assert_eq!(shown(parts), expected);
        }
    }

    #[test]
    fn every_attribute_in_use_has_its_abbreviation() {
        let parts = [
            DnType::CountryName,
            DnType::StateOrProvinceName,
            DnType::LocalityName,
            DnType::OrganizationName,
            DnType::OrganizationalUnitName,
            DnType::CommonName,
        ];
        let parts = parts.map(|kind| (kind, DnValue::from("GB")));
        assert_eq!(shown(parts.into()), "C=GB, ST=GB, L=GB, O=GB, OU=GB, CN=GB");
    }

    /// Software writes Latin-1 into strings of this type, although their specification is older.
    #[test]
    fn teletex_strings_are_read_as_latin_1() {
        let common_name = [0x06, 3, 0x55, 4, 3, 0x14, 4, b'c', b'a', b'f', 0xE9];
        let name = [&[0x30, 15, 0x31, 13, 0x30, 11][..], &common_name].concat();
        assert_eq!(display_name(&name), "CN=café");
    }

    #[test]
    fn the_common_name_is_the_last_one_that_is_set() {
        let name = |names: &[&str]| {
            let mut parameters = CertificateParams::default();
            parameters.distinguished_name = DistinguishedName::new();
            for name in names {
                parameters.distinguished_name.push(DnType::CommonName, *name);
            }
            let certificate = parameters.self_signed(&KeyPair::generate().unwrap()).unwrap();
            common_name(&Facts::parse(certificate.der()).unwrap().subject)
        };
        for (names, expected) in [(&[][..], None), (&["venue"], Some("venue")), (&[""], None)] {
            assert_eq!(name(names).as_deref(), expected, "{names:?}");
        }
        assert_eq!(common_name(b"no name"), None);
    }

    #[test]
    fn bytes_that_are_not_a_name_give_an_empty_string() {
        for bytes in [&b""[..], &[0x30], &[0x30, 5, 1], &[0xFF; 9]] {
            assert_eq!(display_name(bytes), "");
        }
    }
}
