//! The encoder: writes a body as tags, attributes and text, for generated code.
//!
//! It writes elements in the order of the calls of generated code. Like the decoder, it knows no types: see
//! [`element`](super::element).

use std::fmt::{self, Write as _};

use zeroize::Zeroize;

use super::error::EncodeError;
use super::names::{split_clark, without_namespace};
use super::output::Output;
use super::text::Text;
use crate::secret::Secret;

/// Encodes one body, element by element.
///
/// The first value that XML cannot represent is returned as an error by [`finish`](Self::finish), so that the calls
/// before need no `Result`.
pub struct Encoder {
    out: Output,
    style: Style,
    open: Vec<Open>,
    /// The number of the next element among the items of its list, from 1; 0 if it is not an item.
    item_number: usize,
    /// The last start tag has no `>` yet: attributes may follow, or it may become an empty element.
    is_unclosed: bool,
    secrets: Vec<Secret>,
    error: Option<EncodeError>,
    /// The default namespaces that are in effect, each with the depth of the element that declared it.
    namespaces: Vec<(usize, Option<&'static str>)>,
    /// How many attributes of the last start tag are in a namespace.
    qualified_attributes: usize,
    /// The `xsi:type` of the next element.
    type_name: Option<&'static str>,
}

/// An element that was started and not ended.
#[derive(Debug)]
struct Open {
    name: &'static str,
    /// Its number among the items of its list, or 0.
    number: usize,
}

/// Whether a body is written as a client or as the service writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As a client: elements without a value are left out, because the service would treat an empty element as a
    /// change.
    Request,
    /// As the service, byte for byte: wrappers of empty lists are written, and the root declares the two namespaces that
    /// the service always declares.
    Response,
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;
const SERVICE_NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

impl Encoder {
    /// Starts a body.
    pub fn new(style: Style) -> Self {
        Self {
            out: Output::new(DECLARATION),
            style,
            open: Vec::new(),
            item_number: 0,
            is_unclosed: false,
            secrets: Vec::new(),
            error: None,
            namespaces: Vec::new(),
            qualified_attributes: 0,
            type_name: None,
        }
    }

    /// Returns the body, or the first value in it that XML cannot represent.
    pub fn finish(self) -> Result<String, EncodeError> {
        self.error.map_or_else(|| Ok(self.out.into_string()), Err)
    }

    /// Removes and returns the secrets among the values that were written.
    pub(super) fn take_secrets(&mut self) -> Vec<Secret> {
        std::mem::take(&mut self.secrets)
    }

    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// Sets the number of the next element among the items of its list, for the paths in errors.
    #[inline]
    pub(super) fn set_item_number(&mut self, number: usize) {
        self.item_number = number;
    }

    /// Sets the `xsi:type` of the next element.
    #[inline]
    pub(super) fn set_type(&mut self, type_name: &'static str) {
        self.type_name = Some(type_name);
    }

    /// Starts an element. A name with a namespace is in Clark notation: `{urn:x}Event`.
    pub fn start(&mut self, name: &'static str) {
        self.close_start_tag();
        let (namespace, name) = split_clark(name);
        self.out.push_str("<");
        self.out.push_str(name);
        self.is_unclosed = true;
        self.qualified_attributes = 0;
        let number = std::mem::take(&mut self.item_number);
        self.open.push(Open { name, number });
        if self.open.len() == 1 && self.style == Style::Response {
            for (name, namespace) in SERVICE_NAMESPACES {
                self.attribute(name, &namespace.to_owned());
            }
        }
        // Compared as options, because comparing two empty strings calls memcmp with dangling addresses. glibc's memcmp
        // takes a hundred nanoseconds for a masked read there, which was three quarters of the whole time.
        if namespace != self.namespaces.last().and_then(|(_, namespace)| *namespace) {
            self.namespaces.push((self.open.len(), namespace));
            self.attribute("xmlns", &namespace.unwrap_or_default().to_owned());
        }
        if let Some(type_name) = self.type_name.take() {
            self.type_attribute(type_name);
        }
    }

