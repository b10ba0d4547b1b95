//! Pulls elements from a body: the one place that knows quick-xml's events.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attributes::nil_of;
use super::name::local_name;
use super::{DecodeError, DecodeErrorKind, DecodeOptions, Element, List};

/// Reads one body, element by element.
///
/// Generated code asks for a [`Tag`], goes through its attributes, [enters](Self::enter) it, and takes
/// [child](Self::child) after child until there is none.
pub struct Decoder<'a> {
    pub(super) body: &'a str,
    pub(super) reader: Reader<&'a [u8]>,
    /// Names of the elements that were entered and not left.
    pub(super) path: Vec<&'a str>,
    /// The number of the item being read, if the root is a list; for messages.
    pub(super) items: usize,
    /// The element entered last has no content: the next child is its end.
    at_end: bool,
    /// The reader stands directly behind a tag: the one state in which whole leaf elements may be taken.
    pub(super) behind_tag: bool,
    pub(super) whole_leaves: bool,
    /// How many bytes the reader was moved forward by hand, which its own positions do not count.
    pub(super) taken: usize,
    max_depth: usize,
    pub(super) unknown: Option<BTreeSet<String>>,
}

/// The start of an element, with its content if that is only text.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a> {
    /// The name without its prefix.
    pub(super) name: &'a str,
    /// What stands behind the name.
    pub(super) attributes: &'a str,
    pub(super) kind: TagKind<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TagKind<'a> {
    /// A whole element that holds only this text.
    Leaf(&'a str),
    /// A whole element that holds only text, with references or carriage returns in it that stand for something else.
    RawLeaf(&'a str),
    /// `<Name/>`
    Empty,
    /// `<Name>`: the content follows.
    Open,
}

impl<'a> Tag<'a> {
    /// The element's local name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Whether the element says `xsi:nil="true"`: it stands for "no value".
    pub(super) fn is_nil(&self) -> bool {
        // It has a prefix, and so a colon: most tags are told apart by that.
        self.attributes.bytes().any(|byte| byte == b':')
            && nil_of(*self).is_some_and(|value| matches!(value.trim(), "true" | "1"))
    }
}

impl<'a> Decoder<'a> {
    pub(super) fn new(body: &'a str, options: &DecodeOptions) -> Self {
        let mut reader = Reader::from_str(body);
        reader.config_mut().check_end_names = true;
        Self {
            body,
            reader,
            path: Vec::with_capacity(8),
            items: 0,
            at_end: false,
            behind_tag: false,
            whole_leaves: options.whole_leaves,
            taken: 0,
            max_depth: options.max_depth,
            unknown: options.report_unknown.then(BTreeSet::new),
        }
    }

    /// Goes into an element, so that [`child`](Self::child) yields what stands in it.
    pub fn enter(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
        if self.path.len() >= self.max_depth {
            let limit = format!("more than {} elements stand within each other", self.max_depth);
            return Err(self.error_in(tag, DecodeErrorKind::Limit(limit)));
        }
        self.path.push(tag.name());
        self.at_end = tag.kind != TagKind::Open;
        if self.at_end {
            self.check_references(tag)?;
        }
        Ok(())
    }

    /// The next child of the element entered last, or `None` when it ends.
    pub fn child(&mut self) -> Result<Option<Tag<'a>>, DecodeError> {
        if std::mem::take(&mut self.at_end) {
            self.path.pop();
            return Ok(None);
        }
        let child = match self.take_leaf() {
            Some(leaf) => Some(leaf),
            None => self.next_tag()?,
        };
        if child.is_none() {
            self.path.pop();
        }
        Ok(child)
    }

    /// Reads a child that may stand once. A second one is passed over, and `xsi:nil` counts as absent.
    pub fn field<T: Element>(&mut self, tag: Tag<'a>, field: &mut Option<T>) -> Result<(), DecodeError> {
        if field.is_some() || tag.is_nil() {
            return self.pass(&tag);
        }
        *field = Some(T::read(self, tag)?);
        Ok(())
    }

    /// Reads a child that may repeat. One that says `xsi:nil` is left out.
    pub fn item<L: List>(&mut self, tag: Tag<'a>, list: &mut L) -> Result<(), DecodeError> {
        if tag.is_nil() {
            return self.pass(&tag);
        }
        list.read_item(self, tag)
    }

    /// Reads the items below a wrapper element, behind those that the list holds already.
    pub fn wrapped<L: List>(&mut self, tag: Tag<'a>, item: &str, list: &mut L) -> Result<(), DecodeError> {
        if tag.is_nil() {
            return self.pass(&tag);
        }
        self.expect_no_attributes(&tag)?;
        self.enter(&tag)?;
        while let Some(child) = self.next_named(item)? {
            self.item(child, list)?;
        }
        Ok(())
    }

    /// The next child of this name.
    fn next_named(&mut self, name: &str) -> Result<Option<Tag<'a>>, DecodeError> {
        while let Some(child) = self.child()? {
            if child.name() == name {
                return Ok(Some(child));
            }
            self.skip(child)?;
        }
        Ok(None)
    }

    /// The value of a required part, or the error that it is missing.
    pub fn required<T>(&self, tag: &Tag<'a>, name: &'static str, value: Option<T>) -> Result<T, DecodeError> {
        value.ok_or_else(|| self.error_in(tag, DecodeErrorKind::Missing(name)))
    }

    /// Passes over an element that the schema does not know, and notes its path.
    pub fn skip(&mut self, tag: Tag<'a>) -> Result<(), DecodeError> {
        if self.reports_unknown() {
            self.note_unknown(&tag, "");
        }
        self.pass(&tag)
    }

    /// Passes over an element: its tags must have names and match, nothing else counts. However deep it is, this takes
    /// no stack.
    pub(super) fn pass(&mut self, tag: &Tag<'a>) -> Result<(), DecodeError> {
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

    /// The next event inside the root, where neither the end nor a declaration may come.
    pub(super) fn event(&mut self) -> Result<Event<'a>, DecodeError> {
        match self.any_event()? {
            Event::Eof => Err(self.malformed("it stops in the middle")),
            Event::Decl(_) => Err(self.malformed("an XML declaration stands inside an element")),
            event => Ok(event),
        }
    }

    pub(super) fn any_event(&mut self) -> Result<Event<'a>, DecodeError> {
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(self.tokenizer_error(&error)),
        };
        self.behind_tag = matches!(event, Event::Start(_) | Event::End(_) | Event::Empty(_));
        match event {
            Event::DocType(name) if is_html(&name) => Err(self.error(DecodeErrorKind::Html)),
            Event::DocType(_) => Err(self.error(DecodeErrorKind::Doctype)),
            event => Ok(event),
        }
    }

    /// The tag that an event was made from, as a slice of the body itself.
    pub(super) fn tag(&self, start: &BytesStart<'_>, kind: TagKind<'a>) -> Result<Tag<'a>, DecodeError> {
        let closing = if kind == TagKind::Empty { "/>".len() } else { ">".len() };
        let end = self.offset() - closing;
        let (name, attributes) = self.body[end - start.len()..end].split_at(start.name().as_ref().len());
        match local_name(name) {
            Some(name) => Ok(Tag { name, attributes, kind }),
            None => Err(self.bad_name(name)),
        }
    }

    /// How many bytes of the body were read.
    pub(super) fn offset(&self) -> usize {
        self.body.len() - self.reader.get_ref().len()
    }

    /// What was noted since it was taken last.
    pub(super) fn take_unknown(&mut self) -> BTreeSet<String> {
        self.unknown.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn into_unknown(self) -> BTreeSet<String> {
        self.unknown.unwrap_or_default()
    }
}

fn is_html(document_type: &str) -> bool {
    let name = document_type.trim_ascii().as_bytes();
    name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"html")
}
