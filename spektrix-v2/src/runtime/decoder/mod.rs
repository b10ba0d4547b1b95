//! The decoder: splits a body into tags, attributes and values, for generated code.
//!
//! It knows no types: how a type is read from an element is in [`element`](super::element), which adds the methods that
//! generated code uses for children.
//!
//! At every tag and every value, there are two ways on. The decoder first predicts: it compares the bytes at its position
//! with what the schema says comes next ([`field`](super::field)), in the form that the service writes, or scans a tag or a
//! text that is written in an ordinary way ([`scan`](super::scan)). Where that fails, nothing was read, and the plain path
//! reads this one tag or value: quick-xml's events ([`tokenizer`](super::tokenizer)). Prediction must change no result: it
//! reports no errors, and tests compare it with the plain path alone.

mod events;
mod pairs;
mod prediction;
mod values;

use std::collections::BTreeSet;

use quick_xml::events::{BytesDecl, Event};

pub(crate) use pairs::predicted_pairs;
pub(super) use prediction::predicted_prefix;
pub(crate) use prediction::predicted_text;
pub use prediction::{Prediction, predicted_reference, predicted_value};

use super::encoding::{BYTE_ORDER_MARK, fits_utf8};
use super::error::{DecodeError, DecodeErrorKind, excerpt};
use super::field::{Children, Field};
use super::names::{IS_NAME_BYTE, without_namespace};
use super::options::DecodeOptions;
use super::position::{Position, UnknownParts};
use super::references::are_terminated;
use super::scan;
use super::tag::{Tag, TagKind};
use super::tokenizer::Tokenizer;

/// Decodes one body, element by element.
///
/// Generated code is called with the [`Tag`] of an element. It reads the tag's attributes, [enters](Self::enter) the
/// element, and reads [child](Self::child) after child until there is none.
pub struct Decoder<'a> {
    pub(super) position: Position<'a>,
    /// What was not read yet.
    rest: &'a str,
    tokenizer: Tokenizer<'a>,
    /// The tokenizer is not directly after a tag, or must not be stopped: only it can tell what comes next.
    is_tokenizing: bool,
    /// The element entered last has no content: instead of a child, its end comes next.
    at_end: bool,
    predicts: bool,
    child: Child<'a>,
    /// The names of unknown elements that are being skipped.
    skipped: Vec<&'a str>,
    max_depth: usize,
    unknown: UnknownParts,
}

