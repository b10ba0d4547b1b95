//! Types as elements: the traits that generated code implements, and the methods of decoder and encoder that use them.
//!
//! [`decoder`](super::decoder) and [`encoder`](super::encoder) know tags and text, but no types. This file has their
//! methods for children of any type.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use super::date_time::has_offset;
use super::decoder::{Decoder, Prediction, predicted_prefix, predicted_text, predicted_value};
use super::encoder::{Encoder, Style};
use super::error::DecodeError;
use super::field::Field;
use super::scan;
use super::tag::Tag;
use super::text::Text;
use super::values::{Base64, Guid, Tokens};
use crate::secret::Secret;

/// A type that is read from an element and written as one.
pub trait Element: Sized {
    /// Reads the element with this tag, to its end.
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError>;

    /// Reads the rest of an element from the front of a text that starts after its name, if the element is written as the
    /// service writes it. Returns its value and what follows it, or `None` if it is written in another way.
    ///
    /// For types without children, since nearly all elements of a body are of those.
    #[inline]
    fn predict<'a>(rest: &'a str, field: &Field) -> Option<(Self, &'a str)> {
        let _ = (rest, field);
        None
    }

    /// Writes an element with this name.
    fn write(&self, xml: &mut Encoder, name: &'static str);
}

/// A collection that repeated elements are read into.
pub trait List: Default {
    /// Reads the element with this tag, to its end, and appends its value.
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError>;

    /// Reads the rest of an element from the front of a text that starts after its name, and the elements after it with the
    /// same name, as long as they are written as the service writes them. Returns their number and what follows them, or
    /// `None` if the first one is written in another way.
    #[inline]
    fn predict_items<'a>(&mut self, rest: &'a str, field: &Field) -> Option<(usize, &'a str)> {
        let _ = (rest, field);
        None
    }

    /// Writes an element for each item, in order.
    fn write_items(&self, xml: &mut Encoder, name: &'static str);

    /// Returns whether there is anything to write.
    fn has_items(&self) -> bool;
}

/// An `xs:choice`: one of several elements with different names.
pub trait Choice: Sized {
    /// Reads the element with this tag, to its end. Returns `None` if its name is that of no branch.
    fn read_branch<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Option<Self>, DecodeError>;

    /// Writes the element of the chosen branch.
    fn write_branch(&self, xml: &mut Encoder);
}

/// The child that was found last, and its own children.
///
/// A child with `xsi:nil` is absent. If a child that may occur once occurs twice, the first one counts.
impl<'a> Decoder<'a> {
    /// Reads a child that may occur once.
    pub fn field<T: Element>(&mut self, field: &mut Option<T>) -> Result<(), DecodeError> {
        if field.is_none()
            && let Some(name) = self.predicted_child()
            && let Some((value, rest)) = self.predictable().and_then(|rest| T::predict(rest, name))
        {
            self.continue_at(rest);
            *field = Some(value);
            return Ok(());
        }
        self.unpredicted_field(field)
    }

