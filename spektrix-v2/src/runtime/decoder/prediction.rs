//! Values in the form that the service writes, taken directly from the body.
//!
//! Each function is called with what follows a name, such as `>12</Sold><Band id="18"/>`. It returns the value and what
//! follows the element, or `None` if the value is written in another way. They change nothing, so that a caller can hold the
//! position in a register: a position in memory takes longer to read and write than a short value takes to compare.

#![expect(
    clippy::inline_always,
    reason = "only inlined functions keep the position in a register, and know the length of a field's name"
)]

use std::borrow::Cow;

use super::Decoder;
use super::values::resolved;
use crate::runtime::field::Field;
use crate::runtime::scan;
use crate::runtime::tag::Tag;
use crate::runtime::text::Text;

/// The children of an element that were not read yet, while they are predicted.
pub struct Prediction<'a> {
    pub(in crate::runtime) rest: &'a str,
}

/// Takes the rest of an element that contains only a value.
#[inline(always)]
pub fn predicted_value<'a, T: Text>(rest: &'a str, field: &Field) -> Option<(T, &'a str)> {
    match predicted_prefix(rest, field) {
        Some(value) => Some(value),
        None => predicted_unusual(rest, field),
    }
}

/// Takes the rest of an element that contains only a value in its usual form.
#[inline(always)]
pub(in crate::runtime) fn predicted_prefix<'a, T: Text>(rest: &'a str, field: &Field) -> Option<(T, &'a str)> {
    let [b'>', text @ ..] = rest.as_bytes() else {
        return None;
    };
    let (value, len) = T::parse_prefix(text)?;
    let end = field.end_tag_len(text.get(len..)?)?;
    Some((value, rest.get(">".len() + len + end..)?))
}

/// Takes the rest of an element that contains only a value, in any form.
#[inline(never)]
fn predicted_unusual<'a, T: Text>(rest: &'a str, field: &Field) -> Option<(T, &'a str)> {
    let (text, rest) = predicted_text(rest, field)?;
    let value = T::parse(T::trim(&text)).ok()?;
    Some((value, rest))
}

/// Takes the rest of an element that contains only text.
pub(crate) fn predicted_text<'a>(rest: &'a str, field: &Field) -> Option<(Cow<'a, str>, &'a str)> {
    let text = rest.strip_prefix(">")?;
    let (text, rest) = match scan::split_plain_text(text) {
        Some((text, rest)) => (Cow::Borrowed(text), rest),
        None => {
            let span = scan::split_text(text)?;
            (resolved(span)?, span.rest)
        }
    };
    Some((text, rest.get(field.end_tag_len(rest.as_bytes())?..)?))
}

/// Takes the rest of an element that only refers to an object.
#[inline(always)]
pub fn predicted_reference<T: Text>(rest: &str) -> Option<(T, &str)> {
    let text = rest.strip_prefix(" id=\"")?;
    let Some((value, len)) = T::parse_prefix(text.as_bytes()) else {
        return predicted_unusual_reference(text);
    };
    Some((value, text.get(len..)?.strip_prefix("\"/>")?))
}

#[inline(never)]
fn predicted_unusual_reference<T: Text>(text: &str) -> Option<(T, &str)> {
    let is_end = |byte| matches!(byte, b'"' | b'&' | b'<') || byte < b' ';
    let (value, rest) = text.split_at(text.bytes().position(is_end)?);
    let value = T::parse(T::trim(value)).ok()?;
    Some((value, rest.strip_prefix("\"/>")?))
}

/// Predictions that depend on the elements that were entered.
impl<'a> Decoder<'a> {
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
}