    fn type_attribute(&mut self, type_name: &'static str) {
        // The service's root declares the prefix already.
        if self.style == Style::Request {
            let (name, namespace) = SERVICE_NAMESPACES[1];
            self.attribute(name, &namespace.to_owned());
        }
        // The value is a qualified name, and the default namespace may be another one: the type's needs a prefix.
        let (namespace, local) = split_clark(type_name);
        if let Some(namespace) = namespace {
            self.attribute("xmlns:t", &namespace.to_owned());
            self.attribute("xsi:type", &format!("t:{local}"));
        } else {
            self.attribute("xsi:type", &local.to_owned());
        }
    }

    /// Writes an attribute of the element that was started last. A name with a namespace is in Clark notation.
    pub fn attribute<T: Text>(&mut self, name: &'static str, value: &T) {
        let start = self.start_attribute(name);
        self.out.print(value);
        self.end_attribute(name, start, T::IS_SECRET);
    }

    // The parts of generic functions that do not depend on the type are not inlined: there is a copy of each generic
    // function for each type of value.
    #[inline(never)]
    fn start_attribute(&mut self, name: &'static str) -> usize {
        let name = match split_clark(name) {
            (None, name) => {
                self.out.push_str(" ");
                name
            }
            (Some(namespace), local) => {
                self.start_qualified(namespace);
                local
            }
        };
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.len()
    }

    /// Declares a prefix for an attribute, and starts its name. No prefix is declared twice in a tag.
    #[cold]
    fn start_qualified(&mut self, namespace: &'static str) {
        self.qualified_attributes += 1;
        let prefix = format!("q{}", self.qualified_attributes);
        self.out.push_str(&format!(" xmlns:{prefix}=\""));
        let start = self.out.len();
        self.out.push_str(namespace);
        self.finish_value(start, false, Some("xmlns"));
        self.out.push_str(&format!("\" {prefix}:"));
    }

    #[inline(never)]
    fn end_attribute(&mut self, name: &'static str, start: usize, is_secret: bool) {
        let name = without_namespace(name);
        self.finish_value(start, is_secret, Some(name));
        self.out.push_str("\"");
    }

