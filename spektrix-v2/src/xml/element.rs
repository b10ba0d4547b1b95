//! What an element can hold: types read from one and written as one, and lists of them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::{DecodeError, Decoder, Encoder, Tag};

/// A type that one XML element holds.
pub trait Element: Sized {
    /// Reads the element whose tag was just taken, to its end.
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError>;

    /// Writes the element under the name it has where it stands.
    fn write(&self, xml: &mut Encoder, name: &'static str);
}

/// A collection that a repeated element is read into.
pub trait List: Default {
    /// What one element holds.
    type Item: Element;

    /// Appends an item.
    fn push(&mut self, item: Self::Item);

    /// The items, in the order of the document.
    fn items(&self) -> impl ExactSizeIterator<Item = &Self::Item>;
}

impl<T: Element> List for Vec<T> {
    type Item = T;

    fn push(&mut self, item: T) {
        self.push(item);
    }

    fn items(&self) -> impl ExactSizeIterator<Item = &T> {
        self.iter()
    }
}

/// Implements [`Element`] for values that stand as the text of an element.
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
pub(crate) use leaf_elements;

leaf_elements!(bool, i32, i64, String, Decimal, Timestamp);

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
