//! The plain path: what quick-xml's events mean, and the errors.

use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::Decoder;
use crate::runtime::error::{DecodeError, DecodeErrorKind, excerpt};
use crate::runtime::names::local_name;
use crate::runtime::references::describe_unknown;
use crate::runtime::tag::{Tag, TagKind};

impl<'a> Decoder<'a> {
    pub(in crate::runtime) fn tokenize_tag(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        loop {
            let before = self.offset();
            match self.event()? {
                Event::Start(start) => return self.tag(before, &start, TagKind::Open).map(Some),
                Event::Empty(start) => return self.tag(before, &start, TagKind::Empty).map(Some),
                Event::End(_) => return Ok(None),
                // Text between elements means nothing in this service's bodies.
                _ => {}
            }
        }
    }

    /// Returns the next event inside the root, where neither the end nor a declaration may come.
    #[inline]
    pub(in crate::runtime) fn event(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.any_event()? {
            // quick-xml does not check at the end that all elements were closed.
            Event::Eof => Err(self.malformed("it ends inside an element")),
            Event::Decl(_) => Err(self.malformed("an XML declaration inside an element")),
            event => Ok(event),
        }
    }

    #[inline]
    pub(in crate::runtime) fn any_event(&mut self) -> Result<Event<'a>, DecodeError> {
        let before = self.offset();
        let event = match self.tokenizer.next(self.position.body, self.rest) {
            Ok((event, rest)) => {
                self.rest = rest;
                event
            }
            Err(fault) => return Err(self.malformed(&fault.how).with_offset(fault.offset)),
        };
        let is_tag = matches!(event, Event::Start(_) | Event::End(_) | Event::Empty(_));
        if is_tag && self.predicts {
            self.tokenizer.stop();
        }
        self.is_tokenizing = !self.predicts || self.tokenizer.is_running();
        match &event {
            Event::DocType(name) if is_html(name) => return Err(self.error(DecodeErrorKind::Html)),
            // No document type, no entities: nothing can be expanded without bound.
            Event::DocType(_) => return Err(self.error(DecodeErrorKind::Doctype)),
            Event::End(end) => self.check_end_tag(before, end)?,
            _ => {}
        }
        Ok(event)
    }

    /// Checks that an end tag is that of the element that was started last.
    pub(in crate::runtime) fn check_end_tag(&self, start: usize, end: &BytesEnd<'_>) -> Result<(), DecodeError> {
        let name = end.name();
        let found = name.as_ref();
        let how = match self.open_name() {
            Some(expected) if expected == found => return Ok(()),
            Some(expected) => format!(
                "found `</{}>` where `</{}>` was expected",
                excerpt(found),
                excerpt(expected)
            ),
            None => format!("`</{}>` without a start tag", excerpt(found)),
        };
        Err(self.malformed(&how).with_offset(start))
    }

    /// Creates the tag of an event that was just read, from its offset.
    pub(in crate::runtime) fn tag(
        &self,
        offset: usize,
        start: &BytesStart<'_>,
        kind: TagKind,
    ) -> Result<Tag<'a>, DecodeError> {
        // A slice of the body itself, not of the event, which would not live as long.
        let inside = &self.position.body[offset + "<".len()..][..start.len()];
        let (written_name, attributes) = inside.split_at(start.name().as_ref().len());
        let Some(name) = local_name(written_name) else {
            return Err(self.bad_name(offset, written_name));
        };
        Ok(Tag {
            start: offset,
            written_name,
            prefix_len: written_name.len() - name.len(),
            attributes,
            kind,
        })
    }
}

/// Errors. They are marked as cold, to keep their code out of the way of the code that runs.
impl<'a> Decoder<'a> {
    /// Creates an error in the element entered last, at the byte that was read last.
    #[cold]
    pub(in crate::runtime) fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.position.path_to(&[]), self.offset())
    }

    #[cold]
    pub(in crate::runtime) fn malformed(&self, how: &str) -> DecodeError {
        self.error(DecodeErrorKind::Malformed(how.to_owned()))
    }

    #[cold]
    pub(in crate::runtime) fn bad_name(&self, offset: usize, name: &str) -> DecodeError {
        let how = format!("`{}` is not a valid element name", excerpt(name));
        self.malformed(&how).with_offset(offset)
    }

    #[cold]
    pub(in crate::runtime) fn bad_value(&self, tag: &Tag<'a>, found: &str, expected: &'static str) -> DecodeError {
        let found = excerpt(found);
        self.position.error_in(tag, DecodeErrorKind::Value { found, expected })
    }

    #[cold]
    pub(in crate::runtime) fn bad_attribute(
        &self,
        tag: &Tag<'a>,
        name: &str,
        value: &str,
        expected: &'static str,
    ) -> DecodeError {
        let found = excerpt(value);
        let kind = DecodeErrorKind::Value { found, expected };
        self.position.error_in_attribute(tag, name, kind)
    }

    #[cold]
    pub(in crate::runtime) fn bad_reference(&self, offset: usize, name: &str) -> DecodeError {
        self.malformed(&describe_unknown(name)).with_offset(offset)
    }
}

fn is_html(document_type: &str) -> bool {
    let name = document_type.trim_ascii().as_bytes();
    name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"html")
}
