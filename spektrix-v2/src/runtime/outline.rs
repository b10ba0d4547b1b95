//! What stands where in a body that is written: its elements and attributes, in order.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroizing;

/// The elements and attributes of a body, and whether they hold anything.
///
/// [`Operation::check_request`](crate::Operation::check_request) looks for what is required in one.
#[derive(Default)]
pub struct Outline {
    /// Every part follows the one that it is in.
    parts: Vec<Part>,
    /// The parts whose end is still to come.
    open: Vec<usize>,
    /// What was written. It may hold a password.
    text: Zeroizing<String>,
}

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    /// Its number among the items of its list, or 0.
    pub(crate) number: usize,
    pub(crate) is_attribute: bool,
    /// How many elements it is in.
    pub(crate) depth: usize,
    /// Where its content stands in the text.
    content: Range<usize>,
}

impl Outline {
    /// The parts, from the root on.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// What stands right inside of a part.
    pub(crate) fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &Part)> {
        let depth = self.parts.get(at).map_or(0, |part| part.depth);
        let parts = self.parts.iter().enumerate().skip(at + 1);
        let within = parts.take_while(move |(_, part)| part.depth > depth);
        within.filter(move |(_, part)| part.depth == depth + 1)
    }

    /// Whether a part says anything: it has attributes, or something other than blanks is in it.
    pub(crate) fn says_anything(&self, at: usize) -> bool {
        !self.content(at).is_empty() || self.inside(at).next().is_some()
    }

    /// What is in a part, as it is written, without blanks around it.
    pub(crate) fn content(&self, at: usize) -> &str {
        let range = self.parts.get(at).map(|part| part.content.clone());
        range.and_then(|range| self.text.get(range)).unwrap_or("").trim()
    }
}

/// Without what was written.
impl fmt::Debug for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parts.iter().map(|part| part.name)).finish()
    }
}

/// How the encoder tells what it writes.
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
        // Namespaces and types say nothing of their own.
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
        // One whose start tag was never ended has no content.
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
