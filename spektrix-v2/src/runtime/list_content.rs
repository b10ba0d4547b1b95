//! Notices a list in which nothing is known: a renamed item must not make a full list look empty.

use super::decoder::Decoder;
use super::error::{DecodeError, DecodeErrorKind, excerpt};
use super::tag::Tag;

impl Decoder<'_> {
    /// Remembers the first child of a list that is not an item, until there is an item.
    pub(super) fn note_other_child(&mut self, child: &Tag<'_>, item: &'static str) {
        if self.position.item == 0 && self.position.is_in_root() && self.position.other_child.is_none() {
            let error = self.position.error_in(child, unknown_items(child.name(), item));
            self.position.other_child = Some(error);
        }
    }

    /// Returns an error if the list that was left contains something, but no item. `start` is where its content starts.
    pub(super) fn expect_items(&mut self, start: usize, root: &str, item: &'static str) -> Result<(), DecodeError> {
        if self.position.item > 0 {
            return Ok(());
        }
        if let Some(other) = self.position.other_child.take() {
            return Err(other);
        }
        let content = &self.position.body[start..self.offset()];
        match own_text(content) {
            Some((at, text)) => Err(DecodeError::new(unknown_items(text, item), excerpt(root), start + at)),
            None => Ok(()),
        }
    }
}

#[cold]
fn unknown_items(found: &str, expected: &'static str) -> DecodeErrorKind {
    DecodeErrorKind::UnknownItems {
        found: excerpt(found),
        expected,
    }
}

/// Returns the first text of content without elements, and where it starts. Comments and processing instructions do not
/// count. The content may include the end tag around it.
fn own_text(content: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    loop {
        let rest = &content[at..];
        let text = rest.trim_start();
        let start = at + rest.len() - text.len();
        let skipped = [("<!--", "-->"), ("<?", "?>")]
            .iter()
            .find_map(|(open, close)| Some(text.strip_prefix(open)?.find(close)? + open.len() + close.len()));
        match skipped {
            Some(length) => at = start + length,
            None if text.is_empty() || text.starts_with("</") => return None,
            None => {
                let text = text.strip_prefix("<![CDATA[").unwrap_or(text);
                let end = text.find(['<', ']']).unwrap_or(text.len());
                return Some((start, text[..end].trim_end())).filter(|(_, text)| !text.trim().is_empty());
            }
        }
    }
}
