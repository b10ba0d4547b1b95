//! The decoder: splits a body into tags, attributes and values, for generated code.
//!
//! It knows no types: how a type is read from an element is in [`element`](super::element), which adds the methods that
//! generated code uses for children.
//!
//! There are two ways to read the next element. The plain path uses quick-xml's events; this is the only file that
//! handles them. The fast path reads a whole leaf element in one step ([`leaf_scan`](super::leaf_scan)). It must not
//! change any result: the plain path is the reference, and tests compare the two.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::DateTime;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesDecl, BytesStart, Event};

use super::date_time::{LOCAL_TIME, parse_date_time};
use super::encoding::{BYTE_ORDER_MARK, is_utf8_label};
use super::error::{DecodeError, DecodeErrorKind, excerpt};
use super::leaf_scan::scan_leaf;
use super::names::{IS_NAME_BYTE, local_name, without_namespace};
use super::options::DecodeOptions;
use super::position::{Position, UnknownParts};
use super::references::{BadReference, UNTERMINATED, find_unterminated, resolve, resolve_all};
use super::tag::{AttributeReader, MalformedAttribute, Tag, TagKind, XmlAttribute};
use super::text::{InvalidText, Text};

/// Decodes one body, element by element.
///
/// Generated code is called with the [`Tag`] of an element. It reads the tag's attributes, [enters](Self::enter) the
/// element, and reads [child](Self::child) after child until there is none.
pub struct Decoder<'a> {
    pub(super) position: Position<'a>,
    reader: Reader<&'a [u8]>,
    /// The element entered last has no content: instead of a child, its end comes next.
    at_end: bool,
    /// The reader is directly after a tag. The fast path may move it only there.
    after_tag: bool,
    fast_path: bool,
    /// How many bytes the fast path moved the reader. quick-xml's own positions do not count them.
    fast_bytes: usize,
    max_depth: usize,
    unknown: UnknownParts,
}

/// Documents.
impl<'a> Decoder<'a> {
    pub(super) fn new(body: &'a str, options: &DecodeOptions) -> Self {
        let mut reader = Reader::from_str(body);
        // It is quick-xml's default. But everything here relies on end tags that match.
        reader.config_mut().check_end_names = true;
        Self {
            position: Position::new(body),
            reader,
            at_end: false,
            after_tag: false,
            fast_path: options.fast_path,
            fast_bytes: 0,
            max_depth: options.max_depth,
            unknown: UnknownParts::new(options.report_unknown),
        }
    }

    /// Returns the tag of the root element, which must have this name.
    pub(super) fn root(&mut self, expected: &'static str) -> Result<Tag<'a>, DecodeError> {
        let expected = without_namespace(expected);
        let mut is_declared = false;
        let tag = loop {
            match self.any_event()? {
                Event::Decl(_) if is_declared => return Err(self.malformed("a second XML declaration")),
                Event::Decl(declaration) => {
                    self.check_encoding(&declaration)?;
                    is_declared = true;
                }
                Event::Start(start) => break self.tag(&start, TagKind::Open)?,
                Event::Empty(start) => break self.tag(&start, TagKind::Empty)?,
                Event::Comment(_) | Event::PI(_) => {}
                // XML requires the declaration first. Whitespace before it does no harm.
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Eof => return Err(self.error(DecodeErrorKind::NoContent)),
                _ => return Err(self.malformed("text before the root element")),
            }
        };
        match tag.name() {
            name if name == expected => Ok(tag),
            // An error page without a document type.
            name if name.eq_ignore_ascii_case("html") => Err(self.error(DecodeErrorKind::Html)),
            name => {
                let found = excerpt(name);
                let error = self.error(DecodeErrorKind::Root { found, expected });
                Err(error.with_offset(self.position.offset_of_tag(&tag)))
            }
        }
    }

    fn check_encoding(&self, declaration: &BytesDecl<'_>) -> Result<(), DecodeError> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(label)) if is_utf8_label(&label) => Ok(()),
            Some(Ok(label)) => {
                // The label is from outside, and may be of any length: only one that looks like a name is quoted.
                let is_name = label.len() < 40 && label.bytes().all(|byte| IS_NAME_BYTE[usize::from(byte)]);
                let shown = if is_name { &*label } else { "an invalid name" };
                let which = format!("its XML declaration names {shown}");
                Err(self.error(DecodeErrorKind::Encoding(which)))
            }
            Some(Err(_)) => Err(self.malformed("the encoding in its XML declaration is not quoted")),
        }
    }

