//! Finds where the root starts and where each of its children ends, in chunks that are cut anywhere.
//!
//! A resumable tokenizer: a state machine that stops at the end of a chunk and continues with the next one. It knows
//! only as much XML as this task needs, and ends each tag, comment and section where the decoder's tokenizer ends it.
//! It reports no errors: the decoder finds every error in the part up to the boundary.

use memchr::memchr;
use quick_xml::parser::{ElementParser, Parser, PiParser};

/// A position at which the body can be cut for the decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Boundary {
    /// After the start tag of a root that is not an empty element.
    Head,
    /// After a child of the root.
    Item,
    /// After something that cannot be XML. There is no boundary after it.
    Broken,
}

/// Searches for boundaries. Keeps its state between chunks.
#[derive(Debug)]
pub(super) struct BoundaryScanner {
    state: State,
    /// How many elements are open.
    depth: usize,
}

#[derive(Debug)]
enum State {
    Text,
    /// After `<`.
    Markup,
    /// In a start or end tag.
    Tag {
        is_end: bool,
        quotes: ElementParser,
        /// The last byte of the tag so far, which distinguishes an empty element from a start tag.
        last: u8,
    },
    ProcessingInstruction(PiParser),
    /// After `<!`.
    Bang,
    /// After `<!-`. The next byte is not part of the mark that ends the comment.
    CommentStart,
    /// In a comment or a CDATA section.
    Section {
        /// The byte that must occur twice before the `>` that ends it.
        mark: u8,
        /// How many marks preceded, at most two.
        marks: usize,
    },
    /// There is no other boundary.
    Done,
}

impl BoundaryScanner {
    pub(super) fn new() -> Self {
        Self {
            state: State::Text,
            depth: 0,
        }
    }

    /// Returns whether the next item may start right here.
    pub(super) fn is_between_items(&self) -> bool {
        self.depth == 1 && matches!(self.state, State::Text)
    }

    /// Scans up to the next boundary. Returns how many bytes were scanned: all of them, if there is no boundary.
    pub(super) fn scan(&mut self, bytes: &[u8]) -> (usize, Option<Boundary>) {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (scanned, boundary) = self.step(rest);
            at += scanned;
            if boundary.is_some() {
                return (at, boundary);
            }
        }
        (at, None)
    }

    fn step(&mut self, bytes: &[u8]) -> (usize, Option<Boundary>) {
        match &mut self.state {
            State::Text => match memchr(b'<', bytes) {
                Some(at) => self.enter(State::Markup, at + 1),
                None => (bytes.len(), None),
            },
            State::Markup => self.after_less_than(bytes[0]),
            State::Tag { is_end, quotes, last } => match quotes.feed(bytes) {
                Some(at) => {
                    // The `/` of `<Name/>` may be the last byte of the chunk before.
                    let is_empty = b'/' == if at == 0 { *last } else { bytes[at - 1] };
                    let is_end = *is_end;
                    self.state = State::Text;
                    (at + 1, self.after_tag(is_end, is_empty))
                }
                None => {
                    *last = bytes[bytes.len() - 1];
                    (bytes.len(), None)
                }
            },
            State::ProcessingInstruction(end) => match end.feed(bytes) {
                Some(at) => self.enter(State::Text, at + 1),
                None => (bytes.len(), None),
            },
            State::Bang => self.after_bang(bytes[0]),
            // quick-xml takes `<!-->` for the start of a comment, not for an empty one.
            State::CommentStart => self.enter(State::Section { mark: b'-', marks: 0 }, 1),
            State::Section { mark, marks } => match end_of_section(*mark, marks, bytes) {
                Some(at) => self.enter(State::Text, at + 1),
                None => (bytes.len(), None),
            },
            State::Done => (bytes.len(), None),
        }
    }

    fn enter(&mut self, state: State, scanned: usize) -> (usize, Option<Boundary>) {
        self.state = state;
        (scanned, None)
    }

    fn after_less_than(&mut self, byte: u8) -> (usize, Option<Boundary>) {
        let tag = |is_end| State::Tag {
            is_end,
            quotes: ElementParser::default(),
            last: 0,
        };
        match byte {
            b'/' => self.enter(tag(true), 1),
            b'!' => self.enter(State::Bang, 1),
            b'?' => self.enter(State::ProcessingInstruction(PiParser(true)), 1),
            // The byte belongs to the tag, and is scanned again: it may be a quote or a `>`.
            _ => self.enter(tag(false), 0),
        }
    }

    fn after_bang(&mut self, byte: u8) -> (usize, Option<Boundary>) {
        match byte {
            b'-' => self.enter(State::CommentStart, 1),
            b'[' => self.enter(State::Section { mark: b']', marks: 0 }, 1),
            // A document type. The decoder rejects it, but only when it is complete.
            b'D' | b'd' => self.enter(State::Done, 1),
            _ => {
                self.state = State::Done;
                (1, Some(Boundary::Broken))
            }
        }
    }

    fn after_tag(&mut self, is_end: bool, is_empty: bool) -> Option<Boundary> {
        match (self.depth, is_end, is_empty) {
            (0, true, _) => self.stop(Some(Boundary::Broken)),
            // The root ends. Nothing that follows is an item.
            (0, false, true) | (1, true, _) => self.stop(None),
            (0, false, false) => {
                self.depth = 1;
                Some(Boundary::Head)
            }
            (1, false, true) => Some(Boundary::Item),
            (_, false, true) => None,
            (_, false, false) => {
                self.depth += 1;
                None
            }
            (_, true, _) => {
                self.depth -= 1;
                (self.depth == 1).then_some(Boundary::Item)
            }
        }
    }

    fn stop(&mut self, boundary: Option<Boundary>) -> Option<Boundary> {
        self.state = State::Done;
        boundary
    }
}

/// Returns the index of the `>` that ends a section, after at least two marks.
fn end_of_section(mark: u8, marks: &mut usize, bytes: &[u8]) -> Option<usize> {
    for end in memchr::memchr_iter(b'>', bytes) {
        if marks_at_end(mark, *marks, &bytes[..end]) >= 2 {
            return Some(end);
        }
    }
    *marks = marks_at_end(mark, *marks, bytes);
    None
}

/// Counts the marks at the end of the bytes, up to two. `before` is the count at the end of the bytes before them.
fn marks_at_end(mark: u8, before: usize, bytes: &[u8]) -> usize {
    let here = bytes.iter().rev().take(2).take_while(|byte| **byte == mark).count();
    // Fewer than two bytes, all of them marks: those of the chunk before count as well.
    if here == bytes.len() {
        (here + before).min(2)
    } else {
        here
    }
}
