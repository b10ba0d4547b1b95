//! The plain path: quick-xml's events, from any position of a body.
//!
//! Everything that XML allows goes through here, unless the decoder recognizes it by itself. This file and `tag`, for
//! attributes, are the only ones of the decoder that use quick-xml's readers.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesText, Event};

use super::encoding::BYTE_ORDER_MARK;
use super::references::UNTERMINATED;

/// Reads events from a position on. Between two runs of events, the position may change.
pub(super) struct Tokenizer<'a> {
    reader: Option<Reader<&'a [u8]>>,
    /// The offset in the body that the reader counts from.
    start: usize,
}

/// What is wrong with the text at an offset of the body.
pub(super) struct Fault {
    pub(super) how: String,
    pub(super) offset: usize,
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new() -> Self {
        Self { reader: None, start: 0 }
    }

    /// Returns whether it has read events and was not [stopped](Self::stop) since.
    pub(super) fn is_running(&self) -> bool {
        self.reader.is_some()
    }

    /// Ends the run of events. Directly after a tag, the next run continues as this one would.
    pub(super) fn stop(&mut self) {
        self.reader = None;
    }

    /// Returns the next event, and the rest of the body after it.
    ///
    /// End tags are not compared with start tags: the first of a run may be that of an element that was started before.
    #[inline]
    pub(super) fn next(&mut self, body: &'a str, rest: &'a str) -> Result<(Event<'a>, &'a str), Fault> {
        if self.reader.is_none() {
            self.start = body.len() - rest.len();
            // A reader removes a byte order mark at its start. The decoder has removed that of the body, so any other is text.
            if rest.starts_with(BYTE_ORDER_MARK) {
                let end = memchr::memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
                let (text, rest) = rest.split_at(end);
                return Ok((Event::Text(BytesText::from_escaped(text)), rest));
            }
        }
        let reader = self.reader.get_or_insert_with(|| reader(rest));
        match reader.read_event() {
            Ok(event) => {
                let read = body.len() - reader.get_ref().len();
                Ok((event, body.get(read..).unwrap_or_default()))
            }
            Err(error) => Err(Fault {
                how: describe(&error),
                offset: self.start + usize::try_from(reader.error_position()).unwrap_or(0),
            }),
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

fn describe(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::UnclosedReference) => UNTERMINATED.to_owned(),
        // Without the text that quick-xml adds to them.
        Error::IllFormed(other) => other.to_string(),
        Error::Syntax(other) => other.to_string(),
        other => other.to_string(),
    }
}
