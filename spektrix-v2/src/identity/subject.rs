//! The name that a certificate was issued to, as a person reads it: `O=A Theatre, CN=venue`.

use der::asn1::AnyRef;
use der::{Reader, SliceReader, Tag, Tagged};

/// The parts of a name that have a common abbreviation, in the order of the certificate. What is no name is empty.
pub(super) fn display(name: &[u8]) -> String {
    parts(name).unwrap_or_default().join(", ")
}

fn parts(name: &[u8]) -> der::Result<Vec<String>> {
    let mut parts = Vec::new();
    for name in children(name)? {
        for set in children(name.value())? {
            for attribute in children(set.value())? {
                parts.extend(part(attribute)?);
            }
        }
    }
    Ok(parts)
}

fn part(attribute: AnyRef<'_>) -> der::Result<Option<String>> {
    let shown = match children(attribute.value())?.as_slice() {
        [kind, value] => abbreviation(kind.value()).map(|kind| format!("{kind}={}", text(*value))),
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

/// Control characters are left out: names are shown on terminals and in logs.
fn text(value: AnyRef<'_>) -> String {
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
    text.chars().filter(|character| !character.is_control()).collect()
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
    use crate::identity::certificate::Facts;

    fn shown(parts: Vec<(DnType, DnValue)>) -> String {
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = DistinguishedName::new();
        for (kind, value) in parts {
            parameters.distinguished_name.push(kind, value);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        display(&Facts::read(certificate.der()).unwrap().subject)
    }

    #[test]
    fn names_are_shown_in_order_whatever_their_encoding() {
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
                    (DnType::CommonName, "ve\u{1b}nue\n".into()),
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
    fn what_is_no_name_is_empty() {
        for bytes in [&b""[..], &[0x30], &[0x30, 5, 1], &[0xFF; 9]] {
            assert_eq!(display(bytes), "");
        }
    }
}
