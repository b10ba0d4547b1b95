//! Takes a whole leaf element from the body in one step: `<Name>text</Name>`, or `<Name id="7"/>`.
//!
//! Most of a body is such elements, and the tokenizer's events for them cost more than the rest of the work together.
//! The shortcut is taken only where it cannot change the result: behind a tag and nothing but blanks, for a plain name,
//! with nothing but text inside, and attributes in plain double quotes. Everything else goes through the tokenizer.
//!
//! It moves quick-xml's input forward by itself. That is sound while the reader expects text or markup next (its state
//! behind a tag), and is why that crate's version is pinned exactly.

use super::decoder::{Decoder, Tag, TagKind};
use super::name::IS_NAME_BYTE;

/// What XML takes for blank; ASCII has a form feed besides.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

impl<'a> Decoder<'a> {
    /// The next child, if it is a whole leaf element that starts right here, or behind blanks.
    pub(super) fn take_leaf(&mut self) -> Option<Tag<'a>> {
        if !(self.behind_tag && self.whole_leaves) {
            return None;
        }
        let rest = &self.body[self.offset()..];
        let text = rest.trim_ascii_start();
        let (tag, end) = leaf_at(text)?;
        let end = rest.len() - text.len() + end;
        *self.reader.get_mut() = &self.reader.get_ref()[end..];
        self.taken += end;
        Some(tag)
    }
}

/// The leaf element that a text starts with, and where it ends.
fn leaf_at(text: &str) -> Option<(Tag<'_>, usize)> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'<') || !bytes.get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let (mut name_start, mut name_end) = (1, end_of_name(bytes, 2)?);
    if bytes[name_end] == b':' && bytes.get(name_end + 1)?.is_ascii_alphabetic() {
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

/// `<Name>text</Name>`, whose name ends here.
fn text_leaf<'a>(text: &'a str, name: &'a str, name_end: usize) -> Option<(Tag<'a>, usize)> {
    let bytes = text.as_bytes();
    // With its prefix.
    let whole_name = &text[1..name_end];
    let start = name_end + 1;
    let special = memchr::memchr3(b'<', b'&', b'\r', &bytes[start..])?;
    let plain = bytes[start + special] == b'<';
    let len = if plain {
        special
    } else {
        special + memchr::memchr(b'<', &bytes[start + special..])?
    };
    let behind = bytes[start + len..]
        .strip_prefix(b"</")?
        .strip_prefix(whole_name.as_bytes())?;
    if behind.first() != Some(&b'>') {
        return None;
    }
    let content = &text[start..start + len];
    let kind = if plain {
        TagKind::Leaf(content)
    } else {
        TagKind::RawLeaf(content)
    };
    let tag = Tag {
        name,
        attributes: "",
        kind,
    };
    Some((tag, start + len + whole_name.len() + "</>".len()))
}

/// `<Name id="7"/>`, whose name ends here.
fn empty_leaf<'a>(text: &'a str, name: &'a str, name_end: usize) -> Option<(Tag<'a>, usize)> {
    let close = name_end + memchr::memchr(b'>', &text.as_bytes()[name_end..])?;
    let attributes = text[name_end..close].strip_suffix('/')?.trim_end_matches(BLANKS);
    // A `>` may stand within quotes: then the number of quotes before it is odd.
    let (mut quotes, mut odd) = (0, false);
    for byte in attributes.bytes() {
        quotes += usize::from(byte == b'"');
        odd |= matches!(byte, b'\'' | b'<');
    }
    if odd || quotes % 2 != 0 {
        return None;
    }
    Some((empty(name, attributes), close + 1))
}

fn empty<'a>(name: &'a str, attributes: &'a str) -> Tag<'a> {
    let kind = TagKind::Empty;
    Tag { name, attributes, kind }
}
