//! What an element can hold: types read from one and written as one, and lists of them.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;

use super::{Base64, DecodeError, Decoder, Encoder, Guid, Tag};

/// A type that one XML element holds.
pub trait Element: Sized {
    /// Reads the element whose tag was just taken, to its end.
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError>;

    /// Writes the element under the name it has where it stands.
    fn write(&self, xml: &mut Encoder, name: &'static str);
}

/// A collection that a repeated element is read into.
pub trait List: Default {
    /// Reads the element whose tag was just taken, and appends what it holds.
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError>;

    /// Writes an element for each item, in order.
    fn write_items(&self, xml: &mut Encoder, name: &'static str);

    /// Whether there is anything to write.
    fn has_items(&self) -> bool;
}

impl<T: Element> List for Vec<T> {
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError> {
        self.push(T::read(xml, tag)?);
        Ok(())
    }

    fn write_items(&self, xml: &mut Encoder, name: &'static str) {
        xml.items(name, self);
    }

    fn has_items(&self) -> bool {
        !self.is_empty()
    }
}

/// Implements [`Element`] for values that stand as the text of an element.
#[doc(hidden)]
#[macro_export]
macro_rules! leaf_elements {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::xml::Element for $type {
            fn read<'a>(
                xml: &mut $crate::xml::Decoder<'a>,
                tag: $crate::xml::Tag<'a>,
            ) -> Result<Self, $crate::xml::DecodeError> {
                xml.value(&tag)
            }

            fn write(&self, xml: &mut $crate::xml::Encoder, name: &'static str) {
                xml.leaf(name, self);
            }
        })*
    };
}

leaf_elements!(i8, u8, i16, u16, u32, u64, f32, f64, Date, Time, Guid, Base64);
leaf_elements!(bool, i32, i64, Decimal, Timestamp);

impl Element for String {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        // Not by way of `Text`: a text with references is a `String` already, and may be large.
        xml.text(&tag).map(Cow::into_owned)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

/// A type that holds itself.
impl<T: Element> Element for Box<T> {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        T::read(xml, tag).map(Self::new)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        (**self).write(xml, name);
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
