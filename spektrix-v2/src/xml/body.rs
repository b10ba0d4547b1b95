//! Whole bodies: one element, a list of them below a root, or nothing.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::decoder::{Decoder, Tag, TagKind};
use super::name::IS_NAME_BYTE;
use super::outline::Outline;
use super::{DecodeError, DecodeErrorKind, DecodeOptions, Element, EncodeError, Encoder, Style};
use crate::secret::Secret;

/// A whole request or response body.
///
/// It is implemented for every [`Element`], for lists of them, and for `()`, the body that is empty.
pub trait Body: Sized {
    /// Reads a body.
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError>;

    /// Writes a body, or `None` where there is nothing to send.
    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError>;

    /// Writes a body as it is sent, which need not be text.
    fn encode_bytes(&self, names: BodyNames, style: Style) -> Result<Option<Vec<u8>>, EncodeError> {
        Ok(self.encode(names, style)?.map(String::into_bytes))
    }

    /// What it holds where, as far as that is known.
    fn outline(&self, names: BodyNames) -> Outline {
        let _ = names;
        Outline::default()
    }

    /// The secrets in it, so that they can be taken out of whatever an error quotes.
    fn secrets(&self, names: BodyNames) -> Vec<Secret>;
}

/// The element names of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyNames {
    /// The root element's name; empty for an empty body.
    pub root: &'static str,
    /// The name of the elements below the root, if the body is a list; else empty.
    pub item: &'static str,
}

impl BodyNames {
    /// The names of an empty body.
    pub const EMPTY: Self = Self { root: "", item: "" };
}

/// What a body held.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// The paths of the elements and attributes that the schema does not know, if they were
    /// [asked for](DecodeOptions::report_unknown); at most 256 different ones.
    pub unknown: BTreeSet<String>,
}

/// The empty body, which is the service's response to many changes. Whitespace counts as empty; anything else is an
/// error: it comes from another server, and says nothing about whether the change was made.
impl Body for () {
    fn decode(bytes: &[u8], _: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if !content.trim_ascii().is_empty() {
            let root = as_text(bytes, options).and_then(|body| Decoder::new(body, options).root("").map(drop));
            let kind = match root {
                Err(error) if *error.kind() == DecodeErrorKind::Html => DecodeErrorKind::Html,
                _ => DecodeErrorKind::NotEmpty,
            };
            return Err(DecodeError::new(kind, String::new(), 0));
        }
        Ok(Decoded {
            value: (),
            unknown: BTreeSet::new(),
        })
    }

    fn encode(&self, _: BodyNames, _: Style) -> Result<Option<String>, EncodeError> {
        Ok(None)
    }

    fn secrets(&self, _: BodyNames) -> Vec<Secret> {
        Vec::new()
    }
}

impl<T: Element> Body for T {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        read_document(bytes, names.root, options, |xml, root| T::read(xml, root))
    }

    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError> {
        let mut xml = Encoder::new(style);
        self.write(&mut xml, names.root);
        xml.finish().map(Some)
    }

    fn outline(&self, names: BodyNames) -> Outline {
        let mut xml = Encoder::outlining();
        self.write(&mut xml, names.root);
        xml.into_outline()
    }

    fn secrets(&self, names: BodyNames) -> Vec<Secret> {
        let mut xml = Encoder::new(Style::Request);
        self.write(&mut xml, names.root);
        xml.into_secrets()
    }
}

impl<T: Element> Body for Vec<T> {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        read_document(bytes, names.root, options, |xml, root| {
            let mut list = Vec::new();
            xml.expect_no_attributes(&root)?;
            xml.enter(&root)?;
            let item = super::namespaces::local(names.item);
            while let Some(child) = xml.child()? {
                if child.name() == item {
                    xml.items += 1;
                    xml.item(child, &mut list)?;
                } else {
                    xml.skip(child)?;
                }
            }
            Ok(list)
        })
    }

    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError> {
        let mut xml = Encoder::new(style);
        write_list(&mut xml, self, names);
        xml.finish().map(Some)
    }

    fn outline(&self, names: BodyNames) -> Outline {
        let mut xml = Encoder::outlining();
        write_list(&mut xml, self, names);
        xml.into_outline()
    }

    fn secrets(&self, names: BodyNames) -> Vec<Secret> {
        let mut xml = Encoder::new(Style::Request);
        xml.list(names.item, self);
        xml.into_secrets()
    }
}

fn write_list<T: Element>(xml: &mut Encoder, list: &Vec<T>, names: BodyNames) {
    xml.start(names.root);
    xml.list(names.item, list);
    xml.end();
}