    /// Checks that nothing but comments and whitespace follows the root element.
    pub(super) fn expect_end(&mut self) -> Result<(), DecodeError> {
        loop {
            match self.any_event()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                _ => return Err(self.error(DecodeErrorKind::Trailing)),
            }
        }
    }

    /// Returns how many bytes of the body were read.
    pub(super) fn offset(&self) -> usize {
        self.position.body.len() - self.reader.get_ref().len()
    }

    /// Returns the unknown parts that were found since the last call.
    pub(super) fn take_unknown(&mut self) -> BTreeSet<String> {
        self.unknown.take()
    }
}

/// Elements.
impl<'a> Decoder<'a> {
    /// Enters an element, so that [`child`](Self::child) returns its children.
    pub fn enter(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        if self.position.depth() >= self.max_depth {
            let limit = format!("elements are nested deeper than {}", self.max_depth);
            return Err(self.position.error_in(tag, DecodeErrorKind::Limit(limit)));
        }
        self.position.enter(tag.name());
        // A leaf that the fast path took has no children, and its text is skipped.
        self.at_end = tag.kind != TagKind::Open;
        if self.at_end {
            self.check_references(tag)?;
        }
        Ok(())
    }

    /// Returns the next child of the element entered last, or `None` and leaves the element at its end.
    pub fn child(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        if std::mem::take(&mut self.at_end) {
            self.position.leave();
            return Ok(None);
        }
        // Most children are leaves. Where the fast path declines, nothing was consumed.
        let child = match self.take_leaf() {
            Some(leaf) => Some(leaf),
            None => self.next_tag()?,
        };
        if child.is_none() {
            self.position.leave();
        }
        Ok(child)
    }

    /// Returns the value of a required part, or the error that it is missing.
    pub fn required<T>(&self, tag: &Tag<'a>, name: &'static str, value: Option<T>) -> Result<T, DecodeError> {
        value.ok_or_else(|| self.position.error_in(tag, DecodeErrorKind::Missing(name)))
    }

    /// Skips an element that the schema does not know, and reports its path.
    pub fn skip(&mut self, tag: Tag<'a>) -> Result<(), DecodeError> {
        if self.unknown.are_reported() {
            self.report_unknown(&tag, "");
        }
        self.skip_silently(&tag)
    }

