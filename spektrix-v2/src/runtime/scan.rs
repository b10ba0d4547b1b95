//! Scans tags and text in the forms that nearly all bodies use.
//!
//! Each function recognizes only what cannot be misread: plain names, attributes in double quotes, text in one part. For
//! anything else it returns `None`, and the decoder asks quick-xml's tokenizer, which then reports the error if there is
//! one.

use super::names::IS_NAME_BYTE;
use super::tag::TagKind;

/// Returns whether XML counts it as whitespace. `trim_ascii` would also remove form feeds.
pub(super) fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Removes whitespace from the front.
#[inline]
pub(super) fn trim_start(text: &str) -> &str {
    match text.as_bytes() {
        // Nearly always.
        [b'<', ..] => text,
        bytes => {
            let len = bytes.iter().take_while(|byte| is_whitespace(**byte)).count();
            &text[len..]
        }
    }
}

/// Returns the length of the name at the start of `<Name`, without the `<`. It may have a prefix.
pub(super) fn name_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().strip_prefix(b"<")?;
    let end = end_of_name(bytes, 0)?;
    if bytes[end] == b':' {
        end_of_name(bytes, end + 1)
    } else {
        Some(end)
    }
}

fn end_of_name(bytes: &[u8], start: usize) -> Option<usize> {
    if !bytes.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let mut at = start + 1;
    while IS_NAME_BYTE[usize::from(*bytes.get(at)?)] {
        at += 1;
    }
    Some(at)
}

/// Returns the attributes of a tag, its kind, and the length of all that, from after the tag's name to its end.
#[inline]
pub(super) fn rest_of_tag(text: &str) -> Option<(&str, TagKind, usize)> {
    match text.as_bytes() {
        [b'>', ..] => Some(("", TagKind::Open, 1)),
        [b'/', b'>', ..] => Some(("", TagKind::Empty, 2)),
        [byte, ..] if is_whitespace(*byte) => attributes_and_end(text),
        _ => None,
    }
}

#[inline(never)]
fn attributes_and_end(text: &str) -> Option<(&str, TagKind, usize)> {
    let bytes = text.as_bytes();
    let end = end_of_attributes(bytes)?;
    let (attributes, kind) = match text[..end].strip_suffix('/') {
        Some(attributes) => (attributes, TagKind::Empty),
        None => (&text[..end], TagKind::Open),
    };
    Some((attributes.trim_end_matches([' ', '\t', '\r', '\n']), kind, end + 1))
}

/// Returns the index of the `>` that ends a tag. A quoted value may contain one too.
fn end_of_attributes(bytes: &[u8]) -> Option<usize> {
    let (mut end, mut is_quoted) = (0, false);
    loop {
        let part = &bytes[end..];
        let special = memchr::memchr3(b'>', b'\'', b'<', part)?;
        if part[special] != b'>' {
            return None;
        }
        is_quoted = part[..special]
            .iter()
            .fold(is_quoted, |is_quoted, byte| is_quoted ^ (*byte == b'"'));
        if !is_quoted {
            return Some(end + special);
        }
        end += special + 1;
    }
}

/// Text up to the next tag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span<'a> {
    pub(super) text: &'a str,
    /// Nothing in the text must be resolved.
    pub(super) is_plain: bool,
    /// What follows, from the `<` on.
    pub(super) rest: &'a str,
}

/// Splits the text of an element from the front.
pub(super) fn split_text(text: &str) -> Option<Span<'_>> {
    if let Some((text, rest)) = split_plain_text(text) {
        let is_plain = true;
        return Some(Span { text, is_plain, rest });
    }
    let (text, rest) = text.split_at(memchr::memchr(b'<', text.as_bytes())?);
    let is_plain = false;
    Some(Span { text, is_plain, rest })
}

/// Splits the text of an element from the front, if nothing in it must be resolved.
#[inline]
pub(super) fn split_plain_text(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    // Many values are one character.
    if let [b' '..=b'%' | b'\''..=b';' | b'='..=b'~', b'<', ..] = bytes {
        return Some(text.split_at(1));
    }
    // One SIMD search decides whether the text can be used as it is.
    let end = memchr::memchr3(b'<', b'&', b'\r', bytes)?;
    (bytes[end] == b'<').then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_tags_are_recognized() {
        let rows = [
            ("<A>x", Some((1, "", TagKind::Open, 1))),
            ("<A/>x", Some((1, "", TagKind::Empty, 2))),
            ("<A >x", Some((1, "", TagKind::Open, 2))),
            ("<A />x", Some((1, "", TagKind::Empty, 3))),
            ("<s:A b=\"1\">x", Some((3, " b=\"1\"", TagKind::Open, 7))),
            ("<A\n b=\"/>\"\t/>x", Some((1, "\n b=\"/>\"", TagKind::Empty, 11))),
            (
                "<A b=\">\" c=\"/>>\">x",
                Some((1, " b=\">\" c=\"/>>\"", TagKind::Open, 15)),
            ),
            ("<A b='1'>", None),
            ("<A b=\"<\">", None),
            ("<A b=\"1>", None),
            ("<A", None),
            ("<A/ >", None),
            ("<:A>", None),
            ("<s:>", None),
            ("<s:t:A>", None),
            ("<1>", None),
            ("<é>", None),
            ("</A>", None),
            ("<!--A-->", None),
        ];
        for (text, expected) in rows {
            let found = name_len(text).and_then(|name| {
                let (attributes, kind, len) = rest_of_tag(&text[1 + name..])?;
                Some((name, attributes, kind, len))
            });
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn text_ends_at_the_next_tag() {
        let rows = [
            ("<A>", Some(("", true, "<A>"))),
            ("0</A>", Some(("0", true, "</A>"))),
            ("é</A>", Some(("é", true, "</A>"))),
            ("one two</A>", Some(("one two", true, "</A>"))),
            ("one\rtwo</A>", Some(("one\rtwo", false, "</A>"))),
            ("&</A>", Some(("&", false, "</A>"))),
            ("\r</A>", Some(("\r", false, "</A>"))),
            ("one &amp; two</A>", Some(("one &amp; two", false, "</A>"))),
            ("one", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let found = split_text(text).map(|span| (span.text, span.is_plain, span.rest));
            assert_eq!(found, expected, "{text}");
        }
    }
}
