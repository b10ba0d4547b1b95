//! Writes elements: no namespaces, schema order, and only what has a value.

use std::fmt::{self, Write as _};

use super::outline::Outline;
use super::output::Output;
use super::{Element, EncodeError, List, Text};
use crate::secret::Secret;

/// Writes one body.
///
/// What XML cannot carry is remembered as an error and returned by [`finish`](Self::finish), so that the calls in
/// between need no result.
pub struct Encoder {
    out: Output,
    style: Style,
    open: Vec<Open>,
    /// The number of the item being written, if it is one of a list.
    number: usize,
    /// The start tag written last still lacks its `>`.
    unclosed: bool,
    secrets: Vec<Secret>,
    error: Option<EncodeError>,
    /// Where a default namespace was declared, and which.
    spaces: Vec<(usize, Option<&'static str>)>,
    /// What the next element's `xsi:type` says.
    pub(super) type_name: Option<&'static str>,
    /// What is written where, if that is asked for.
    outline: Option<Outline>,
}

/// An element whose end is still to be written.
#[derive(Debug)]
struct Open {
    name: &'static str,
    /// Its number among the items of its list, or 0.
    number: usize,
}

/// Whose habits a body is written by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A client's: what has no value is left out, since the service reads an empty element as a change.
    Request,
    /// The service's: lists with a wrapper of their own are written even when they are empty, and the root declares
    /// the two namespaces that the service always declares.
    Response,
}

const DECLARATION: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;
const SERVICE_NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

impl Encoder {
    /// Begins a body.
    pub fn new(style: Style) -> Self {
        Self {
            out: Output::new(DECLARATION),
            style,
            open: Vec::new(),
            number: 0,
            unclosed: false,
            secrets: Vec::new(),
            error: None,
            spaces: Vec::new(),
            type_name: None,
            outline: None,
        }
    }

    /// The body, or what in it XML cannot carry.
    pub fn finish(self) -> Result<String, EncodeError> {
        self.error.map_or_else(|| Ok(self.out.into_string()), Err)
    }

    /// Writes requests, and remembers what is written where.
    pub(super) fn outlining() -> Self {
        Self {
            outline: Some(Outline::default()),
            ..Self::new(Style::Request)
        }
    }

    /// What was written where.
    pub(super) fn into_outline(self) -> Outline {
        self.outline.unwrap_or_default().with_text(self.out.into_string())
    }

    /// The secrets among what was written.
    pub(super) fn into_secrets(self) -> Vec<Secret> {
        self.secrets
    }

    /// Begins an element. A namespace may stand before its name, in braces: `{urn:x}Event`.
    pub fn start(&mut self, name: &'static str) {
        self.close_start_tag();
        let (namespace, name) = super::namespaces::split(name);
        self.out.push('<');
        self.out.push_str(name);
        self.unclosed = true;
        let number = std::mem::take(&mut self.number);
        self.open.push(Open { name, number });
        if let Some(outline) = &mut self.outline {
            outline.start(name, number);
        }
        if self.open.len() == 1 && self.style == Style::Response {
            for (name, namespace) in SERVICE_NAMESPACES {
                self.attribute(name, &namespace.to_owned());
            }
        }
        // As options: even two empty texts are compared by memcmp, at addresses that are none, and a memcmp that reads
        // behind a mask takes a hundred nanoseconds for those. It was three quarters of the time.
        if namespace != self.spaces.last().and_then(|(_, namespace)| *namespace) {
            self.spaces.push((self.open.len(), namespace));
            self.attribute("xmlns", &namespace.unwrap_or_default().to_owned());
        }
        if let Some(type_name) = self.type_name.take() {
            self.name_type(type_name, self.style == Style::Request);
        }
    }

    /// Writes an attribute of the element begun last.
    pub fn attribute<T: Text>(&mut self, name: &'static str, value: &T) {
        let start = self.start_attribute(name);
        self.out.print(value);
        self.end_attribute(name, start, T::IS_SECRET);
    }

    // Not inlined, like the other ends of what is generic: there is one of those for each type of value.
    #[inline(never)]
    fn start_attribute(&mut self, name: &'static str) -> usize {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.len()
    }

    #[inline(never)]
    fn end_attribute(&mut self, name: &'static str, start: usize, is_secret: bool) {
        self.printed(start, is_secret, Some(name));
        if let Some(outline) = &mut self.outline {
            outline.attribute(name, start..self.out.len());
        }
        self.out.push('"');
    }

