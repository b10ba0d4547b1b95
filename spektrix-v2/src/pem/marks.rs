//! Finds the BEGIN and END marks of PEM, and what was meant as one.

/// A BEGIN or END mark. It extends from its first hyphen to its last.
pub(super) struct Mark<'a> {
    pub(super) kind: MarkKind,
    pub(super) label: &'a [u8],
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    Begin,
    End,
}

/// What looks like a mark and is malformed, by the position of its word.
pub(super) struct Malformed(pub(super) usize);

/// Returns the next mark, or an error if what looks like one is malformed.
pub(super) fn next_mark(pem: &[u8], from: usize) -> Result<Option<Mark<'_>>, Malformed> {
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
            return Err(Malformed(at));
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
    let length = (0..line.len()).find(|at| after_dash(&line[*at..]).is_some());
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
    after_dash(text).and_then(after_dash).is_some()
}

/// The same for the end. Spaces may follow the dashes.
fn has_two_dashes_at_end(text: &[u8]) -> bool {
    before_dash(text.trim_ascii_end()).and_then(before_dash).is_some()
}

/// Returns what follows a hyphen or dash at the start.
fn after_dash(text: &[u8]) -> Option<&[u8]> {
    DASHES.iter().find_map(|dash| text.strip_prefix(dash.as_bytes()))
}

/// Returns what precedes a hyphen or dash at the end.
fn before_dash(text: &[u8]) -> Option<&[u8]> {
    DASHES.iter().find_map(|dash| text.strip_suffix(dash.as_bytes()))
}

/// The hyphen, and the characters of Unicode that look like it.
const DASHES: [&str; 14] = [
    "-", "\u{AD}", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2043}", "\u{2212}",
    "\u{2500}", "\u{FE58}", "\u{FE63}", "\u{FF0D}",
];