    /// Writes an attribute, if there is a value.
    pub fn optional_attribute<T: Text>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            self.attribute(name, value);
        }
    }

    /// Starts an element that is an item of a list, with its number.
    pub(crate) fn start_item(&mut self, name: &'static str, number: usize) {
        self.item_number = number;
        self.start(name);
    }

    /// Writes an element that contains a value.
    pub fn leaf<T: Text>(&mut self, name: &'static str, value: &T) {
        self.start(name);
        self.text(value);
        self.end();
    }

    /// Writes an element that contains a string, if there is one.
    pub fn optional_text(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value {
            self.start(name);
            if !value.is_empty() {
                self.close_start_tag();
                self.escape(value, None);
            }
            self.end();
        }
    }

    /// Writes a value as the content of the element that was started last, if there is one.
    pub fn content<T: Text>(&mut self, value: Option<&T>) {
        if let Some(value) = value {
            self.text(value);
        }
    }

    /// Writes a value as the content of the element that was started last.
    pub fn text<T: Text>(&mut self, value: &T) {
        let before = self.out.len();
        self.close_start_tag();
        let start = self.out.len();
        self.out.print(value);
        self.end_text(before, start, T::IS_SECRET);
    }

    #[inline(never)]
    fn end_text(&mut self, before: usize, start: usize, is_secret: bool) {
        self.finish_value(start, is_secret, None);
        if self.out.len() == start {
            // Nothing was written: take back the `>`, so that the element is written as an empty one.
            self.out.truncate(before);
            self.is_unclosed = before < start;
        }
    }

    /// Writes an element that is XML already.
    pub(super) fn raw(&mut self, element: &str) {
        self.close_start_tag();
        self.out.push_str(element);
    }

    /// Returns the namespace of names without a prefix.
    pub(super) fn default_namespace(&self) -> Option<&'static str> {
        self.namespaces.last().and_then(|(_, namespace)| *namespace)
    }

    /// Ends the element that was started last.
    pub fn end(&mut self) {
        if self
            .namespaces
            .last()
            .is_some_and(|(depth, _)| *depth == self.open.len())
        {
            self.namespaces.pop();
        }
        let name = self.open.pop().map_or("", |open| open.name);
        if std::mem::take(&mut self.is_unclosed) {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">");
        }
    }

    fn close_start_tag(&mut self) {
        if std::mem::take(&mut self.is_unclosed) {
            self.out.push_str(">");
        }
    }

    /// Escapes the value that was just printed, and keeps it if it is secret.
    fn finish_value(&mut self, start: usize, is_secret: bool, attribute: Option<&'static str>) {
        if is_secret {
            self.secrets.push(Secret::new(&self.out[start..]));
        }
        // Most values need no escaping, and are printed in place. Only the others are moved out and written again.
        if self.out.as_bytes()[start..].iter().any(|byte| may_need_escape(*byte)) {
            let mut value = self.out.split_off(start);
            self.escape(&value, attribute);
            if is_secret {
                value.zeroize();
            }
        }
    }

    fn escape(&mut self, value: &str, attribute: Option<&'static str>) {
        let mut rest = value;
        while let Some(at) = rest.bytes().position(may_need_escape) {
            let (plain, from) = rest.split_at(at);
            self.out.push_str(plain);
            // The byte is never a continuation byte, so a character starts here.
            let character = from.chars().next().unwrap_or_default();
            rest = &from[character.len_utf8()..];
            match escaped(character, attribute.is_some()) {
                Some(escaped) => self.out.push_str(escaped),
                None if is_xml_char(character) => self.out.push_str(character.encode_utf8(&mut [0; 4])),
                None => self.refuse(character, attribute),
            }
        }
        self.out.push_str(rest);
    }

    #[cold]
    fn refuse(&mut self, character: char, attribute: Option<&str>) {
        let mut path = String::new();
        for (level, Open { name, number }) in self.open.iter().enumerate() {
            path.push_str(if level == 0 { "" } else { "/" });
            path.push_str(name);
            if *number > 0 {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "[{number}]");
            }
        }
        if let Some(attribute) = attribute {
            path.push_str("/@");
            path.push_str(attribute);
        }
        self.error.get_or_insert(EncodeError { path, character });
    }
}

/// Leaves out the body, which may contain a password.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { style, open, .. } = self;
        let mut encoder = f.debug_struct("Encoder");
        encoder
            .field("style", style)
            .field("open", open)
            .finish_non_exhaustive()
    }
}

fn escaped(character: char, in_attribute: bool) -> Option<&'static str> {
    match character {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        '\r' => Some("&#xD;"),
        '"' if in_attribute => Some("&quot;"),
        '\n' if in_attribute => Some("&#xA;"),
        '\t' if in_attribute => Some("&#x9;"),
        _ => None,
    }
}

/// Returns whether a character that starts with this byte may have to be escaped or rejected.
fn may_need_escape(byte: u8) -> bool {
    MAY_NEED_ESCAPE[usize::from(byte)]
}

/// A lookup table, because every byte of every value is tested. The only characters beyond ASCII that XML cannot
/// represent are U+FFFE and U+FFFF.
static MAY_NEED_ESCAPE: [bool; 256] = {
    let first_of_ffff = 0xEF;
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 255 {
        table[byte as usize] = byte < b' ' || matches!(byte, b'<' | b'>' | b'&' | b'"') || byte == first_of_ffff;
        byte += 1;
    }
    table
};

/// Returns whether XML 1.0 can represent the character.
fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
