//! A reader for PEM, the textual encoding of RFC 7468.
//!
//! It is lenient where the meaning is certain: a section may be indented, in quotes, or follow another one on the same line,
//! and line ends may be missing or written as `\n`. It is strict where something would be lost: every BEGIN and END mark
//! that can be recognized must be well-formed and have its counterpart.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;
use zeroize::Zeroizing;

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
    while let Some(begin) = next_mark(pem, at)? {
        if begin.kind == MarkKind::End {
            return Err(damage(DamageKind::MissingBegin, pem, begin.start));
        }
        let end = next_mark(pem, begin.end)?.filter(|mark| mark.kind == MarkKind::End);
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
        let not_base64 = Damage {
            kind: DamageKind::NotBase64,
            line: self.line,
        };
        let text = without_whitespace(behind_headers(self.body).ok_or(not_base64)?);
        let mut der = Zeroizing::new(vec![0; base64::decoded_len_estimate(text.len())]);
        // The library's error quotes a byte of the text.
        let length = BASE64.decode_slice(&*text, &mut der).map_err(|_| not_base64)?;
        der.truncate(length);
        Ok(der)
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

/// Padding may be missing, because DER has its own length.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent),
);

/// A BEGIN or END mark. It extends from its first hyphen to its last.
struct Mark<'a> {
    kind: MarkKind,
    label: &'a [u8],
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Begin,
    End,
}

/// Returns the next mark, or an error if what looks like one is malformed.
fn next_mark(pem: &[u8], from: usize) -> Result<Option<Mark<'_>>, Damage> {
    for at in from..pem.len() {
        let Some((kind, word)) = word_at(&pem[at..]) else {
            continue;
        };
        let (before, after) = (&pem[from..at], &pem[at + word.len()..]);
        if let Some((label, length)) = complete_label(word, before, after) {
            return Ok(Some(Mark {
                kind,
                label,
                start: at - HYPHENS.len(),
                end: at + word.len() + length,
            }));
        }
        if looks_like_mark(before, after) {
            return Err(damage(DamageKind::Mark, pem, at));
        }
    }
    Ok(None)
}

const HYPHENS: &[u8] = b"-----";

/// The longest label in use has 23 characters.
const MAX_LABEL: usize = 64;

/// Returns the word of a mark that the bytes begin with, in any case.
fn word_at(bytes: &[u8]) -> Option<(MarkKind, &[u8])> {
    let words = [(MarkKind::Begin, "BEGIN"), (MarkKind::End, "END")];
    words.into_iter().find_map(|(kind, word)| {
        let found = bytes.get(..word.len())?;
        found.eq_ignore_ascii_case(word.as_bytes()).then_some((kind, found))
    })
}

/// Returns the label of a complete mark, and how many bytes follow its word.
fn complete_label<'a>(word: &[u8], before: &[u8], after: &'a [u8]) -> Option<(&'a [u8], usize)> {
    let is_upper_case = word.iter().all(u8::is_ascii_uppercase);
    if !is_upper_case || !before.ends_with(HYPHENS) || !after.starts_with(b" ") {
        return None;
    }
    let length = after.iter().take(MAX_LABEL).position(|byte| *byte == b'-')?;
    let (label, rest) = after.split_at(length);
    let is_label = label.iter().all(|byte| *byte == b' ' || byte.is_ascii_graphic());
    (is_label && rest.starts_with(HYPHENS)).then(|| (label.trim_ascii(), length + HYPHENS.len()))
}

/// Whether a malformed mark was meant as one: it is next to two hyphens or dashes, and has a label of PEM.
///
/// Word processors and messengers turn hyphens into dashes. In base64 neither occurs. The check copies nothing, because
/// the text next to a mark may be the end of a key.
fn looks_like_mark(before: &[u8], after: &[u8]) -> bool {
    let line = &after[..after.len().min(MAX_LABEL)];
    let line = line.split(|byte| b"\r\n".contains(byte)).next().unwrap_or_default();
    let length = (0..line.len()).find(|at| dash_at_start(&line[*at..]) > 0);
    let (label, behind) = line.split_at(length.unwrap_or(line.len()));
    let is_text = label.starts_with(b" ") && label.iter().all(|byte| *byte == b' ' || byte.is_ascii_alphanumeric());
    begins_with_label(label) && (has_two_dashes_at_end(before) || (is_text && has_two_dashes_at_start(behind)))
}

/// Whether a text begins with a label, without regard to case and spaces.
fn begins_with_label(text: &[u8]) -> bool {
    const LABELS: [&str; 11] = [
        "CERTIFICATE",
        "ECPRIVATEKEY",
        "ENCRYPTEDPRIVATEKEY",
        "NEWCERTIFICATE",
        "OPENSSHPRIVATEKEY",
        "PKCS7",
        "PRIVATEKEY",
        "PUBLICKEY",
        "RSAPRIVATEKEY",
        "TRUSTEDCERTIFICATE",
        "X509CERTIFICATE",
    ];
    let letters = text.iter().filter(|byte| byte.is_ascii_alphanumeric());
    let letters = letters.map(u8::to_ascii_uppercase);
    LABELS
        .into_iter()
        .any(|label| letters.clone().take(label.len()).eq(label.bytes()))
}

fn has_two_dashes_at_start(text: &[u8]) -> bool {
    let first = dash_at_start(text);
    first > 0 && dash_at_start(&text[first..]) > 0
}

/// The same for the end. Spaces may follow the dashes.
fn has_two_dashes_at_end(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let last = dash_at_end(text);
    last > 0 && dash_at_end(&text[..text.len() - last]) > 0
}

/// Returns the length of a hyphen or dash that the text begins with, or 0.
fn dash_at_start(text: &[u8]) -> usize {
    match text {
        [b'-', ..] => 1,
        // U+2010 to U+2015 in UTF-8.
        [0xE2, 0x80, 0x90..=0x95, ..] => 3,
        _ => 0,
    }
}

/// Returns the length of a hyphen or dash that the text ends with, or 0.
fn dash_at_end(text: &[u8]) -> usize {
    match text {
        [.., b'-'] => 1,
        [.., 0xE2, 0x80, 0x90..=0x95] => 3,
        _ => 0,
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

/// Removes hyphens around a body: if a mark has more than five, the others are in the body.
fn without_hyphens(body: &[u8]) -> &[u8] {
    let start = body.iter().position(|byte| *byte != b'-').unwrap_or(body.len());
    let end = body
        .iter()
        .rposition(|byte| *byte != b'-')
        .map_or(start, |last| last + 1);
    &body[start..end]
}

/// Skips the headers of RFC 1421, which end with an empty line. Returns `None` if they do not end.
fn behind_headers(body: &[u8]) -> Option<&[u8]> {
    if !body.contains(&b':') {
        return Some(body);
    }
    let body = body.trim_ascii_start();
    let mut length = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        length += line.len();
        if line.trim_ascii().is_empty() {
            return Some(&body[length..]);
        }
    }
    None
}

/// Copies base64 without whitespace, which includes line ends written as `\n`: base64 has no backslash.
///
/// The buffer does not grow, so that it leaves no copy in memory.
fn without_whitespace(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.next_if(|next| b"nrt".contains(next)).is_some() {
            continue;
        }
        if !byte.is_ascii_whitespace() {
            out.push(byte);
        }
    }
    out
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
