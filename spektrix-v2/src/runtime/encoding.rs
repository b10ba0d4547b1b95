//! From bytes to text: checks that the bytes can be a body.

use super::error::{DecodeError, DecodeErrorKind};
use super::options::DecodeOptions;

/// The byte order mark. quick-xml skips one at the start of its input.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

pub(super) const ZERO_BYTE: &str = "it contains a zero byte";
pub(super) const NOT_UTF8: &str = "it contains an invalid byte sequence";
pub(super) const CUT_CHARACTER: &str = "it ends in the middle of a character";
pub(super) const LOOKS_LIKE_UTF16: &str = "it looks like UTF-16";

/// Returns a body as text, if it is within the size limit, valid UTF-8 and not empty.
pub(super) fn body_text<'a>(bytes: &'a [u8], options: &DecodeOptions) -> Result<&'a str, DecodeError> {
    let error = |kind, offset| Err(DecodeError::new(kind, String::new(), offset));
    if let Err(kind) = check_size(bytes, options) {
        return error(kind, 0);
    }
    if looks_like_utf16(bytes) {
        return error(DecodeErrorKind::Encoding(LOOKS_LIKE_UTF16.into()), 0);
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

/// Returns whether a body starts with a UTF-16 byte order mark, or with a `<` in UTF-16.
pub(super) fn looks_like_utf16(bytes: &[u8]) -> bool {
    [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"]
        .iter()
        .any(|start| bytes.starts_with(*start))
}

/// Returns whether an XML declaration names an encoding that is UTF-8 or part of it, or UTF-16: a declaration that was read
/// as UTF-8 is not in UTF-16. .NET writes it into strings, which are then sent as UTF-8.
pub(super) fn is_utf8_label(name: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be", "unicode"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}
