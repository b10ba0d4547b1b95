//! Character and entity references: what stands for what.

use quick_xml::events::BytesRef;

use super::decoder::{Decoder, Tag, TagKind};
use super::place::UNFINISHED_REFERENCE;
use super::{DecodeError, DecodeErrorKind};

/// What is wrong with a reference.
pub(super) enum BadReference<'a> {
    /// It has no end; the rest of the text, from its `&`.
    Unfinished(&'a str),
    /// It stands for nothing.
    Unknown(&'a str),
}

/// The text that raw text stands for, or the first reference in it that stands for nothing.
pub(super) fn resolve_all(raw: &str) -> Result<String, BadReference<'_>> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\r' {
            text.push('\n');
            let behind = &rest[at + 1..];
            rest = behind.strip_prefix('\n').unwrap_or(behind);
        } else {
            let (reference, after) = take_reference(&rest[at..])?;
            text.push(resolve(reference).ok_or(BadReference::Unknown(reference))?);
            rest = after;
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// The reference that a text begins with, less its `&` and `;`, and what stands behind it.
fn take_reference(text: &str) -> Result<(&str, &str), BadReference<'_>> {
    let inside = &text[1..];
    match memchr::memchr2(b';', b'&', inside.as_bytes()) {
        Some(end) if inside.as_bytes()[end] == b';' => Ok((&inside[..end], &inside[end + 1..])),
        _ => Err(BadReference::Unfinished(text)),
    }
}

/// The character of a numeric or predefined reference.
///
/// It may be one that XML 1.0 forbids: .NET writes a vertical tab that someone pasted into a text as `&#xB;`, and that
/// must not cost the whole body. Only U+0000 and what is no character stand for nothing.
pub(super) fn resolve(reference: &str) -> Option<char> {
    match reference.starts_with('#') {
        true => BytesRef::new(reference).resolve_char_ref().ok()?,
        false => quick_xml::escape::resolve_xml_entity(reference)?.chars().next(),
    }
}

impl<'a> Decoder<'a> {
    /// Refuses a text that is not read, if a reference in it has no end, as the tokenizer does.
    pub(super) fn check_references(&self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        let TagKind::RawLeaf(mut rest) = tag.kind else {
            return Ok(());
        };
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            match take_reference(&rest[at..]) {
                Ok((_, after)) => rest = after,
                Err(bad) => return Err(self.bad_reference(&bad)),
            }
        }
        Ok(())
    }

    #[cold]
    pub(super) fn bad_reference(&self, bad: &BadReference<'a>) -> DecodeError {
        let (how, at) = match bad {
            BadReference::Unfinished(text) => (UNFINISHED_REFERENCE.to_owned(), self.offset_of(text)),
            BadReference::Unknown(name) => {
                let how = match is_entity(name) {
                    true => format!("`&{name};` stands for nothing"),
                    // An ampersand that nobody escaped: what follows may be a part of a password.
                    false => "an `&` stands for nothing".to_owned(),
                };
                (how, self.offset_of(name) - 1)
            }
        };
        self.error(DecodeErrorKind::Malformed(how)).at(at)
    }
}

/// Whether a reference looks like one: `eacute`, `LT`, `#233`, `#xE9`.
fn is_entity(reference: &str) -> bool {
    let is_one = |name: &str, is_part: fn(&u8) -> bool| name.len() <= 8 && name.as_bytes().iter().all(is_part);
    match reference.strip_prefix('#') {
        Some(number) => is_one(number, |byte| byte.is_ascii_hexdigit() || b"xX".contains(byte)),
        None => is_one(reference, u8::is_ascii_lowercase) || is_one(reference, u8::is_ascii_uppercase),
    }
}
