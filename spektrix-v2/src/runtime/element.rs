//! Types as elements: the traits that generated code implements, and the methods of decoder and encoder that use them.
//!
//! [`decoder`](super::decoder) and [`encoder`](super::encoder) know tags and text, but no types. This file has their
//! methods for children of any type.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use super::decoder::Decoder;
use super::encoder::{Encoder, Style};
use super::error::DecodeError;
use super::tag::Tag;
use super::text::Text;
use super::values::{Base64, Guid, Tokens};
use crate::secret::Secret;

/// A type that is read from an element and written as one.
pub trait Element: Sized {
    /// Reads the element with this tag, to its end.
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError>;

    /// Writes an element with this name.
    fn write(&self, xml: &mut Encoder, name: &'static str);
}

/// A collection that repeated elements are read into.
pub trait List: Default {
    /// Reads the element with this tag, to its end, and appends its value.
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError>;

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

/// Children of the element that was entered last.
///
/// A child with `xsi:nil` is absent. If a child that may occur once occurs twice, the first one counts.
impl<'a> Decoder<'a> {
    /// Reads a child that may occur once.
    pub fn field<T: Element>(&mut self, tag: Tag<'a>, field: &mut Option<T>) -> Result<(), DecodeError> {
        // A duplicate is not reported: the schema knows it.
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(T::read(self, tag)?);
        Ok(())
    }

    /// Reads a child that may repeat.
    pub fn item<L: List>(&mut self, tag: Tag<'a>, list: &mut L) -> Result<(), DecodeError> {
        // .NET writes `xsi:nil` for a null in a list. An item without a value is no item.
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        list.read_item(self, tag)
    }

    /// Reads the items inside a wrapper element, and appends them to those of an earlier wrapper.
    pub fn wrapped<L: List>(&mut self, tag: Tag<'a>, item: &str, list: &mut L) -> Result<(), DecodeError> {
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        self.expect_no_attributes(&tag)?;
        self.enter(&tag)?;
        while let Some(child) = self.child()? {
            if child.name() == item {
                self.item(child, list)?;
            } else {
                self.skip(child)?;
            }
        }
        Ok(())
    }

    /// Reads the child of a choice that may occur once.
    pub fn choice<T: Choice>(&mut self, tag: Tag<'a>, field: &mut Option<T>) -> Result<(), DecodeError> {
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = T::read_branch(self, tag)?;
        Ok(())
    }

    /// Reads a child of a choice that may repeat.
    pub fn choices<T: Choice>(&mut self, tag: Tag<'a>, list: &mut Vec<T>) -> Result<(), DecodeError> {
        if tag.is_nil() {
            return self.skip_silently(&tag);
        }
        list.extend(T::read_branch(self, tag)?);
        Ok(())
    }

    /// Reads a child with text that may occur once, without allocating a `String` for it.
    pub(crate) fn text_field(&mut self, tag: Tag<'a>, field: &mut Option<Cow<'a, str>>) -> Result<(), DecodeError> {
        if field.is_some() || tag.is_nil() {
            return self.skip_silently(&tag);
        }
        *field = Some(self.text(&tag)?);
        Ok(())
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
            self.start(name);
            self.list(item, list);
            self.end();
        }
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

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                xml.leaf(name, self);
            }
        })*
    };
}

// The types that pages use are in the second line; the others are for types that are generated from other pages.
leaf_elements!(i8, u8, i16, u16, u32, u64, f32, f64, Date, Time, Guid, Base64, Secret);
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

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

impl Element for DateTime {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        xml.local_time(&tag)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

/// For recursive types.
impl<T: Element> Element for Box<T> {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        T::read(xml, tag).map(Self::new)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        (**self).write(xml, name);
    }
}
