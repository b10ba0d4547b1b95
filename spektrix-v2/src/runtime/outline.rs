//! The outline of an encoded body: its elements and attributes, in order.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

/// The elements and attributes of a body, and whether they have content.
///
/// [`Operation::check_request`](crate::Operation::check_request) looks for the required parts in it.
#[derive(Default)]
pub struct Outline {
    /// Every part follows the part that contains it.
    parts: Vec<Part>,
    /// The parts that have not ended.
    open: Vec<usize>,
    /// The encoded text. It may contain a password.
    text: Zeroizing<String>,
}

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// Its number among the items of its list, or 0.
    pub(crate) number: usize,
    pub(crate) is_attribute: bool,
    /// The number of elements that contain it.
    pub(crate) depth: usize,
    /// The range of its content in the text.
    content: Range<usize>,
}

impl Outline {
    /// Returns the parts, the root first.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the children of a part.
    pub(crate) fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &Part)> {
        let depth = self.parts.get(at).map_or(0, |part| part.depth);
        let parts = self.parts.iter().enumerate().skip(at + 1);
        let within = parts.take_while(move |(_, part)| part.depth > depth);
        within.filter(move |(_, part)| part.depth == depth + 1)
    }

    /// Returns whether a part has attributes, or content other than whitespace.
    pub(crate) fn has_content(&self, at: usize) -> bool {
        !self.content(at).is_empty() || self.inside(at).next().is_some()
    }

    /// Returns the content of a part, without whitespace around it.
    pub(crate) fn content(&self, at: usize) -> &str {
        let range = self.parts.get(at).map(|part| part.content.clone());
        range.and_then(|range| self.text.get(range)).unwrap_or("").trim()
    }
}

/// Does not show the text, which may contain a password.
impl fmt::Debug for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parts.iter().map(|part| part.name)).finish()
    }
}

/// The methods by which the encoder reports what it writes.
impl Outline {
    pub(super) fn start(&mut self, name: &'static str, number: usize) {
        self.open.push(self.parts.len());
        self.parts.push(Part {
            name,
            number,
            is_attribute: false,
            depth: self.open.len(),
            content: 0..0,
        });
    }

    pub(super) fn attribute(&mut self, name: &'static str, content: Range<usize>) {
        // Namespaces and types are not content.
        if name.starts_with("xmlns") || name.starts_with("xsi:") {
            return;
        }
        self.parts.push(Part {
            name,
            number: 0,
            is_attribute: true,
            depth: self.open.len() + 1,
            content,
        });
    }

    /// The start tag of the element begun last ends here.
    pub(super) fn open(&mut self, at: usize) {
        if let Some(part) = self.open.last().and_then(|last| self.parts.get_mut(*last)) {
            part.content = at..at;
        }
    }

    /// The content of the element begun last ends here.
    pub(super) fn end(&mut self, at: usize) {
        let part = self.open.pop().and_then(|last| self.parts.get_mut(last));
        // An element whose start tag was never ended has no content.
        if let Some(part) = part.filter(|part| part.content.start > 0) {
            part.content.end = at;
        }
    }

    pub(super) fn with_text(self, text: String) -> Self {
        Self {
            text: Zeroizing::new(text),
            ..self
        }
    }
}
