//! A reader for PEM, the textual encoding of RFC 7468.
//!
//! It is lenient where the meaning is certain: a section may be indented, in quotes, or follow another one on the same line,
//! and line ends may be missing or written as `\n`. It is strict where something would be lost: every BEGIN and END mark
//! that can be recognized must be well-formed and have its counterpart.

use std::fmt;

use memchr::memmem;
use zeroize::Zeroizing;

use super::body::{self, without_hyphens};
use super::marks::{Malformed, Mark, MarkKind, next_mark};

/// A section: what is between a BEGIN and an END mark.
#[derive(Clone, Copy)]
pub(crate) struct Section<'a> {
    pub(crate) label: Label,
    /// The line of the file that the section begins in, from 1.
    pub(crate) line: usize,
    body: &'a [u8],
}

/// What a section holds, by the label in its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Certificate,
    /// A certificate with trust settings, a format of OpenSSL.
    TrustedCertificate,
    CertificateRequest,
    Pkcs7,
    /// A private key in PKCS#8.
    Pkcs8Key,
    /// An RSA private key in PKCS#1.
    Pkcs1Key,
    /// An elliptic-curve private key in SEC 1.
    Sec1Key,
    /// An encrypted private key in PKCS#8.
    EncryptedKey,
    SshKey,
    PublicKey,
    /// What its label calls a certificate, in a form that is not known.
    OtherCertificate,
    Other,
}

/// How a PEM file is damaged, and in which line. It holds no byte of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Damage {
    kind: DamageKind,
    line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DamageKind {
    /// A mark that can be recognized, but is not well-formed.
    Mark,
    /// A section without an END mark.
    MissingEnd,
    /// An END mark without a section.
    MissingBegin,
    /// A section whose END mark has another label.
    OtherEnd,
    NotBase64,
}

/// Returns all sections of a file in order.
pub(super) fn sections(pem: &[u8]) -> Result<Vec<Section<'_>>, Damage> {
    let mut sections = Vec::new();
    let mut at = 0;
    let mark_from = |at| next_mark(pem, at).map_err(|Malformed(at)| damage(DamageKind::Mark, pem, at));
    while let Some(begin) = mark_from(at)? {
        if begin.kind == MarkKind::End {
            return Err(damage(DamageKind::MissingBegin, pem, begin.start));
        }
        let end = mark_from(begin.end)?.filter(|mark: &Mark<'_>| mark.kind == MarkKind::End);
        let end = end.ok_or_else(|| damage(DamageKind::MissingEnd, pem, begin.start))?;
        if begin.label != end.label {
            return Err(damage(DamageKind::OtherEnd, pem, begin.start));
        }
        sections.push(Section {
            label: Label::from(begin.label),
            line: line_at(pem, begin.start),
            body: without_hyphens(&pem[begin.end..end.start]),
        });
        at = end.end;
    }
    Ok(sections)
}

impl Section<'_> {
    /// Decodes the base64 of the section.
    pub(crate) fn decode(&self) -> Result<Zeroizing<Vec<u8>>, Damage> {
        body::decode(self.body).ok_or(Damage {
            kind: DamageKind::NotBase64,
            line: self.line,
        })
    }

    /// Whether a header marks the section as encrypted in the format that preceded PKCS#8.
    pub(crate) fn has_traditional_encryption(&self) -> bool {
        memmem::find(self.body, b"Proc-Type: 4,ENCRYPTED").is_some()
    }
}

impl Label {
    pub(crate) fn is_private_key(self) -> bool {
        matches!(
            self,
            Self::Pkcs8Key | Self::Pkcs1Key | Self::Sec1Key | Self::EncryptedKey
        )
    }
}

