//! From bytes to text: checks that the bytes can be a body.

use super::error::{DecodeError, DecodeErrorKind};
use super::options::DecodeOptions;

/// The byte order mark. quick-xml skips one at the start of its input.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

pub(super) const ZERO_BYTE: &str = "it contains a zero byte";
pub(super) const NOT_UTF8: &str = "it contains an invalid byte sequence";
pub(super) const CUT_CHARACTER: &str = "it ends in the middle of a character";

/// Returns a body as text, if it is within the size limit, valid UTF-8 and not empty.
pub(super) fn body_text<'a>(bytes: &'a [u8], options: &DecodeOptions) -> Result<&'a str, DecodeError> {
    let error = |kind, offset| Err(DecodeError::new(kind, String::new(), offset));
    if let Err(kind) = check_size(bytes, options) {
        return error(kind, 0);
    }
    if let Some(form) = other_form(bytes) {
        return error(DecodeErrorKind::Encoding(form.into()), 0);
    }
    let text = std::str::from_utf8(bytes);
    let valid = text
        .as_ref()
        .map_or_else(std::str::Utf8Error::valid_up_to, |text| text.len());
    // A zero byte is reported first if it comes first, as a stream would report it.
    if let Some(at) = memchr::memchr(0, &bytes[..valid]) {
        return error(DecodeErrorKind::Malformed(ZERO_BYTE.into()), at);
    }
    match text {
        Ok(text) if is_blank(text) => error(DecodeErrorKind::NoContent, bytes.len()),
        Ok(text) => Ok(text),
        Err(fault) => {
            let kind = match fault.error_len() {
                Some(_) => DecodeErrorKind::Encoding(NOT_UTF8.into()),
                // The last bytes are the start of a character: the body was cut short.
                None => DecodeErrorKind::Malformed(CUT_CHARACTER.into()),
            };
            error(kind, fault.valid_up_to())
        }
    }
}

/// Checks the limit on the size of a whole body.
pub(super) fn check_size(bytes: &[u8], options: &DecodeOptions) -> Result<(), DecodeErrorKind> {
    if bytes.len() <= options.max_bytes {
        return Ok(());
    }
    let limit = format!(
        "it has {} bytes, and at most {} are allowed",
        bytes.len(),
        options.max_bytes
    );
    Err(DecodeErrorKind::Limit(limit))
}

fn is_blank(text: &str) -> bool {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    text.trim_ascii().is_empty()
}

/// Returns what a body is that cannot be in UTF-8, by its first two bytes. None of these is the start of XML in UTF-8.
pub(super) fn other_form(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        // A byte order mark, or `<`.
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => "it looks like UTF-16",
        [0x1F, 0x8B, ..] => "it is compressed with gzip",
        // `deflate` of HTTP, with the levels of compression that are in use.
        [0x78, 0x01 | 0x9C | 0xDA, ..] => "it is compressed with zlib",
        [0x28, 0xB5, ..] => "it is compressed with zstd",
        _ => return None,
    })
}

/// Returns whether a body that is valid UTF-8 may have this encoding in its XML declaration.
///
/// A declaration that was read as UTF-8 is not in UTF-16: .NET writes that into strings, which are then sent as UTF-8. The
/// encodings with one byte for each character have ASCII in common, and text in them that is not ASCII is almost never
/// valid UTF-8.
pub(super) fn fits_utf8(label: &str) -> bool {
    const UNICODE: [&str; 8] = [
        "utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "unicode",
    ];
    const ONE_BYTE: [&str; 7] = [
        "iso-8859-",
        "iso_8859-",
        "iso8859-",
        "windows-125",
        "cp125",
        "latin",
        "latin-",
    ];
    let is_numbered = |prefix: &&str| {
        let number = label.get(prefix.len()..).unwrap_or_default();
        let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number && label[..prefix.len()].eq_ignore_ascii_case(prefix)
    };
    UNICODE.iter().any(|known| label.eq_ignore_ascii_case(known)) || ONE_BYTE.iter().any(is_numbered)
}