    // Not inlined: what is predicted should need few registers.
    #[inline(never)]
    fn unpredicted_field<T: Element>(&mut self, field: &mut Option<T>) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        // A duplicate is not reported: the schema knows it.
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(T::read(self, tag)?);
        Ok(())
    }

    /// Reads a child that may repeat.
    pub fn item<L: List>(&mut self, list: &mut L) -> Result<(), DecodeError> {
        if let Some(name) = self.predicted_child()
            && let Some((_, rest)) = self.predictable().and_then(|rest| list.predict_items(rest, name))
        {
            self.continue_at(rest);
            return Ok(());
        }
        self.unpredicted_item(list)
    }

    #[inline(never)]
    fn unpredicted_item<L: List>(&mut self, list: &mut L) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        self.read_item(tag, list)
    }

    pub(super) fn read_item<L: List>(&mut self, tag: Tag<'a>, list: &mut L) -> Result<(), DecodeError> {
        // .NET writes `xsi:nil` for a null in a list. An item without a value is no item.
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        list.read_item(self, tag)
    }

    /// Reads a child with a value that may occur once. If it is empty, its value is the default.
    pub fn field_or_default<T: Text>(
        &mut self,
        field: &mut Option<T>,
        default: &'static str,
    ) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(self.value_or_default(&tag, default)?);
        Ok(())
    }

    /// Reads a child with a value that may repeat. If it is empty, its value is the default.
    pub fn item_or_default<T: Text>(&mut self, list: &mut Vec<T>, default: &'static str) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        list.push(self.value_or_default(&tag, default)?);
        Ok(())
    }

    /// Reads the value of an element. If it is empty, its value is the default.
    pub fn value_or_default<T: Text>(&mut self, tag: &Tag<'a>, default: &'static str) -> Result<T, DecodeError> {
        let text = self.text(tag)?;
        self.parse_text(tag, if text.is_empty() { default } else { &text })
    }

    /// Reads a child that refers to an object and may occur once. Without an identifier, it is absent, and reported.
    pub fn optional_reference<T: Element>(&mut self, field: &mut Option<T>) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if self.lacks_id(&tag)? {
            return self.skip_unknown(&tag);
        }
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(T::read(self, tag)?);
        Ok(())
    }

    /// Reads a child that refers to an object and may repeat. One without an identifier is skipped, and reported.
    pub fn optional_references<L: List>(&mut self, list: &mut L) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        self.read_optional_reference(tag, list)
    }

    fn read_optional_reference<L: List>(&mut self, tag: Tag<'a>, list: &mut L) -> Result<(), DecodeError> {
        if self.lacks_id(&tag)? {
            return self.skip_unknown(&tag);
        }
        self.read_item(tag, list)
    }

    fn lacks_id(&self, tag: &Tag<'a>) -> Result<bool, DecodeError> {
        let mut attributes = self.attributes(tag);
        while let Some(attribute) = self.next_attribute(&mut attributes)? {
            if attribute.name() == "id" {
                return Ok(false);
            }
        }
        Ok(!tag.is_nil())
    }

    /// Reads references inside a wrapper element. Those without an identifier are skipped, and reported.
    pub fn wrapped_optional_references<L: List>(&mut self, item: &Field, list: &mut L) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        self.expect_no_attributes(&tag)?;
        self.enter(&tag)?;
        while let Some(child) = self.next_child()? {
            if child.name() == item.name() {
                self.read_optional_reference(child, list)?;
            } else {
                self.skip_unknown(&child)?;
            }
        }
        Ok(())
    }

    /// Reads the items inside a wrapper element, and appends them to those of an earlier wrapper.
    pub fn wrapped<L: List>(&mut self, item: &Field, list: &mut L) -> Result<(), DecodeError> {
        if self.predicted_child().is_some() && self.take_empty() {
            return Ok(());
        }
        let tag = self.child_tag()?;
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        self.expect_no_attributes(&tag)?;
        self.enter(&tag)?;
        if tag.is_empty() {
            self.leave_empty();
            return Ok(());
        }
        while self.next_item(item, list)? {}
        Ok(())
    }

    /// Reads the next child of the element that was entered last, and appends it if it has this name. Returns whether there
    /// was a child.
    pub(super) fn next_item<L: List>(&mut self, item: &Field, list: &mut L) -> Result<bool, DecodeError> {
        let child = if self.take_name(item) {
            if let Some((count, rest)) = self.predictable().and_then(|rest| list.predict_items(rest, item)) {
                self.position.count_items(count);
                self.continue_at(rest);
                return Ok(true);
            }
            // Counted even if it is nil, so that the number is that of the element in the body.
            self.position.count_items(1);
            self.finish_tag(item.name())?
        } else {
            match self.next_child()? {
                Some(child) if child.name() == item.name() => {
                    self.position.count_items(1);
                    child
                }
                Some(child) => {
                    self.note_other_child(&child, item.name());
                    self.skip_unknown(&child)?;
                    return Ok(true);
                }
                None => return Ok(false),
            }
        };
        self.read_item(child, list)?;
        Ok(true)
    }

    /// Reads the child of a choice that may occur once.
    pub fn choice<T: Choice>(&mut self, field: &mut Option<T>) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = T::read_branch(self, tag)?;
        Ok(())
    }

    /// Reads a child of a choice that may repeat.
    pub fn choices<T: Choice>(&mut self, list: &mut Vec<T>) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        list.extend(T::read_branch(self, tag)?);
        Ok(())
    }

    /// Reads a child with text that may occur once, without allocating a `String` for it.
    pub(crate) fn text_field(&mut self, field: &mut Option<Cow<'a, str>>) -> Result<(), DecodeError> {
        let tag = self.child_tag()?;
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(self.text(&tag)?);
        Ok(())
    }
}

/// The next children, in the order of the schema. Each method reads nothing if the next child is another one, or is written in
/// another way: then the ones after it fail as well, and the decoder continues there, child by child.
#[expect(clippy::inline_always, reason = "the position of the prediction stays in a register")]
impl Prediction<'_> {
    /// Reads a child that may occur once.
    #[inline(always)]
    pub fn field<T: Element>(&mut self, name: &Field, field: &mut Option<T>) {
        if let Some(rest) = name.after_name(self.rest)
            && let Some((value, rest)) = T::predict(rest, name)
        {
            *field = Some(value);
            self.rest = rest;
        }
    }

    /// Reads a child that may repeat.
    #[inline(always)]
    pub fn list<L: List>(&mut self, name: &Field, list: &mut L) {
        if let Some(rest) = name.after_name(self.rest)
            && let Some((_, rest)) = list.predict_items(rest, name)
        {
            self.rest = rest;
        }
    }

    /// Reads a child that is a wrapper without items.
    #[inline(always)]
    pub fn empty(&mut self, name: &Field) {
        if let Some(rest) = name.after_name(self.rest)
            && let Some(rest) = rest.strip_prefix("/>")
        {
            self.rest = rest;
        }
    }
}