impl From<&[u8]> for Label {
    fn from(label: &[u8]) -> Self {
        match label {
            b"CERTIFICATE" | b"X509 CERTIFICATE" => Self::Certificate,
            b"TRUSTED CERTIFICATE" => Self::TrustedCertificate,
            b"CERTIFICATE REQUEST" | b"NEW CERTIFICATE REQUEST" => Self::CertificateRequest,
            b"PKCS7" | b"CMS" => Self::Pkcs7,
            b"PRIVATE KEY" => Self::Pkcs8Key,
            b"RSA PRIVATE KEY" => Self::Pkcs1Key,
            b"EC PRIVATE KEY" => Self::Sec1Key,
            b"ENCRYPTED PRIVATE KEY" => Self::EncryptedKey,
            b"OPENSSH PRIVATE KEY" => Self::SshKey,
            b"PUBLIC KEY" | b"RSA PUBLIC KEY" => Self::PublicKey,
            _ if memmem::find(label, b"CERTIFICATE").is_some() => Self::OtherCertificate,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.kind {
            DamageKind::Mark => write!(f, "the BEGIN or END mark in line {line} is malformed"),
            DamageKind::MissingEnd => write!(f, "the section that begins in line {line} has no END mark"),
            DamageKind::MissingBegin => write!(f, "the END mark in line {line} has no BEGIN mark"),
            DamageKind::OtherEnd => write!(f, "the section that begins in line {line} ends with another label"),
            DamageKind::NotBase64 => write!(f, "the section that begins in line {line} is not base64"),
        }
    }
}

fn damage(kind: DamageKind, pem: &[u8], at: usize) -> Damage {
    Damage {
        kind,
        line: line_at(pem, at),
    }
}

/// Returns the number of the line that holds a byte. Lines end with LF, CR LF or CR.
fn line_at(pem: &[u8], at: usize) -> usize {
    let is_line_end = |index: &usize| match pem[*index] {
        b'\n' => true,
        b'\r' => pem.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    1 + (0..at).filter(is_line_end).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTACT: &str = "-----BEGIN PRIVATE KEY-----\nAAEC\nAwQF\n-----END PRIVATE KEY-----\n";

    /// What each section holds, or how the file is damaged.
    fn read(pem: &str) -> Result<Vec<(Label, Vec<u8>)>, String> {
        let sections = sections(pem.as_bytes()).map_err(|damage| damage.to_string())?;
        let decode = |section: &Section<'_>| {
            let der = section.decode().map_err(|damage| damage.to_string())?;
            Ok((section.label, der.to_vec()))
        };
        sections.iter().map(decode).collect()
    }

    #[test]
    fn sections_are_read_wherever_they_begin() {
        let forms = [
            INTACT.to_owned(),
            INTACT.replace('\n', "\r\n"),
            INTACT.replace('\n', "\r"),
            INTACT.replace('\n', ""),
            INTACT.replace('\n', " "),
            INTACT.replace('\n', "\\n"),
            INTACT.replace('\n', "\\r\\n"),
            INTACT.replace('\n', "\\\\n"),
            INTACT.replace('\n', "\\\n"),
            INTACT.replace('\n', "\n\t"),
            INTACT.replace('\n', "\u{B}\n"),
            INTACT.replace('\n', "\u{A0}\n"),
            INTACT.replace('\n', "\u{200B}\n\u{FEFF}"),
            INTACT.replace('\n', "\u{2028}\u{2003}"),
            INTACT.replace('\n', "\u{85}\u{202F}\u{2060}"),
            INTACT.replace('\n', "\n    "),
            INTACT.replace("-----BEGIN", "    -----BEGIN"),
            INTACT.replace("-----", "------"),
            INTACT.replace("KEY-----", "KEY -----"),
            format!("\u{FEFF}\u{FEFF}{INTACT}"),
            format!("key = \"{}\"", INTACT.trim_end()),
            format!("Bag Attributes\n    friendlyName: back-end key\nKey Attributes: <No Attributes>\n{INTACT}"),
            INTACT.replace("AAEC", "Comment: AAEC\n\nAAEC"),
        ];
        for pem in forms {
            let expected = vec![(Label::Pkcs8Key, vec![0, 1, 2, 3, 4, 5])];
            assert_eq!(read(&pem), Ok(expected), "{pem}");
        }
    }

    #[test]
    fn every_section_of_a_file_is_read_in_order() {
        let section = |label: &str, body: &str| format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----");
        let labels = [
            ("CERTIFICATE", Label::Certificate),
            ("X509 CERTIFICATE", Label::Certificate),
            ("TRUSTED CERTIFICATE", Label::TrustedCertificate),
            ("CERTIFICATE REQUEST", Label::CertificateRequest),
            ("NEW CERTIFICATE REQUEST", Label::CertificateRequest),
            ("PKCS7", Label::Pkcs7),
            ("CMS", Label::Pkcs7),
            ("PRIVATE KEY", Label::Pkcs8Key),
            ("RSA PRIVATE KEY", Label::Pkcs1Key),
            ("EC PRIVATE KEY", Label::Sec1Key),
            ("ENCRYPTED PRIVATE KEY", Label::EncryptedKey),
            ("OPENSSH PRIVATE KEY", Label::SshKey),
            ("PUBLIC KEY", Label::PublicKey),
            ("RSA PUBLIC KEY", Label::PublicKey),
            ("CERTIFICATE CHAIN", Label::OtherCertificate),
            ("EC PARAMETERS", Label::Other),
        ];
        for separator in ["\n", "", " ", "\n\n# a comment\n"] {
            let pem: Vec<_> = labels.iter().map(|(label, _)| section(label, "AAEC")).collect();
            let expected: Vec<_> = labels.iter().map(|(_, label)| (*label, vec![0, 1, 2])).collect();
            assert_eq!(read(&pem.join(separator)), Ok(expected), "{separator:?}");
        }
    }

    #[test]
    fn only_padding_may_be_missing() {
        let pem = |body: &str| INTACT.replace("AAEC\nAwQF", body);
        let not_base64 = "the section that begins in line 1 is not base64";
        for (body, expected) in [
            ("AA==", Ok(vec![0])),
            ("AA", Ok(vec![0])),
            ("AAE", Ok(vec![0, 1])),
            ("", Ok(vec![])),
            ("A", Err(not_base64)),
            ("AAE*", Err(not_base64)),
            ("AA-_", Err(not_base64)),
            ("AA\\x", Err(not_base64)),
            ("AA\\ ", Err(not_base64)),
            ("AA\u{200A}\\n", Ok(vec![0])),
            ("AA\u{2010}", Err(not_base64)),
            ("AA\u{E9}", Err(not_base64)),
            ("AA==AA==", Err(not_base64)),
            ("AB", Err(not_base64)),
            ("Comment: AAEC", Err(not_base64)),
        ] {
            let read = read(&pem(body)).map(|sections| sections[0].1.clone());
            assert_eq!(
                read.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|text| *text),
                "{body}"
            );
        }
    }

