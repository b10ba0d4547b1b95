//! Takes a whole `<Name>text</Name>` from the body in one step.
//!
//! Most of a body is such elements, and three events for each cost more than the rest of the work together. The
//! shortcut is taken only where it cannot change the result: directly behind a tag, for a plain name without prefix and
//! attributes, and a text without references and carriage returns. Everything else goes through the tokenizer.
//!
//! It moves quick-xml's input forward by itself. That is sound while the reader expects text or markup next (its state
//! behind a tag), and is why that crate's version is pinned exactly.

use super::decoder::{Decoder, Tag, TagKind};

impl<'a> Decoder<'a> {
    /// The next child, if it is a whole leaf element that starts right here.
    pub(super) fn take_leaf(&mut self) -> Option<Tag<'a>> {
        if !(self.behind_tag && self.whole_leaves) {
            return None;
        }
        let start = self.offset();
        let leaf = find_leaf(&self.body.as_bytes()[start..])?;
        let (name_start, text_start) = (start + 1, start + leaf.text_start);
        let tag = Tag {
            name: &self.body[name_start..text_start - 1],
            attributes: "",
            kind: TagKind::Leaf(&self.body[text_start..start + leaf.text_end]),
        };
        *self.reader.get_mut() = &self.body.as_bytes()[start + leaf.end..];
        Some(tag)
    }
}

struct Leaf {
    text_start: usize,
    text_end: usize,
    end: usize,
}

/// Where the parts of a leaf element lie, if the bytes start with one.
fn find_leaf(bytes: &[u8]) -> Option<Leaf> {
    let name = name_at(bytes.strip_prefix(b"<")?)?;
    let text_start = name.len() + 2;
    let text = &bytes[text_start..];
    let text_len = memchr::memchr3(b'<', b'&', b'\r', text)?;
    let after_name = text[text_len..].strip_prefix(b"</")?.strip_prefix(name)?;
    (after_name.first() == Some(&b'>')).then_some(Leaf {
        text_start,
        text_end: text_start + text_len,
        end: text_start + text_len + name.len() + 3,
    })
}

/// The plain name that the bytes start with, if `>` follows it.
fn name_at(bytes: &[u8]) -> Option<&[u8]> {
    let len = bytes.iter().position(|byte| !IS_NAME_BYTE[usize::from(*byte)])?;
    (bytes[len] == b'>' && bytes[0].is_ascii_alphabetic()).then(|| &bytes[..len])
}

/// Letters, digits, `_`, `-` and `.`, by a table: this is asked for every byte of every name.
static IS_NAME_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};