/// Children of the element that was started last.
impl Encoder {
    /// Writes a child.
    pub fn field<T: Element>(&mut self, name: &'static str, value: &T) {
        value.write(self, name);
    }

    /// Writes a child, if there is a value.
    pub fn optional<T: Element>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            value.write(self, name);
        }
    }

    /// Writes a repeated child.
    pub fn list<L: List>(&mut self, name: &'static str, list: &L) {
        list.write_items(self, name);
    }

    /// Writes a wrapper element with repeated children.
    pub fn wrapped<L: List>(&mut self, name: &'static str, item: &'static str, list: &L) {
        // In a request, an empty wrapper would mean that the list is to be emptied.
        if list.has_items() || self.style() == Style::Response {
            self.required_wrapper(name, item, list);
        }
    }

    /// Writes a wrapper element that the page requires, also around no children.
    pub fn required_wrapper<L: List>(&mut self, name: &'static str, item: &'static str, list: &L) {
        self.start(name);
        self.list(item, list);
        self.end();
    }

    /// Writes the children of a choice.
    pub fn choice<'c, T: Choice + 'c>(&mut self, choices: impl IntoIterator<Item = &'c T>) {
        for choice in choices {
            choice.write_branch(self);
        }
    }

    /// Writes an element with an `xsi:type`.
    pub fn typed<T: Element>(&mut self, name: &'static str, type_name: &'static str, value: &T) {
        self.set_type(type_name);
        value.write(self, name);
    }
}

impl<T: Element> List for Vec<T> {
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError> {
        self.push(T::read(xml, tag)?);
        Ok(())
    }

    #[inline]
    fn predict_items<'a>(&mut self, rest: &'a str, field: &Field) -> Option<(usize, &'a str)> {
        let before = self.len();
        let (first, mut rest) = T::predict(rest, field)?;
        self.push(first);
        while let Some(item) = field.after_name(scan::trim_start(rest))
            && let Some((item, after)) = T::predict(item, field)
        {
            self.push(item);
            rest = after;
        }
        Some((self.len() - before, rest))
    }

    fn write_items(&self, xml: &mut Encoder, name: &'static str) {
        for (index, item) in self.iter().enumerate() {
            xml.set_item_number(index + 1);
            item.write(xml, name);
        }
        // An item that wrote nothing leaves its number for the next element.
        xml.set_item_number(0);
    }

    fn has_items(&self) -> bool {
        !self.is_empty()
    }
}

/// Implements [`Element`] for types whose values are the text of an element.
macro_rules! leaf_elements {
    ($($type:ty),* $(,)?) => {
        $(impl Element for $type {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                xml.value(&tag)
            }

            #[inline(always)]
            fn predict<'a>(rest: &'a str, field: &Field) -> Option<(Self, &'a str)> {
                predicted_value(rest, field)
            }

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                xml.leaf(name, self);
            }
        })*
    };
}

// The types that pages use are in the second line; the others are for types that are generated from other pages.
leaf_elements!(i8, u8, i16, u16, u32, u64, f32, f64, Guid, Base64, Secret);
leaf_elements!(bool, i32, i64, Decimal, Timestamp);

impl<T: Text> Element for Tokens<T> {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        xml.value(&tag)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

impl Element for String {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        // Without `Text`, which would copy it: text with references is a `String` already, and may be large.
        xml.text(&tag).map(Cow::into_owned)
    }

    #[inline]
    fn predict<'a>(rest: &'a str, field: &Field) -> Option<(Self, &'a str)> {
        let (text, rest) = predicted_text(rest, field)?;
        Some((text.into_owned(), rest))
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

impl Element for DateTime {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        xml.local_time(&tag)
    }

    #[inline]
    fn predict<'a>(rest: &'a str, field: &Field) -> Option<(Self, &'a str)> {
        // Any other form may have an offset, which is reported.
        predicted_prefix(rest, field)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

/// Implements [`Element`] for types whose values may have an offset, which is ignored, and reported.
macro_rules! elements_without_offset {
    ($($type:ty),*) => {
        $(impl Element for $type {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                let text = xml.text(&tag)?;
                let value = xml.parse_text(&tag, &text)?;
                if has_offset(&text) {
                    xml.report_offset(&tag);
                }
                Ok(value)
            }

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                xml.leaf(name, self);
            }
        })*
    };
}

elements_without_offset!(Date, Time);

/// For recursive types.
impl<T: Element> Element for Box<T> {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        T::read(xml, tag).map(Self::new)
    }

    fn predict<'a>(rest: &'a str, field: &Field) -> Option<(Self, &'a str)> {
        let (value, rest) = T::predict(rest, field)?;
        Some((Self::new(value), rest))
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        (**self).write(xml, name);
    }
}