    #[test]
    fn errors_name_the_damage_and_its_line() {
        let malformed = "the BEGIN or END mark in line 3 is malformed";
        let cases = [
            (INTACT.replace("-----BEGIN", "----BEGIN"), malformed),
            (INTACT.replace("-----BEGIN", "BEGIN"), malformed),
            (INTACT.replace("-----BEGIN", "\u{2014}\u{2013}BEGIN"), malformed),
            (INTACT.replace("-----BEGIN", "\u{2212}\u{FF0D}BEGIN"), malformed),
            (INTACT.replace("-----", "\u{2500}\u{2500}"), malformed),
            (INTACT.replacen("KEY-----", "KEY\u{2010}\u{FE63}", 1), malformed),
            (INTACT.replace("-----BEGIN ", "-----BEGIN"), malformed),
            (INTACT.replace("-----BEGIN ", "-----  BEGIN "), malformed),
            (INTACT.replace("BEGIN", "begin"), malformed),
            (INTACT.replace("BEGIN PRIVATE KEY", "Begin Private Key"), malformed),
            (
                INTACT.replace("BEGIN PRIVATE KEY", "BEGIN\u{a0}PRIVATE\u{a0}KEY"),
                malformed,
            ),
            (INTACT.replace("BEGIN PRIVATE KEY", "BEGINPRIVATEKEY"), malformed),
            (INTACT.replacen("KEY-----", "KEY", 1), malformed),
            (INTACT.replacen("KEY-----", "KEY---", 1), malformed),
            (
                INTACT.replace("-----END PRIVATE KEY-----", "-----END PRIVATE KEY--"),
                "the BEGIN or END mark in line 6 is malformed",
            ),
            (
                INTACT.replace("-----END", "--END"),
                "the BEGIN or END mark in line 6 is malformed",
            ),
            (
                INTACT.replace("-----END PRIVATE KEY-----\n", ""),
                "the section that begins in line 3 has no END mark",
            ),
            (
                INTACT.replace("-----END PRIVATE KEY-----\n", INTACT),
                "the section that begins in line 3 has no END mark",
            ),
            (
                INTACT.replace("-----BEGIN PRIVATE KEY-----", ""),
                "the END mark in line 6 has no BEGIN mark",
            ),
            (
                INTACT.replace("END PRIVATE", "END RSA PRIVATE"),
                "the section that begins in line 3 ends with another label",
            ),
            (
                INTACT.replace("AAEC", "A*EC"),
                "the section that begins in line 3 is not base64",
            ),
        ];
        for (pem, expected) in cases {
            for line_end in ["\n", "\r\n", "\r"] {
                let pem = format!("first\n\n{pem}").replace('\n', line_end);
                assert_eq!(read(&pem), Err(expected.to_owned()), "{pem}");
            }
        }
    }

    #[test]
    fn text_that_mentions_begin_or_end_is_not_a_mark() {
        for text in [
            "the back-end key is beside the front-end certificate",
            "BEGIN CERTIFICATE",
            "the END of a PRIVATE KEY",
            "--end-date 2027-01-01",
            "# --- end of key ---",
            "# ----- BEGIN the certificate of the venue -----",
            "-- BEGIN",
            "BEGINCERTIFICATE--",
        ] {
            assert_eq!(read(text), Ok(vec![]), "{text}");
            assert_eq!(
                read(&format!("{text}\n{INTACT}{text}")).map(|sections| sections.len()),
                Ok(1),
                "{text}"
            );
        }
        // The letters of a word can occur in base64.
        let body = "AEND/BEGIN/CERTIFICATE/PRIVATE+KEYA=";
        assert_eq!(
            read(&INTACT.replace("AAEC\nAwQF", body)).map(|sections| sections.len()),
            Ok(1)
        );
    }

    #[test]
    fn traditional_encryption_is_detected_by_its_header() {
        let header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAEC";
        for (pem, expected) in [(INTACT.to_owned(), false), (INTACT.replace("AAEC", header), true)] {
            assert_eq!(
                sections(pem.as_bytes()).unwrap()[0].has_traditional_encryption(),
                expected
            );
        }
    }
}
