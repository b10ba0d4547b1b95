//! Whole bodies: one element, a list of them below a root, or nothing.

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::decoder::{Decoder, Tag, TagKind};
use super::{DecodeError, DecodeErrorKind, DecodeOptions, Element, EncodeError, Encoder, Style};

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

/// The service answers many changes with an empty body. Should one not be empty, it is passed over.
impl Body for () {
    fn decode(_: &[u8], _: BodyNames, _: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        Ok(Decoded {
            value: (),
            unknown: BTreeSet::new(),
        })
    }

    fn encode(&self, _: BodyNames, _: Style) -> Result<Option<String>, EncodeError> {
        Ok(None)
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
}

impl<T: Element> Body for Vec<T> {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        read_document(bytes, names.root, options, |xml, root| {
            let mut list = Vec::new();
            xml.expect_no_attributes(&root)?;
            xml.enter(&root)?;
            let item = super::namespaces::local(names.item);
            while let Some(child) = xml.child()? {
                xml.items += 1;
                if child.name() == item {
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
        xml.start(names.root);
        xml.list(names.item, self);
        xml.end();
        xml.finish().map(Some)
    }
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
    if bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || bytes.starts_with(b"<\0")
        || bytes.starts_with(b"\0<")
    {
        return refused(DecodeErrorKind::Encoding("it looks like UTF-16".into()), 0);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_ascii().is_empty() => refused(DecodeErrorKind::NoContent, bytes.len()),
        Ok(text) => Ok(text),
        Err(error) => refused(
            DecodeErrorKind::Encoding("a byte sequence is not a character".into()),
            error.valid_up_to(),
        ),
    }
}

/// The prolog and what stands behind the root.
impl<'a> Decoder<'a> {
    fn root(&mut self, expected: &'static str) -> Result<Tag<'a>, DecodeError> {
        let expected = super::namespaces::local(expected);
        let tag = loop {
            match self.any_event()? {
                Event::Decl(declaration) => self.check_encoding(&declaration)?,
                Event::Start(start) => break self.tag(&start, TagKind::Open),
                Event::Empty(start) => break self.tag(&start, TagKind::Empty),
                Event::Text(text) if !text.trim_ascii().is_empty() => {
                    return Err(self.error(DecodeErrorKind::Malformed("it starts with text".into())));
                }
                Event::Eof => return Err(self.error(DecodeErrorKind::NoContent)),
                _ => {}
            }
        };
        match tag.name() {
            name if name == expected => Ok(tag),
            name if name.eq_ignore_ascii_case("html") => Err(self.error(DecodeErrorKind::Html)),
            name => {
                let found = super::text::excerpt(name);
                Err(self.error(DecodeErrorKind::Root { found, expected }))
            }
        }
    }

    fn check_encoding(&self, declaration: &quick_xml::events::BytesDecl<'_>) -> Result<(), DecodeError> {
        match declaration.encoding() {
            Some(Ok(name)) if !name.eq_ignore_ascii_case("utf-8") && !name.eq_ignore_ascii_case("us-ascii") => {
                let which = format!("its declaration says {}", super::text::excerpt(&name));
                Err(self.error(DecodeErrorKind::Encoding(which)))
            }
            _ => Ok(()),
        }
    }

    fn expect_end(&mut self) -> Result<(), DecodeError> {
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