    /// Writes an attribute if there is a value.
    pub fn optional_attribute<T: Text>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            self.attribute(name, value);
        }
    }

    /// Writes a child.
    pub fn field<T: Element>(&mut self, name: &'static str, value: &T) {
        value.write(self, name);
    }

    /// Writes a child if there is a value.
    pub fn optional<T: Element>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            value.write(self, name);
        }
    }

    /// Writes a repeated child.
    pub fn list<L: List>(&mut self, name: &'static str, list: &L) {
        list.write_items(self, name);
    }

    /// Begins an item of a list, which can be told by its number.
    pub(crate) fn start_item(&mut self, name: &'static str, number: usize) {
        self.number = number;
        self.start(name);
    }

    /// Writes the items of a list.
    pub(super) fn items<'i, T: Element + 'i>(&mut self, name: &'static str, items: impl IntoIterator<Item = &'i T>) {
        for (at, item) in items.into_iter().enumerate() {
            self.number = at + 1;
            item.write(self, name);
        }
        self.number = 0;
    }

    /// Writes a wrapper element with repeated children.
    pub fn wrapped<L: List>(&mut self, name: &'static str, item: &'static str, list: &L) {
        if list.has_items() || self.style == Style::Response {
            self.start(name);
            self.list(item, list);
            self.end();
        }
    }

    /// Writes an element that holds a text.
    pub fn leaf<T: Text>(&mut self, name: &'static str, value: &T) {
        self.start(name);
        self.text(value);
        self.end();
    }

    /// Writes an element that holds a text, if there is one.
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

    /// Writes text into the element begun last.
    pub fn text<T: Text>(&mut self, value: &T) {
        let before = self.out.len();
        self.close_start_tag();
        let start = self.out.len();
        self.out.print(value);
        self.end_text(before, start, T::IS_SECRET);
    }

    #[inline(never)]
    fn end_text(&mut self, before: usize, start: usize, is_secret: bool) {
        self.printed(start, is_secret, None);
        if self.out.len() == start {
            // Nothing was written: let the element be an empty one.
            self.out.truncate(before);
            self.unclosed = before < start;
        }
    }

    /// Ends the element begun last.
    pub fn end(&mut self) {
        if self.spaces.last().is_some_and(|(depth, _)| *depth == self.open.len()) {
            self.spaces.pop();
        }
        let name = self.open.pop().map_or("", |open| open.name);
        if let Some(outline) = &mut self.outline {
            outline.end(self.out.len());
        }
        if std::mem::take(&mut self.unclosed) {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn close_start_tag(&mut self) {
        if std::mem::take(&mut self.unclosed) {
            self.out.push('>');
            if let Some(outline) = &mut self.outline {
                outline.open(self.out.len());
            }
        }
    }

    /// Goes over what was just printed.
    fn printed(&mut self, start: usize, is_secret: bool, attribute: Option<&'static str>) {
        if is_secret {
            self.secrets.push(Secret::new(&self.out[start..]));
        }
        // Most values stand for themselves: only others are taken out again.
        if self.out.as_bytes()[start..].iter().any(|byte| may_need_escape(*byte)) {
            let value = self.out.split_off(start);
            self.escape(&value, attribute);
        }
    }

    fn escape(&mut self, value: &str, attribute: Option<&'static str>) {
        let mut rest = value;
        while let Some(at) = rest.bytes().position(may_need_escape) {
            let (plain, from) = rest.split_at(at);
            self.out.push_str(plain);
            // What may need it begins a character.
            let character = from.chars().next().unwrap_or_default();
            rest = &from[character.len_utf8()..];
            match escaped(character, attribute.is_some()) {
                Some(escaped) => self.out.push_str(escaped),
                None if is_xml_char(character) => self.out.push(character),
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

/// Without what was written, which may hold a password.
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

/// Whether a character that begins with this byte may need to be escaped, or be one that XML cannot carry.
fn may_need_escape(byte: u8) -> bool {
    MAY_NEED_ESCAPE[usize::from(byte)]
}

/// By a table, for this is asked for every byte. U+FFFE and U+FFFF are the only characters beyond ASCII that XML cannot
/// carry.
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

/// Whether XML 1.0 can carry the character.
fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}