fn read_document<T>(
    bytes: &[u8],
    root: &'static str,
    options: &DecodeOptions,
    read: impl for<'a> FnOnce(&mut Decoder<'a>, Tag<'a>) -> Result<T, DecodeError>,
) -> Result<Decoded<T>, DecodeError> {
    let body = as_text(bytes, options)?;
    let mut xml = Decoder::new(body, options);
    let tag = xml.root(root)?;
    let value = read(&mut xml, tag)?;
    xml.expect_end()?;
    Ok(Decoded {
        value,
        unknown: xml.into_unknown(),
    })
}

/// The body as text, if it is within the limit and UTF-8.
fn as_text<'a>(bytes: &'a [u8], options: &DecodeOptions) -> Result<&'a str, DecodeError> {
    let refused = |kind, offset| Err(DecodeError::new(kind, String::new(), offset));
    if bytes.len() > options.max_bytes {
        let limit = format!("{} bytes, where {} are allowed", bytes.len(), options.max_bytes);
        return refused(DecodeErrorKind::Limit(limit), 0);
    }
    if looks_like_utf16(bytes) {
        return refused(DecodeErrorKind::Encoding("it looks like UTF-16".into()), 0);
    }
    let text = std::str::from_utf8(bytes);
    let valid = text
        .as_ref()
        .map_or_else(std::str::Utf8Error::valid_up_to, |text| text.len());
    if let Some(at) = memchr::memchr(0, &bytes[..valid]) {
        return refused(DecodeErrorKind::Malformed(ZERO_BYTE.into()), at);
    }
    match text {
        Ok(text)
            if text
                .strip_prefix(BYTE_ORDER_MARK)
                .unwrap_or(text)
                .trim_ascii()
                .is_empty() =>
        {
            refused(DecodeErrorKind::NoContent, bytes.len())
        }
        Ok(text) => Ok(text),
        Err(error) => {
            let kind = match error.error_len() {
                Some(_) => DecodeErrorKind::Encoding(NOT_UTF8.into()),
                None => DecodeErrorKind::Malformed(CUT_CHARACTER.into()),
            };
            refused(kind, error.valid_up_to())
        }
    }
}

/// The tokenizer passes over one at the start.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// UTF-8, and what is a part of it.
const ENCODINGS: [&str; 3] = ["utf-8", "utf8", "us-ascii"];

pub(super) const ZERO_BYTE: &str = "it holds a zero byte";
pub(super) const NOT_UTF8: &str = "a byte sequence is not a character";
pub(super) const CUT_CHARACTER: &str = "it stops in the middle of a character";

pub(super) fn looks_like_utf16(bytes: &[u8]) -> bool {
    [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"]
        .iter()
        .any(|start| bytes.starts_with(*start))
}

/// The prolog and what stands behind the root.
impl<'a> Decoder<'a> {
    pub(super) fn root(&mut self, expected: &'static str) -> Result<Tag<'a>, DecodeError> {
        let expected = super::namespaces::local(expected);
        let mut declared = false;
        let tag = loop {
            match self.any_event()? {
                Event::Decl(_) if declared => return Err(self.malformed("it has a second XML declaration")),
                Event::Decl(declaration) => {
                    self.check_encoding(&declaration)?;
                    declared = true;
                }
                Event::Start(start) => break self.tag(&start, TagKind::Open)?,
                Event::Empty(start) => break self.tag(&start, TagKind::Empty)?,
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::Eof => return Err(self.error(DecodeErrorKind::NoContent)),
                _ => return Err(self.malformed("it starts with text")),
            }
        };
        match tag.name() {
            name if name == expected => Ok(tag),
            name if name.eq_ignore_ascii_case("html") => Err(self.error(DecodeErrorKind::Html)),
            name => {
                let found = super::text::excerpt(name);
                Err(self
                    .error(DecodeErrorKind::Root { found, expected })
                    .at(self.offset_of_tag(&tag)))
            }
        }
    }

    fn check_encoding(&self, declaration: &quick_xml::events::BytesDecl<'_>) -> Result<(), DecodeError> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(name)) if ENCODINGS.iter().any(|known| name.eq_ignore_ascii_case(known)) => Ok(()),
            Some(Ok(name)) => {
                let is_name = name.len() < 40 && name.bytes().all(|byte| IS_NAME_BYTE[usize::from(byte)]);
                let shown = if is_name { &*name } else { "something that is no name" };
                let which = format!("its declaration says {shown}");
                Err(self.error(DecodeErrorKind::Encoding(which)))
            }
            Some(Err(_)) => Err(self.malformed("its XML declaration has no encoding in quotes")),
        }
    }

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
}