/// The child that was found last.
#[derive(Clone, Copy)]
enum Child<'a> {
    /// Its name was predicted. The decoder's position is directly after the name.
    Predicted(&'static Field),
    Tag(Tag<'a>),
}

/// The number of a child that is no field.
const UNKNOWN: usize = usize::MAX;

/// Documents.
impl<'a> Decoder<'a> {
    pub(super) fn new(body: &'a str, options: &DecodeOptions) -> Self {
        let no_tag = Tag {
            start: 0,
            written_name: "",
            prefix_len: 0,
            attributes: "",
            kind: TagKind::Empty,
        };
        Self {
            position: Position::new(body),
            rest: body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body),
            tokenizer: Tokenizer::new(),
            is_tokenizing: !options.fast_path,
            at_end: false,
            predicts: options.fast_path,
            child: Child::Tag(no_tag),
            skipped: Vec::new(),
            max_depth: options.max_depth,
            unknown: UnknownParts::new(options.report_unknown),
        }
    }

    /// Returns the tag of the root element, which must have this name.
    pub(super) fn root(&mut self, expected: &'static str) -> Result<Tag<'a>, DecodeError> {
        let expected = without_namespace(expected);
        let mut is_declared = false;
        let tag = loop {
            let before = self.offset();
            match self.any_event()? {
                Event::Decl(_) if is_declared => return Err(self.malformed("a second XML declaration")),
                Event::Decl(declaration) => {
                    self.check_encoding(&declaration)?;
                    is_declared = true;
                }
                Event::Start(start) => break self.tag(before, &start, TagKind::Open)?,
                Event::Empty(start) => break self.tag(before, &start, TagKind::Empty)?,
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
                Err(error.with_offset(tag.start))
            }
        }
    }

    fn check_encoding(&self, declaration: &BytesDecl<'_>) -> Result<(), DecodeError> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(label)) if fits_utf8(&label) => Ok(()),
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
        if !self.is_tokenizing && scan::trim_start(self.rest).is_empty() {
            return Ok(());
        }
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
        self.position.body.len() - self.rest.len()
    }

    /// Returns whether unknown parts were found since the last call of [`take_unknown`](Self::take_unknown).
    pub(super) fn has_unknown(&self) -> bool {
        !self.unknown.paths().is_empty()
    }

    /// Returns the unknown parts that were found since the last call.
    pub(super) fn take_unknown(&mut self) -> BTreeSet<String> {
        self.unknown.take()
    }
}

/// Elements.
impl<'a> Decoder<'a> {
    /// Enters an element, so that [`child`](Self::child) returns its children.
    #[inline]
    pub fn enter(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        if !self.may_enter() {
            return Err(self.too_deep(tag));
        }
        self.position.enter(tag.written_name);
        self.at_end = tag.kind == TagKind::Empty;
        Ok(())
    }

    #[cold]
    fn too_deep(&self, tag: &Tag<'a>) -> DecodeError {
        let limit = format!("elements are nested deeper than {}", self.max_depth);
        self.position.error_in(tag, DecodeErrorKind::Limit(limit))
    }

    /// Returns whether the limit on depth allows to enter an element.
    #[inline]
    pub(crate) fn may_enter(&self) -> bool {
        self.position.depth() < self.max_depth
    }

    /// Returns the number of the field that the next child is, or another number if the schema does not know it. Returns
    /// `None` and leaves the element at its end.
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and it is small")]
    #[inline(always)]
    pub fn child(&mut self, children: &mut Children) -> Result<Option<usize>, DecodeError> {
        let may_predict = !self.is_tokenizing && !self.at_end;
        if may_predict
            && let Some(field) = children.fields.get(children.next)
            && let Some(rest) = field.after_name(self.rest)
        {
            self.rest = rest;
            self.child = Child::Predicted(field);
            let number = children.next;
            children.next += 1;
            return Ok(Some(number));
        }
        if may_predict && self.take_end_tag() {
            self.position.leave();
            return Ok(None);
        }
        self.unexpected_child(children)
    }

    /// Returns the next child where it is not the expected one.
    fn unexpected_child(&mut self, children: &mut Children) -> Result<Option<usize>, DecodeError> {
        if self.take_predicted_child(children) {
            return Ok(Some(children.next - 1));
        }
        let Some(tag) = self.next_child()? else {
            return Ok(None);
        };
        self.child = Child::Tag(tag);
        let Some(number) = children.find(tag.name()) else {
            return Ok(Some(UNKNOWN));
        };
        children.next = number + 1;
        Ok(Some(number))
    }

    /// Takes the name of a later field, for others may be absent, or of the last one, which may repeat.
    fn take_predicted_child(&mut self, children: &mut Children) -> bool {
        if self.is_tokenizing || self.at_end {
            return false;
        }
        self.rest = scan::trim_start(self.rest);
        if self.rest.starts_with("</") {
            return false;
        }
        for (number, field) in children.fields.iter().enumerate().skip(children.next.saturating_sub(1)) {
            if let Some(rest) = field.after_name(self.rest) {
                self.rest = rest;
                self.child = Child::Predicted(field);
                children.next = number + 1;
                return true;
            }
        }
        false
    }

    /// Returns the tag of the next child of the element entered last, or `None` and leaves the element at its end.
    pub(super) fn next_child(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        let child = if std::mem::take(&mut self.at_end) {
            None
        } else {
            self.next_tag()?
        };
        if child.is_none() {
            self.position.leave();
        }
        Ok(child)
    }

    /// Leaves the element entered last, which is an empty one.
    pub(super) fn leave_empty(&mut self) {
        self.at_end = false;
        self.position.leave();
    }

    /// Returns the children of the element entered last, to predict them. There are none if only the tokenizer can read them.
    #[inline]
    pub fn prediction(&self) -> Prediction<'a> {
        let is_possible = !self.is_tokenizing && !self.at_end && self.may_enter();
        Prediction {
            rest: if is_possible { self.rest } else { "" },
        }
    }

    /// Continues after the children that were predicted.
    #[inline]
    pub fn accept(&mut self, Prediction { rest }: Prediction<'a>) {
        // At least the end tag is left, unless nothing was predicted.
        if !rest.is_empty() {
            self.rest = rest;
        }
    }

    /// Returns what follows the name that was just read, unless the plain path would report that it is nested too deeply.
    #[inline]
    pub(super) fn predictable(&self) -> Option<&'a str> {
        self.may_enter().then_some(self.rest)
    }

    #[inline]
    pub(super) fn continue_at(&mut self, rest: &'a str) {
        self.rest = rest;
    }

    /// Takes the name of the next child, if it is this one.
    #[expect(
        clippy::inline_always,
        reason = "it is a few comparisons, and lists of references call it for each item"
    )]
    #[inline(always)]
    pub(crate) fn take_name(&mut self, field: &Field) -> bool {
        if self.is_tokenizing || self.at_end {
            return false;
        }
        let rest = field.after_name(scan::trim_start(self.rest));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Returns the field that was found last, if only its name was read.
    pub(super) fn predicted_child(&self) -> Option<&'static Field> {
        match self.child {
            Child::Predicted(field) => Some(field),
            Child::Tag(_) => None,
        }
    }

    /// Returns the tag of the child that was found last, which was read to the end of the tag.
    pub(super) fn child_tag(&mut self) -> Result<Tag<'a>, DecodeError> {
        match self.child {
            Child::Predicted(field) => self.finish_tag(field.name()),
            Child::Tag(tag) => Ok(tag),
        }
    }

    /// Reads a tag to its end, whose name was just read.
    #[inline]
    pub(super) fn finish_tag(&mut self, written_name: &'a str) -> Result<Tag<'a>, DecodeError> {
        let start = self.offset() - written_name.len() - "<".len();
        let Some((attributes, kind, len)) = scan::rest_of_tag(self.rest) else {
            return self.tokenize_tag_from(start);
        };
        self.rest = &self.rest[len..];
        Ok(Tag {
            start,
            written_name,
            prefix_len: 0,
            attributes,
            kind,
        })
    }

    #[cold]
    fn tokenize_tag_from(&mut self, start: usize) -> Result<Tag<'a>, DecodeError> {
        self.rest = &self.position.body[start..];
        let tag = self.tokenize_tag()?;
        tag.ok_or_else(|| self.malformed("a tag was expected"))
    }

    /// Returns the value of a required part, or the error that it is missing.
    pub fn required<T>(&self, tag: &Tag<'a>, name: &'static str, value: Option<T>) -> Result<T, DecodeError> {
        value.ok_or_else(|| self.position.error_in(tag, DecodeErrorKind::Missing(name)))
    }

    /// Skips the child that was found last, which the schema does not know, and reports its path.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        self.skip_unknown(&tag)
    }

    /// Skips an element that the schema does not know, and reports its path.
    pub fn skip_unknown(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        if self.unknown.are_reported() {
            self.report_unknown(tag, "");
        }
        self.skip_silently(tag)
    }

    /// Skips an element. Its tags must match and have valid names; nothing else is checked.
    ///
    /// Lists open elements instead of recursing, so that no depth overflows the stack.
    pub(super) fn skip_silently(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        let outside = self.skipped.len();
        if tag.kind == TagKind::Open {
            self.skipped.push(tag.written_name);
        }
        while self.skipped.len() > outside {
            self.skip_text();
            match self.next_tag()? {
                Some(Tag {
                    kind: TagKind::Empty, ..
                }) => {}
                Some(tag) => self.skipped.push(tag.written_name),
                None => drop(self.skipped.pop()),
            }
        }
        Ok(())
    }

    /// Skips text in which every reference is terminated. For any other, the tokenizer reports the error.
    fn skip_text(&mut self) {
        if self.is_tokenizing {
            return;
        }
        if let Some(span) = scan::split_text(self.rest)
            && (span.is_plain || are_terminated(span.text))
        {
            self.rest = span.rest;
        }
    }

    /// Skips an element of an unknown type, and returns the type's name.
    pub fn unknown_type(&mut self, tag: Tag<'a>) -> Result<String, DecodeError> {
        let name = tag.type_name().unwrap_or_default().to_owned();
        self.skip_unknown(&tag)?;
        Ok(name)
    }

    /// Returns the next tag, or `None` at the end tag of the element that was started last.
    fn next_tag(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        if self.is_tokenizing {
            return self.tokenize_tag();
        }
        self.rest = scan::trim_start(self.rest);
        if self.take_end_tag() {
            return Ok(None);
        }
        let Some(name_len) = scan::name_len(self.rest) else {
            return self.tokenize_tag();
        };
        let (name, rest) = self.rest["<".len()..].split_at(name_len);
        self.rest = rest;
        let mut tag = self.finish_tag(name)?;
        if let Some(colon) = tag.written_name.find(':') {
            tag.prefix_len = colon + 1;
        }
        Ok(Some(tag))
    }

    /// Takes the end tag of the element that was started last, if it is next and without whitespace.
    #[inline(never)]
    fn take_end_tag(&mut self) -> bool {
        let rest = self.open_name().and_then(|name| {
            let rest = self.rest.strip_prefix("</")?.strip_prefix(name)?;
            rest.strip_prefix(">")
        });
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Returns the name of the element that was started last, as it is written.
    fn open_name(&self) -> Option<&'a str> {
        self.skipped.last().copied().or_else(|| self.position.current())
    }
}
