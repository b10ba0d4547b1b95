//! Attributes, text and values.

use std::borrow::Cow;

use jiff::civil::DateTime;
use quick_xml::events::Event;

use super::Decoder;
use crate::runtime::date_time::{LOCAL_TIME, parse_date_time};
use crate::runtime::error::{DecodeError, DecodeErrorKind, excerpt};
use crate::runtime::references::{resolve, resolve_all, surrogate_pair};
use crate::runtime::scan;
use crate::runtime::tag::{AttributeReader, MalformedAttribute, Tag, TagKind, XmlAttribute};
use crate::runtime::text::{InvalidText, Text};

/// Attributes.
impl<'a> Decoder<'a> {
    /// Returns a reader of a tag's attributes, for [`next_attribute`](Self::next_attribute).
    pub fn attributes(&self, tag: &Tag<'a>) -> AttributeReader<'a> {
        AttributeReader::new(*tag, self.predicts)
    }

    /// Returns the next attribute. Skips namespace declarations and `xsi:…`.
    pub fn next_attribute(
        &self,
        attributes: &mut AttributeReader<'a>,
    ) -> Result<Option<XmlAttribute<'a>>, DecodeError> {
        match attributes.next() {
            Ok(attribute) => Ok(attribute),
            Err(MalformedAttribute(how)) => Err(self
                .position
                .error_in(attributes.tag(), DecodeErrorKind::Malformed(how))),
        }
    }

    /// Reads the attributes of a tag whose type has only this one.
    pub fn only_attribute<T: Text>(
        &mut self,
        tag: &Tag<'a>,
        name: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), DecodeError> {
        if self.predicts {
            *field = self.predicted_attribute(tag, name);
        }
        if field.is_some() {
            return Ok(());
        }
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = self.next_attribute(&mut attributes)? {
            if attribute.name() == name {
                self.attribute(&attribute, field)?;
            } else {
                self.unknown_attribute(&attribute);
            }
        }
        Ok(())
    }

    /// Parses an attribute's value into its field. If the attribute occurs twice, the first one counts.
    pub fn attribute<T: Text>(
        &mut self,
        attribute: &XmlAttribute<'a>,
        field: &mut Option<T>,
    ) -> Result<(), DecodeError> {
        if field.is_none() {
            *field = Some(self.parse_attribute(&attribute.tag, attribute.name(), &attribute.value)?);
        }
        Ok(())
    }

    pub(in crate::runtime) fn parse_attribute<T: Text>(
        &self,
        tag: &Tag<'a>,
        name: &str,
        value: &str,
    ) -> Result<T, DecodeError> {
        T::parse(T::trim(value)).map_err(|InvalidText(expected)| self.bad_attribute(tag, name, value, expected))
    }

    /// Reads an element that only refers to an object, by its `id` attribute, to its end.
    pub fn reference<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        if self.predicts
            && tag.is_empty()
            && self.may_enter()
            && let Some(id) = self.predicted_attribute(tag, "id")
        {
            return Ok(id);
        }
        // Apart from the parsing, this does not depend on the type, and is compiled once.
        let id = self.id_attribute(tag)?;
        let id = self.required(tag, "@id", id)?;
        self.parse_attribute(tag, "id", &id)
    }

    pub(in crate::runtime) fn id_attribute(&mut self, tag: &Tag<'a>) -> Result<Option<Cow<'a, str>>, DecodeError> {
        let mut id = None;
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = self.next_attribute(&mut attributes)? {
            match attribute.name() {
                // The first of several counts, as in any other element.
                "id" => id = id.or(Some(attribute.value)),
                _ => self.unknown_attribute(&attribute),
            }
        }
        // No schema of the service has content here, so any content is unknown.
        self.enter(tag)?;
        while let Some(child) = self.next_child()? {
            self.skip_unknown(&child)?;
        }
        Ok(id)
    }

    /// Checks the attributes of a tag whose type has none, and reports them as unknown.
    #[inline]
    pub fn expect_no_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        match tag.attributes {
            "" => Ok(()),
            _ => self.report_attributes(tag),
        }
    }

    pub(in crate::runtime) fn report_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = self.next_attribute(&mut attributes)? {
            self.unknown_attribute(&attribute);
        }
        Ok(())
    }

    /// Reports an attribute that the schema does not know.
    pub fn unknown_attribute(&mut self, attribute: &XmlAttribute<'a>) {
        if self.unknown.are_reported() {
            self.report_unknown(&attribute.tag, &format!("/@{}", excerpt(attribute.name())));
        }
    }

    /// Reports an element that was not entered, or a part of it, as unknown to the schema.
    #[cold]
    pub(in crate::runtime) fn report_unknown(&mut self, tag: &Tag<'_>, part: &str) {
        let path = self
            .position
            .unnumbered_path_to(&format!("{}{part}", excerpt(tag.name())));
        self.unknown.insert(path);
    }
}

