//! The decoder's fast path: recognizes a whole leaf element, `<Name>text</Name>` or `<Name id="7"/>`, in one scan.
//!
//! Most of a body consists of such elements, and quick-xml's events for them cost more than all other work together.
//! The scan accepts only what cannot change the result: a plain name, nothing but text inside, attributes in double
//! quotes. For anything else it returns `None`, and the decoder's plain path takes over. It reports no error.
//!
//! The fast path consists of this file and `Decoder::take_leaf`.

use super::names::IS_NAME_BYTE;
use super::tag::{Tag, TagKind};

/// The characters that XML counts as whitespace. `trim_ascii` would also remove form feeds.
const XML_WHITESPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// Returns the leaf element at the start of the text, and its length in bytes.
pub(super) fn scan_leaf(text: &str) -> Option<(Tag<'_>, usize)> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'<') || !bytes.get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let (mut name_start, mut name_end) = (1, end_of_name(bytes, 2)?);
    if bytes[name_end] == b':' && bytes.get(name_end + 1)?.is_ascii_alphabetic() {
        // The first name was a prefix.
        (name_start, name_end) = (name_end + 1, end_of_name(bytes, name_end + 2)?);
    }
    let name = &text[name_start..name_end];
    match bytes[name_end] {
        b'>' => text_leaf(text, name, name_end),
        b' ' => empty_leaf(text, name, name_end),
        b'/' if bytes.get(name_end + 1) == Some(&b'>') => Some((empty(name, ""), name_end + 2)),
        _ => None,
    }
}

fn end_of_name(bytes: &[u8], mut at: usize) -> Option<usize> {
    while IS_NAME_BYTE[usize::from(*bytes.get(at)?)] {
        at += 1;
    }
    Some(at)
}

/// Scans `<Name>text</Name>` after the name of the start tag.
fn text_leaf<'a>(text: &'a str, name: &'a str, name_end: usize) -> Option<(Tag<'a>, usize)> {
    let bytes = text.as_bytes();
    // The end tag repeats the prefix.
    let prefixed_name = &text[1..name_end];
    let start = name_end + 1;
    // One SIMD search decides whether the text can be used as it is.
    let special = memchr::memchr3(b'<', b'&', b'\r', &bytes[start..])?;
    let is_plain = bytes[start + special] == b'<';
    let len = if is_plain {
        special
    } else {
        special + memchr::memchr(b'<', &bytes[start + special..])?
    };
    // A child, a comment, a CDATA section or the wrong end tag: the plain path handles it, or reports it.
    let after_name = bytes[start + len..]
        .strip_prefix(b"</")?
        .strip_prefix(prefixed_name.as_bytes())?;
    if after_name.first() != Some(&b'>') {
        return None;
    }
    let content = &text[start..start + len];
    let kind = if is_plain {
        TagKind::Leaf(content)
    } else {
        TagKind::RawLeaf(content)
    };
    let tag = Tag {
        name,
        attributes: "",
        kind,
    };
    Some((tag, start + len + prefixed_name.len() + "</>".len()))
}

/// Scans `<Name id="7"/>` after the name.
fn empty_leaf<'a>(text: &'a str, name: &'a str, name_end: usize) -> Option<(Tag<'a>, usize)> {
    let close = name_end + memchr::memchr(b'>', &text.as_bytes()[name_end..])?;
    let attributes = text[name_end..close]
        .strip_suffix('/')?
        .trim_end_matches(XML_WHITESPACE);
    // The `>` may be part of a quoted value. Then the number of quotes before it is odd.
    let (mut quotes, mut is_unusual) = (0, false);
    for byte in attributes.bytes() {
        quotes += usize::from(byte == b'"');
        is_unusual |= matches!(byte, b'\'' | b'<');
    }
    if is_unusual || quotes % 2 != 0 {
        return None;
    }
    Some((empty(name, attributes), close + 1))
}

fn empty<'a>(name: &'a str, attributes: &'a str) -> Tag<'a> {
    let kind = TagKind::Empty;
    Tag { name, attributes, kind }
}
