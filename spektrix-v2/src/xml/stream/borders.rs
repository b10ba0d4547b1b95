//! Finds where the root begins and where each of its children ends, in bytes that arrive cut anywhere.
//!
//! It knows as much XML as that takes, and ends each tag, comment and section where the decoder's tokenizer does. What
//! is wrong with them is the decoder's to say.

use memchr::memchr;
use quick_xml::parser::{ElementParser, Parser, PiParser};

/// Where the bytes may be cut for the decoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Border {
    /// Behind the start tag of a root that is not empty.
    Head,
    /// Behind a child of the root.
    Item,
    /// Behind something that no XML has: there will be no other border.
    Broken,
}

/// How far the search has come.
#[derive(Debug)]
pub(super) struct Borders {
    state: State,
    /// How many elements are open.
    depth: usize,
}

#[derive(Debug)]
enum State {
    Text,
    /// Behind `<`.
    Opened,
    /// In a start or end tag, whose last byte this is.
    Tag {
        is_end: bool,
        quotes: ElementParser,
        last: u8,
    },
    Instruction(PiParser),
    /// Behind `<!`.
    Bang,
    /// Behind `<!-`: the next byte is no part of the mark that ends the comment.
    CommentOpened,
    /// In a comment or a CDATA section: behind so many of the bytes that must stand before its `>`.
    Section {
        mark: u8,
        seen: usize,
    },
    /// No other border will come.
    Over,
}

impl Borders {
    pub(super) fn new() -> Self {
        Self {
            state: State::Text,
            depth: 0,
        }
    }

    /// Whether the next item begins right here.
    pub(super) fn is_between_items(&self) -> bool {
        self.depth == 1 && matches!(self.state, State::Text)
    }

    /// Reads on to the next border; says how many bytes that took, which is all of them if there is none.
    pub(super) fn find(&mut self, bytes: &[u8]) -> (usize, Option<Border>) {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (taken, border) = self.step(rest);
            at += taken;
            if border.is_some() {
                return (at, border);
            }
        }
        (at, None)
    }

    fn step(&mut self, bytes: &[u8]) -> (usize, Option<Border>) {
        match &mut self.state {
            State::Text => match memchr(b'<', bytes) {
                Some(at) => self.go_on(State::Opened, at + 1),
                None => (bytes.len(), None),
            },
            State::Opened => self.behind_opening(bytes[0]),
            State::Tag { is_end, quotes, last } => match quotes.feed(bytes) {
                Some(at) => {
                    let is_empty = b'/' == if at == 0 { *last } else { bytes[at - 1] };
                    let is_end = *is_end;
                    self.state = State::Text;
                    (at + 1, self.behind_tag(is_end, is_empty))
                }
                None => {
                    *last = bytes[bytes.len() - 1];
                    (bytes.len(), None)
                }
            },
            State::Instruction(end) => match end.feed(bytes) {
                Some(at) => self.go_on(State::Text, at + 1),
                None => (bytes.len(), None),
            },
            State::Bang => self.behind_bang(bytes[0]),
            State::CommentOpened => self.go_on(State::Section { mark: b'-', seen: 0 }, 1),
            State::Section { mark, seen } => match end_of_section(*mark, seen, bytes) {
                Some(at) => self.go_on(State::Text, at + 1),
                None => (bytes.len(), None),
            },
            State::Over => (bytes.len(), None),
        }
    }

    fn go_on(&mut self, state: State, taken: usize) -> (usize, Option<Border>) {
        self.state = state;
        (taken, None)
    }

    fn behind_opening(&mut self, byte: u8) -> (usize, Option<Border>) {
        let tag = |is_end| State::Tag {
            is_end,
            quotes: ElementParser::default(),
            last: 0,
        };
        match byte {
            b'/' => self.go_on(tag(true), 1),
            b'!' => self.go_on(State::Bang, 1),
            b'?' => self.go_on(State::Instruction(PiParser(true)), 1),
            _ => self.go_on(tag(false), 0),
        }
    }

    fn behind_bang(&mut self, byte: u8) -> (usize, Option<Border>) {
        match byte {
            b'-' => self.go_on(State::CommentOpened, 1),
            b'[' => self.go_on(State::Section { mark: b']', seen: 0 }, 1),
            // The document type, which the decoder refuses when it has seen its end.
            b'D' | b'd' => self.go_on(State::Over, 1),
            _ => {
                self.state = State::Over;
                (1, Some(Border::Broken))
            }
        }
    }

    fn behind_tag(&mut self, is_end: bool, is_empty: bool) -> Option<Border> {
        match (self.depth, is_end, is_empty) {
            (0, true, _) => self.end_with(Some(Border::Broken)),
            // The root ends: nothing that follows is an item.
            (0, false, true) | (1, true, _) => self.end_with(None),
            (0, false, false) => {
                self.depth = 1;
                Some(Border::Head)
            }
            (1, false, true) => Some(Border::Item),
            (_, false, true) => None,
            (_, false, false) => {
                self.depth += 1;
                None
            }
            (_, true, _) => {
                self.depth -= 1;
                (self.depth == 1).then_some(Border::Item)
            }
        }
    }

    fn end_with(&mut self, border: Option<Border>) -> Option<Border> {
        self.state = State::Over;
        border
    }
}

/// Where the `>` stands that ends a section, behind two or more marks.
fn end_of_section(mark: u8, seen: &mut usize, bytes: &[u8]) -> Option<usize> {
    for end in memchr::memchr_iter(b'>', bytes) {
        if marks_before(mark, *seen, &bytes[..end]) >= 2 {
            return Some(end);
        }
    }
    *seen = marks_before(mark, *seen, bytes);
    None
}

/// How many marks stand at the end of the bytes, given how many stood before them. More than two are as good as two.
fn marks_before(mark: u8, seen: usize, bytes: &[u8]) -> usize {
    let here = bytes.iter().rev().take(2).take_while(|byte| **byte == mark).count();
    if here == bytes.len() {
        (here + seen).min(2)
    } else {
        here
    }
}
