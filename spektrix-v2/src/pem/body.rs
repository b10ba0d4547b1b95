//! Decodes the body of a section of PEM: base64, in the forms that editors and settings give it.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// Decodes a body, which may have headers. Returns `None` if it is not base64.
pub(super) fn decode(body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = without_whitespace(behind_headers(body)?);
    let mut der = Zeroizing::new(vec![0; base64::decoded_len_estimate(text.len())]);
    // The library's error quotes a byte of the text.
    let length = BASE64.decode_slice(&*text, &mut der).ok()?;
    der.truncate(length);
    Some(der)
}

/// Padding may be missing, because DER has its own length.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent),
);

/// Removes hyphens around a body: if a mark has more than five, the others are in the body.
pub(super) fn without_hyphens(body: &[u8]) -> &[u8] {
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

/// Copies base64 without whitespace. That includes line ends written as `\n`, also if the backslash was escaped again or ends
/// a line: base64 has no backslash. It includes the invisible characters that web pages and word processors add.
///
/// The buffer does not grow, so that it leaves no copy in memory.
fn without_whitespace(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        let skipped = escaped_line_end(rest).max(invisible_character(rest));
        if skipped == 0 {
            out.push(*byte);
        }
        rest = rest.get(skipped..).filter(|_| skipped > 0).unwrap_or(after);
    }
    out
}

/// Returns the length of a line end that is written with backslashes, or 0.
fn escaped_line_end(text: &[u8]) -> usize {
    let backslashes = text.iter().take_while(|byte| **byte == b'\\').count();
    match text.get(backslashes) {
        Some(next) if backslashes > 0 && b"nrt\r\n".contains(next) => backslashes + 1,
        _ => 0,
    }
}

/// Returns the length of a character that is whitespace or invisible, or 0.
fn invisible_character(text: &[u8]) -> usize {
    match text {
        [b'\t'..=b'\r' | b' ', ..] => 1,
        // U+0085, U+00A0 and U+00AD.
        [0xC2, 0x85 | 0xA0 | 0xAD, ..] => 2,
        // U+2000 to U+200F, U+2028 to U+202F, U+2060, and the byte order mark.
        [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF, ..] | [0xE2, 0x81, 0xA0, ..] | [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    }
}
