//! Whole bodies: one element, a list of elements below a root, bytes, or nothing.

use std::collections::BTreeSet;
use std::fmt;

use zeroize::Zeroizing;

use super::decoder::Decoder;
use super::element::Element;
use super::encoder::{Encoder, Style};
use super::encoding::{body_text, check_size};
use super::error::{DecodeError, DecodeErrorKind, EncodeError};
use super::field::Field;
use super::names::without_namespace;
use super::options::DecodeOptions;
use super::tag::Tag;
use crate::secret::Secret;

/// A type that is a whole request or response body.
///
/// Implemented for every [`Element`], for lists of elements, for [`RawBody`], and for `()`, the empty body.
pub trait Body: Sized {
    /// Decodes a body.
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError>;

    /// Encodes a body as text. Returns `None` if there is nothing to send.
    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError>;

    /// Encodes a request body as it is sent, which need not be text.
    fn encode_request(&self, names: BodyNames) -> Result<RequestBody, EncodeError>;
}

/// A request body as it is sent.
#[derive(Default)]
pub struct RequestBody {
    /// The bytes, if there is anything to send. They may contain a secret, so they are wiped when they are dropped.
    pub bytes: Option<Zeroizing<Vec<u8>>>,
    /// The secrets in the body, so that they can be masked wherever an error would quote them.
    pub secrets: Vec<Secret>,
}

/// Leaves out the bytes, which may contain a password.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.bytes.as_ref().map(|bytes| bytes.len());
        f.debug_struct("RequestBody")
            .field("length", &length)
            .finish_non_exhaustive()
    }
}

/// How a type is decoded and encoded as a body. [`Operation`](crate::Operation) refers to it by a hidden associated
/// type, so that users see no bound with [`Body`].
pub trait Codec<T> {
    /// See [`Body::decode`].
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<T>, DecodeError>;

    /// See [`Body::encode`].
    fn encode(value: &T, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError>;

    /// See [`Body::encode_request`].
    fn encode_request(value: &T, names: BodyNames) -> Result<RequestBody, EncodeError>;
}

/// The [`Codec`] of all operations.
#[derive(Debug)]
pub struct Xml;

impl<T: Body> Codec<T> for Xml {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<T>, DecodeError> {
        T::decode(bytes, names, options)
    }

    fn encode(value: &T, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError> {
        value.encode(names, style)
    }

    fn encode_request(value: &T, names: BodyNames) -> Result<RequestBody, EncodeError> {
        value.encode_request(names)
    }
}

/// The element names of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyNames {
    /// The name of the root element. Empty for an empty body.
    pub root: &'static str,
    /// The name of the elements below the root, if the body is a list. Empty for any other body.
    pub item: &'static str,
}

impl BodyNames {
    /// The names of an empty body.
    pub const EMPTY: Self = Self { root: "", item: "" };
}

/// A decoded body.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// The paths of the elements and attributes that the schema does not know, if
    /// [`DecodeOptions::report_unknown`] is set. At most 256 different ones.
    pub unknown: BTreeSet<String>,
}

/// The empty body, which is the service's response to many changes.
///
/// Whitespace counts as empty. Anything else is an error: it comes from another server, and does not show whether the
/// change was made.
impl Body for () {
    fn decode(bytes: &[u8], _: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        if !content.trim_ascii().is_empty() {
            // A web page is reported as one, as it is for any other body.
            let root = body_text(bytes, options).and_then(|body| Decoder::new(body, options).root("").map(drop));
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

    fn encode_request(&self, _: BodyNames) -> Result<RequestBody, EncodeError> {
        Ok(RequestBody::default())
    }
}

impl<T: Element> Body for T {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        decode_document(bytes, names.root, options, |xml, root| T::read(xml, root))
    }

    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError> {
        let mut xml = Encoder::new(style);
        self.write(&mut xml, names.root);
        xml.finish().map(Some)
    }

    fn encode_request(&self, names: BodyNames) -> Result<RequestBody, EncodeError> {
        let mut xml = Encoder::new(Style::Request);
        self.write(&mut xml, names.root);
        finish_request(xml)
    }
}

impl<T: Element> Body for Vec<T> {
    fn decode(bytes: &[u8], names: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        decode_document(bytes, names.root, options, |xml, root| {
            let mut list = Vec::new();
            xml.expect_no_attributes(&root)?;
            xml.enter(&root)?;
            let start = xml.offset();
            xml.position.is_list = true;
            let item = Field::new(without_namespace(names.item));
            while xml.next_item(&item, &mut list)? {}
            xml.expect_items(start, root.name(), item.name())?;
            Ok(list)
        })
    }

    fn encode(&self, names: BodyNames, style: Style) -> Result<Option<String>, EncodeError> {
        let mut xml = Encoder::new(style);
        write_list(&mut xml, self, names);
        xml.finish().map(Some)
    }

    fn encode_request(&self, names: BodyNames) -> Result<RequestBody, EncodeError> {
        let mut xml = Encoder::new(Style::Request);
        write_list(&mut xml, self, names);
        finish_request(xml)
    }
}

fn write_list<T: Element>(xml: &mut Encoder, list: &Vec<T>, names: BodyNames) {
    xml.start(names.root);
    xml.list(names.item, list);
    xml.end();
}

fn finish_request(mut xml: Encoder) -> Result<RequestBody, EncodeError> {
    let secrets = xml.take_secrets();
    let bytes = Zeroizing::new(xml.finish()?.into_bytes());
    Ok(RequestBody {
        bytes: Some(bytes),
        secrets,
    })
}

// Generic only in the closure that reads the root: what precedes and follows is compiled once.
fn decode_document<T>(
    bytes: &[u8],
    root: &'static str,
    options: &DecodeOptions,
    read: impl for<'a> FnOnce(&mut Decoder<'a>, Tag<'a>) -> Result<T, DecodeError>,
) -> Result<Decoded<T>, DecodeError> {
    let body = body_text(bytes, options)?;
    let mut xml = Decoder::new(body, options);
    let tag = xml.root(root)?;
    let value = read(&mut xml, tag)?;
    xml.expect_end()?;
    Ok(Decoded {
        value,
        unknown: xml.take_unknown(),
    })
}

/// A body whose content the help pages do not describe: a stream, JSON, or any XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct RawBody(pub Vec<u8>);

impl RawBody {
    /// Returns the body as a string, if it is valid UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl From<Vec<u8>> for RawBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Body for RawBody {
    fn decode(bytes: &[u8], _: BodyNames, options: &DecodeOptions) -> Result<Decoded<Self>, DecodeError> {
        check_size(bytes, options).map_err(|kind| DecodeError::new(kind, String::new(), 0))?;
        Ok(Decoded {
            value: Self(bytes.to_vec()),
            unknown: BTreeSet::new(),
        })
    }

    /// Replaces bytes that are not valid UTF-8. [`encode_request`](Body::encode_request) keeps them.
    fn encode(&self, _: BodyNames, _: Style) -> Result<Option<String>, EncodeError> {
        Ok(Some(String::from_utf8_lossy(&self.0).into_owned()))
    }

    /// Finds no secrets: without a schema, no part is known to be one.
    fn encode_request(&self, _: BodyNames) -> Result<RequestBody, EncodeError> {
        Ok(RequestBody {
            bytes: Some(Zeroizing::new(self.0.clone())),
            secrets: Vec::new(),
        })
    }
}