/// Text and values.
impl<'a> Decoder<'a> {
    /// Returns the text of a leaf element. Elements inside it are unknown, and skipped.
    pub fn text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        self.expect_no_attributes(tag)?;
        self.content_text(tag)
    }

    /// Returns the text of an element whose attributes were read before.
    pub(in crate::runtime) fn content_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        if tag.kind == TagKind::Empty {
            return Ok(Cow::Borrowed(""));
        }
        match self.plain_text(tag) {
            Some(text) => Ok(text),
            None => self.collect_text(tag),
        }
    }

    /// Takes the text and the end tag of an element that contains nothing else.
    pub(in crate::runtime) fn plain_text(&mut self, tag: &Tag<'a>) -> Option<Cow<'a, str>> {
        if self.is_tokenizing {
            return None;
        }
        let span = scan::split_text(self.rest)?;
        let rest = span.rest.strip_prefix("</")?.strip_prefix(tag.written_name)?;
        let rest = rest.strip_prefix(">")?;
        let text = resolved(span)?;
        self.rest = rest;
        Some(text)
    }

    /// Joins an element's text, CDATA sections and references, as the tokenizer returns them.
    pub(in crate::runtime) fn collect_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        self.position.enter(tag.written_name);
        let mut text = Cow::Borrowed("");
        loop {
            let before = self.offset();
            match self.event()? {
                Event::Text(part) => append(&mut text, part.xml10_content()),
                Event::CData(part) => append(&mut text, part.xml10_content()),
                Event::GeneralRef(reference) => {
                    let pair = || surrogate_pair(&reference, self.rest);
                    let (character, is_pair) = match resolve(&reference) {
                        Some(character) => (character, false),
                        None => (pair().ok_or_else(|| self.bad_reference(before, &reference))?, true),
                    };
                    text.to_mut().push(character);
                    if is_pair {
                        // The second half.
                        self.event()?;
                    }
                }
                Event::Start(start) => {
                    let child = self.tag(before, &start, TagKind::Open)?;
                    self.skip_unknown(&child)?;
                }
                Event::Empty(start) => {
                    let child = self.tag(before, &start, TagKind::Empty)?;
                    self.skip_unknown(&child)?;
                }
                Event::End(_) => {
                    self.position.leave();
                    return Ok(text);
                }
                _ => {}
            }
        }
    }

    /// Parses the value of a leaf element.
    pub fn value<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        let text = self.text(tag)?;
        self.parse_text(tag, &text)
    }

    /// Parses the text of a leaf element.
    pub(in crate::runtime) fn parse_text<T: Text>(&self, tag: &Tag<'a>, text: &str) -> Result<T, DecodeError> {
        T::parse(T::trim(text)).map_err(|InvalidText(expected)| self.bad_value(tag, text, expected))
    }

    /// Parses the value of an element that has text and attributes. Returns `None` if there is no text.
    pub fn content<T: Text>(&mut self, tag: &Tag<'a>) -> Result<Option<T>, DecodeError> {
        if tag.is_nil() {
            self.skip_silently(tag)?;
            return Ok(None);
        }
        let text = self.content_text(tag)?;
        // `<Amount unit="m"/>` has no value, while an empty leaf element is an empty string or an invalid number.
        if text.is_empty() || !T::KEEPS_WHITESPACE && text.trim_ascii().is_empty() {
            return Ok(None);
        }
        T::parse(T::trim(&text))
            .map(Some)
            .map_err(|InvalidText(expected)| self.bad_value(tag, &text, expected))
    }

    /// Parses a local time. An offset in it is ignored, and reported like an unknown part.
    pub(in crate::runtime) fn local_time(&mut self, tag: &Tag<'a>) -> Result<DateTime, DecodeError> {
        let text = self.text(tag)?;
        let Some((time, offset)) = parse_date_time(text.trim_ascii().as_bytes()) else {
            return Err(self.bad_value(tag, &text, LOCAL_TIME.0));
        };
        if offset.is_some() {
            self.report_offset(tag);
        }
        Ok(time)
    }

    /// Reports an offset that is ignored, like an unknown part.
    ///
    /// The local part is what the service means. An offset would be a change of the service.
    pub(in crate::runtime) fn report_offset(&mut self, tag: &Tag<'a>) {
        if self.unknown.are_reported() {
            self.report_unknown(tag, "/offset()");
        }
    }
}

/// Resolves the references and line breaks in a text. Returns `None` if a reference cannot be resolved.
pub(super) fn resolved(span: scan::Span<'_>) -> Option<Cow<'_, str>> {
    if span.is_plain {
        Some(Cow::Borrowed(span.text))
    } else {
        resolve_all(span.text).map(Cow::Owned)
    }
}

fn append<'a>(text: &mut Cow<'a, str>, part: Cow<'a, str>) {
    // Most text comes in one part, which is borrowed from the body.
    if text.is_empty() {
        *text = part;
    } else {
        text.to_mut().push_str(&part);
    }
}