    /// Skips an element. Its tags must match and have valid names; nothing else is checked.
    ///
    /// Counts open elements instead of recursing, so that no depth overflows the stack.
    pub(super) fn skip_silently(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        self.check_references(tag)?;
        let mut open = usize::from(tag.kind == TagKind::Open);
        while open > 0 {
            match self.event()? {
                Event::Start(start) => {
                    self.tag(&start, TagKind::Open)?;
                    open += 1;
                }
                Event::Empty(start) => {
                    self.tag(&start, TagKind::Empty)?;
                }
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// Skips an element of an unknown type, and returns the type's name.
    pub fn unknown_type(&mut self, tag: Tag<'a>) -> Result<String, DecodeError> {
        let name = tag.type_name().unwrap_or_default().to_owned();
        self.skip(tag)?;
        Ok(name)
    }

    /// The fast path: takes the next child if it is a whole leaf element and only whitespace precedes it.
    ///
    /// Moves quick-xml's input forward without its knowledge. This is correct directly after a tag, where the reader
    /// expects text or markup. It depends on how quick-xml keeps its state, so the version of quick-xml is pinned.
    fn take_leaf(&mut self) -> Option<Tag<'a>> {
        if !(self.after_tag && self.fast_path) {
            return None;
        }
        let rest = &self.position.body[self.offset()..];
        let text = rest.trim_ascii_start();
        let (tag, len) = scan_leaf(text)?;
        // The whitespace before the element is consumed with it.
        let len = rest.len() - text.len() + len;
        *self.reader.get_mut() = &self.reader.get_ref()[len..];
        self.fast_bytes += len;
        Some(tag)
    }
}

/// Attributes.
impl<'a> Decoder<'a> {
    /// Returns a reader of a tag's attributes, for [`next_attribute`](Self::next_attribute).
    pub fn attributes(&self, tag: &Tag<'a>) -> AttributeReader<'a> {
        AttributeReader::new(*tag, self.fast_path)
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

    fn parse_attribute<T: Text>(&self, tag: &Tag<'a>, name: &str, value: &str) -> Result<T, DecodeError> {
        T::parse(T::trim(value)).map_err(|InvalidText(expected)| self.bad_attribute(tag, name, value, expected))
    }

    /// Reads an element that only refers to an object, by its `id` attribute, to its end.
    pub fn reference<T: Text>(&mut self, tag: &Tag<'a>) -> Result<T, DecodeError> {
        // Apart from the parsing, this does not depend on the type, and is compiled once.
        let id = self.id_attribute(tag)?;
        let id = self.required(tag, "@id", id)?;
        self.parse_attribute(tag, "id", &id)
    }

    fn id_attribute(&mut self, tag: &Tag<'a>) -> Result<Option<Cow<'a, str>>, DecodeError> {
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
        while let Some(child) = self.child()? {
            self.skip(child)?;
        }
        Ok(id)
    }

    /// Checks the attributes of a tag whose type has none, and reports them as unknown.
    pub fn expect_no_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        match tag.attributes {
            "" => Ok(()),
            _ => self.report_attributes(tag),
        }
    }

    fn report_attributes(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
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
    fn report_unknown(&mut self, tag: &Tag<'_>, part: &str) {
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
        match tag.kind {
            TagKind::Leaf(text) => Ok(Cow::Borrowed(text)),
            TagKind::RawLeaf(raw) => match resolve_all(raw) {
                Ok(text) => Ok(Cow::Owned(text)),
                Err(bad) => Err(self.bad_reference_in(tag, &bad)),
            },
            TagKind::Empty => {
                self.expect_no_attributes(tag)?;
                Ok(Cow::Borrowed(""))
            }
            TagKind::Open => {
                self.expect_no_attributes(tag)?;
                self.collect_text(tag)
            }
        }
    }

    /// Returns the text of an element whose attributes were read before.
    fn content_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        match tag.kind {
            TagKind::Open => self.collect_text(tag),
            TagKind::Empty => Ok(Cow::Borrowed("")),
            TagKind::Leaf(_) | TagKind::RawLeaf(_) => self.text(tag),
        }
    }

    /// The plain path: joins an element's text, CDATA sections and references.
    fn collect_text(&mut self, tag: &Tag<'a>) -> Result<Cow<'a, str>, DecodeError> {
        self.position.enter(tag.name());
        let mut text = Cow::Borrowed("");
        loop {
            match self.event()? {
                Event::Text(part) => append(&mut text, part.xml10_content()),
                Event::CData(part) => append(&mut text, part.xml10_content()),
                Event::GeneralRef(reference) => match resolve(&reference) {
                    Some(character) => text.to_mut().push(character),
                    None => return Err(self.bad_reference(&BadReference::Unknown(&reference))),
                },
                Event::Start(start) => {
                    let child = self.tag(&start, TagKind::Open)?;
                    self.skip(child)?;
                }
                Event::Empty(start) => {
                    let child = self.tag(&start, TagKind::Empty)?;
                    self.skip(child)?;
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
        T::parse(T::trim(&text)).map_err(|InvalidText(expected)| self.bad_value(tag, &text, expected))
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
    pub(super) fn local_time(&mut self, tag: &Tag<'a>) -> Result<DateTime, DecodeError> {
        let text = self.text(tag)?;
        let Some((time, offset)) = parse_date_time(text.trim_ascii().as_bytes()) else {
            return Err(self.bad_value(tag, &text, LOCAL_TIME.0));
        };
        // The local part is what the service means. An offset would be a change of the service, so it is reported.
        if offset.is_some() && self.unknown.are_reported() {
            self.report_unknown(tag, "/offset()");
        }
        Ok(time)
    }

    /// Rejects raw text that is skipped if a reference in it is not terminated, as the tokenizer does.
    fn check_references(&self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        match tag.kind {
            TagKind::RawLeaf(raw) => find_unterminated(raw).map_or(Ok(()), |bad| Err(self.bad_reference(&bad))),
            _ => Ok(()),
        }
    }
}

/// The plain path: quick-xml's events.
impl<'a> Decoder<'a> {
    fn next_tag(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        loop {
            match self.event()? {
                Event::Start(start) => return self.tag(&start, TagKind::Open).map(Some),
                Event::Empty(start) => return self.tag(&start, TagKind::Empty).map(Some),
                Event::End(_) => return Ok(None),
                // Text between elements means nothing in this service's bodies.
                _ => {}
            }
        }
    }

    /// Returns the next event inside the root, where neither the end nor a declaration may come.
    fn event(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.any_event()? {
            // quick-xml does not check at the end that all elements were closed.
            Event::Eof => Err(self.malformed("it ends inside an element")),
            Event::Decl(_) => Err(self.malformed("an XML declaration inside an element")),
            event => Ok(event),
        }
    }

    fn any_event(&mut self) -> Result<Event<'a>, DecodeError> {
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(self.tokenizer_error(&error)),
        };
        // After text, a comment or a reference, quick-xml is in another state, which the fast path must not disturb.
        self.after_tag = matches!(event, Event::Start(_) | Event::End(_) | Event::Empty(_));
        match event {
            Event::DocType(name) if is_html(&name) => Err(self.error(DecodeErrorKind::Html)),
            // No document type, no entities: nothing can be expanded without bound.
            Event::DocType(_) => Err(self.error(DecodeErrorKind::Doctype)),
            event => Ok(event),
        }
    }

    /// Creates the tag of an event that was just read.
    fn tag(&self, start: &BytesStart<'_>, kind: TagKind<'a>) -> Result<Tag<'a>, DecodeError> {
        let closing = if kind == TagKind::Empty { "/>".len() } else { ">".len() };
        // A slice of the body itself, not of the event: offsets of errors are computed from its address.
        let end = self.offset() - closing;
        let start_of_tag = end - start.len();
        let (name, attributes) = self.position.body[start_of_tag..end].split_at(start.name().as_ref().len());
        match local_name(name) {
            Some(name) => Ok(Tag { name, attributes, kind }),
            None => Err(self.bad_name(name)),
        }
    }
}

/// Errors. They are marked as cold, to keep their code out of the way of the code that runs.
impl<'a> Decoder<'a> {
    /// Creates an error in the element entered last, at the byte that was read last.
    #[cold]
    fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.position.path_to(&[]), self.offset())
    }

    #[cold]
    fn malformed(&self, how: &str) -> DecodeError {
        self.error(DecodeErrorKind::Malformed(how.to_owned()))
    }

    #[cold]
    fn bad_name(&self, name: &str) -> DecodeError {
        let how = format!("`{}` is not a valid element name", excerpt(name));
        self.malformed(&how).with_offset(self.position.offset_of(name) - 1)
    }

    #[cold]
    fn bad_value(&self, tag: &Tag<'a>, found: &str, expected: &'static str) -> DecodeError {
        let found = excerpt(found);
        self.position.error_in(tag, DecodeErrorKind::Value { found, expected })
    }

    #[cold]
    fn bad_attribute(&self, tag: &Tag<'a>, name: &str, value: &str, expected: &'static str) -> DecodeError {
        let found = excerpt(value);
        let kind = DecodeErrorKind::Value { found, expected };
        self.position.error_in_attribute(tag, name, kind)
    }

    #[cold]
    fn bad_reference_in(&mut self, tag: &Tag<'a>, bad: &BadReference<'_>) -> DecodeError {
        // The plain path would have entered the element when it found the reference. The paths must agree.
        self.position.enter(tag.name());
        self.bad_reference(bad)
    }

    #[cold]
    fn bad_reference(&self, bad: &BadReference<'_>) -> DecodeError {
        let offset = match bad {
            BadReference::Unterminated(text) => self.position.offset_of(text),
            BadReference::Unknown(name) => self.position.offset_of(name) - "&".len(),
        };
        self.malformed(&bad.describe()).with_offset(offset)
    }

    #[cold]
    fn tokenizer_error(&self, error: &Error) -> DecodeError {
        // quick-xml's positions count neither the byte order mark nor what the fast path took.
        let has_mark = self.position.body.starts_with(BYTE_ORDER_MARK);
        let mark = if has_mark { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        let counted = usize::try_from(self.reader.error_position()).unwrap_or(0);
        self.malformed(&describe(error))
            .with_offset(mark + self.fast_bytes + counted)
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

fn is_html(document_type: &str) -> bool {
    let name = document_type.trim_ascii().as_bytes();
    name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"html")
}

fn describe(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            format!(
                "found `</{}>` where `</{}>` was expected",
                excerpt(found),
                excerpt(expected)
            )
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            format!("`</{}>` without a start tag", excerpt(name))
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => UNTERMINATED.to_owned(),
        // Without the text that quick-xml adds to them.
        Error::IllFormed(other) => other.to_string(),
        Error::Syntax(other) => other.to_string(),
        other => other.to_string(),
    }
}
