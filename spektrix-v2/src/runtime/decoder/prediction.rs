//! Values in the form that the service writes, taken directly from the body.

use std::borrow::Cow;

use super::Decoder;
use super::values::resolved;
use crate::runtime::field::Field;
use crate::runtime::scan;
use crate::runtime::tag::Tag;
use crate::runtime::text::Text;

/// Values that are predicted. Each method returns `None`, and reads nothing, if the value is written in another way.
impl<'a> Decoder<'a> {
    /// Takes the rest of an element whose name was just read, if it contains only a value.
    #[inline]
    pub fn predicted_value<T: Text>(&mut self, field: &Field) -> Option<T> {
        match self.predicted_prefix(field) {
            Some(value) => Some(value),
            None => self.predicted_unusual(field),
        }
    }

    /// Takes the rest of an element whose name was just read, if it contains only a value in its usual form.
    #[inline]
    pub(in crate::runtime) fn predicted_prefix<T: Text>(&mut self, field: &Field) -> Option<T> {
        let [b'>', text @ ..] = self.rest.as_bytes() else {
            return None;
        };
        let (value, len) = T::parse_prefix(text)?;
        let end = field.end_tag_len(text.get(len..)?)?;
        self.rest = self.rest.get(">".len() + len + end..)?;
        Some(value)
    }

    /// Takes the rest of an element whose name was just read, if it contains only a value, in any form.
    #[inline(never)]
    fn predicted_unusual<T: Text>(&mut self, field: &Field) -> Option<T> {
        let before = self.rest;
        let text = self.predicted_text(field)?;
        let value = T::parse(T::trim(&text));
        if value.is_err() {
            self.rest = before;
        }
        value.ok()
    }

    /// Takes the rest of an element whose name was just read, if it contains only text.
    pub(crate) fn predicted_text(&mut self, field: &Field) -> Option<Cow<'a, str>> {
        let text = self.rest.strip_prefix(">")?;
        let (text, rest) = match scan::split_plain_text(text) {
            Some((text, rest)) => (Cow::Borrowed(text), rest),
            None => {
                let span = scan::split_text(text)?;
                (resolved(span)?, span.rest)
            }
        };
        self.rest = rest.get(field.end_tag_len(rest.as_bytes())?..)?;
        Some(text)
    }

    /// Takes the rest of an element whose name was just read, if it is empty: `<Name/>`.
    #[inline]
    pub(in crate::runtime) fn take_empty(&mut self) -> bool {
        // The plain path enters the element, and checks the limit on depth.
        let rest = self.rest.strip_prefix("/>").filter(|_| self.may_enter());
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Returns the value of a tag's only attribute, if that has this name.
    #[inline]
    pub(super) fn predicted_attribute<T: Text>(&self, tag: &Tag<'a>, name: &str) -> Option<T> {
        let before = tag
            .attributes
            .strip_prefix(' ')?
            .strip_prefix(name)?
            .strip_prefix("=\"")?;
        // The value with what follows the tag, since a prefix of 8 bytes or more is parsed.
        let start = tag.start + "<".len() + tag.written_name.len() + tag.attributes.len() - before.len();
        let (value, len) = T::parse_prefix(self.position.body.get(start..)?.as_bytes())?;
        (before.get(len..) == Some("\"")).then_some(value)
    }

    /// Takes the rest of an element whose name was just read, if it only refers to an object.
    #[inline]
    pub fn predicted_reference<T: Text>(&mut self) -> Option<T> {
        const START: &str = " id=\"";
        const END: &str = "\"/>";
        // The plain path enters the element, and checks the limit on depth.
        if !self.may_enter() {
            return None;
        }
        let text = self.rest.strip_prefix(START)?;
        let Some((value, len)) = T::parse_prefix(text.as_bytes()) else {
            return self.predicted_unusual_reference(text);
        };
        self.rest = text.get(len..)?.strip_prefix(END)?;
        Some(value)
    }

    #[inline(never)]
    fn predicted_unusual_reference<T: Text>(&mut self, text: &'a str) -> Option<T> {
        let is_end = |byte| matches!(byte, b'"' | b'&' | b'<') || byte < b' ';
        let (value, rest) = text.split_at(text.bytes().position(is_end)?);
        let value = T::parse(T::trim(value)).ok()?;
        self.rest = rest.strip_prefix("\"/>")?;
        Some(value)
    }
}
