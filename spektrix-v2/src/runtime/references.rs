//! Character and entity references, such as `&#233;` and `&amp;`.

use quick_xml::events::BytesRef;

/// A reference that cannot be resolved.
pub(super) enum BadReference<'a> {
    /// An `&` without a `;`. Holds the rest of the text, from the `&` on.
    Unterminated(&'a str),
    /// A reference to no known entity or to no character. Holds its name, without `&` and `;`.
    Unknown(&'a str),
}

/// Describes [`BadReference::Unterminated`].
pub(super) const UNTERMINATED: &str = "an `&` is not escaped as `&amp;`";

impl BadReference<'_> {
    /// Describes the fault, for a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Unterminated(_) => UNTERMINATED.to_owned(),
            Self::Unknown(name) if is_plausible(name) => format!("unknown reference `&{name};`"),
            // Probably an `&` that was not escaped. What follows may be part of a password, so it is not quoted.
            Self::Unknown(_) => "unknown reference".to_owned(),
        }
    }
}

/// Resolves every reference in raw text and normalizes its line breaks. Returns the first bad reference, if there is
/// one.
pub(super) fn resolve_all(raw: &str) -> Result<String, BadReference<'_>> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\r' {
            // XML 1.0 section 2.11: `\r\n` and a lone `\r` are read as `\n`.
            text.push('\n');
            let after = &rest[at + 1..];
            rest = after.strip_prefix('\n').unwrap_or(after);
        } else {
            let (reference, after) = split_reference(&rest[at..])?;
            text.push(resolve(reference).ok_or(BadReference::Unknown(reference))?);
            rest = after;
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// Returns the first reference in raw text that has no `;`.
///
/// The tokenizer rejects such a reference even in text that is skipped, so the fast path must do the same.
pub(super) fn find_unterminated(raw: &str) -> Option<BadReference<'_>> {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        match split_reference(&rest[at..]) {
            Ok((_, after)) => rest = after,
            Err(bad) => return Some(bad),
        }
    }
    None
}

/// Splits text that starts with `&` into the name of the reference and what follows its `;`.
fn split_reference(text: &str) -> Result<(&str, &str), BadReference<'_>> {
    let inside = &text[1..];
    match memchr::memchr2(b';', b'&', inside.as_bytes()) {
        Some(end) if inside.as_bytes()[end] == b';' => Ok((&inside[..end], &inside[end + 1..])),
        _ => Err(BadReference::Unterminated(text)),
    }
}

/// Returns the character of a numeric or predefined reference.
///
/// It may be one that XML 1.0 forbids: .NET writes a vertical tab that someone pasted as `&#xB;`, and that must not make
/// the whole body unreadable. Only U+0000 and numbers that are not characters are rejected.
pub(super) fn resolve(reference: &str) -> Option<char> {
    if reference.starts_with('#') {
        BytesRef::new(reference).resolve_char_ref().ok()?
    } else {
        quick_xml::escape::resolve_xml_entity(reference)?.chars().next()
    }
}

/// Returns whether a name looks like that of a reference: `eacute`, `LT`, `#233`, `#xE9`.
fn is_plausible(name: &str) -> bool {
    let is_short_and = |name: &str, is_part: fn(&u8) -> bool| name.len() <= 8 && name.as_bytes().iter().all(is_part);
    match name.strip_prefix('#') {
        Some(number) => is_short_and(number, |byte| byte.is_ascii_hexdigit() || b"xX".contains(byte)),
        None => is_short_and(name, u8::is_ascii_lowercase) || is_short_and(name, u8::is_ascii_uppercase),
    }
}
