//! Objects in a compact binary form, of which hashes are taken. It is not read back.
//!
//! The form is unambiguous: each value starts with a tag, strings have their length, and lists and objects have an end.
//! Fields are identified by their position, which derived code keeps: it reports the fields that it skips.

use std::fmt::{Display, Write as _};

use serde::de::value::Error;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The bytes of the form.
#[derive(Default)]
pub(super) struct Form(pub(super) Vec<u8>);

/// What a value is. The names are those of serde.
#[derive(Clone, Copy)]
enum Tag {
    End,
    None,
    Some,
    Unit,
    False,
    True,
    Int,
    Uint,
    Float,
    Str,
    Bytes,
    Seq,
    Map,
    Variant,
    /// A field that is skipped.
    Skipped,
}

/// Instead of a length of one byte, if the length follows.
const LONG: u8 = u8::MAX;

impl Form {
    #[inline]
    fn tag(&mut self, tag: Tag) {
        self.0.push(tag as u8);
    }

    #[inline]
    fn number(&mut self, tag: Tag, number: [u8; 8]) {
        let mut bytes = [tag as u8; 9];
        bytes[1..].copy_from_slice(&number);
        self.0.extend_from_slice(&bytes);
    }

    /// Lengths are short: most are one byte.
    #[inline]
    fn bytes(&mut self, tag: Tag, bytes: &[u8]) {
        match u8::try_from(bytes.len()) {
            Ok(length) if length < LONG => self.0.extend_from_slice(&[tag as u8, length]),
            _ => {
                self.0.extend_from_slice(&[tag as u8, LONG]);
                self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            }
        }
        self.0.extend_from_slice(bytes);
    }

    #[inline]
    fn end(&mut self) {
        self.tag(Tag::End);
    }
}

impl std::fmt::Write for Form {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// Numbers of the same value have the same form, whatever their width.
macro_rules! integers {
    ($($method:ident $type:ty),*) => {
        $(#[inline]
        fn $method(self, number: $type) -> Result<(), Error> {
            self.serialize_i64(number.into())
        })*
    };
}

impl Serializer for &mut Form {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    integers!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_u8 u8, serialize_u16 u16, serialize_u32 u32);

    #[inline]
    fn serialize_bool(self, flag: bool) -> Result<(), Error> {
        self.tag(if flag { Tag::True } else { Tag::False });
        Ok(())
    }

    #[inline]
    fn serialize_i64(self, number: i64) -> Result<(), Error> {
        self.number(Tag::Int, number.to_le_bytes());
        Ok(())
    }

    #[inline]
    fn serialize_u64(self, number: u64) -> Result<(), Error> {
        match i64::try_from(number) {
            Ok(number) => self.serialize_i64(number),
            Err(_) => {
                self.number(Tag::Uint, number.to_le_bytes());
                Ok(())
            }
        }
    }

    #[inline]
    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.serialize_f64(number.into())
    }

    #[inline]
    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        self.number(Tag::Float, number.to_bits().to_le_bytes());
        Ok(())
    }

    #[inline]
    fn serialize_char(self, character: char) -> Result<(), Error> {
        self.serialize_str(character.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.bytes(Tag::Str, text.as_bytes());
        Ok(())
    }

    /// Times and amounts are printed into the buffer, without a string of their own.
    #[inline]
    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), Error> {
        self.0.extend_from_slice(&[Tag::Str as u8, 0]);
        let start = self.0.len();
        write!(self, "{value}").map_err(serde::ser::Error::custom)?;
        match u8::try_from(self.0.len() - start) {
            Ok(length) if length < LONG => self.0[start - 1] = length,
            _ => {
                let text = self.0.split_off(start);
                self.0.truncate(start - 2);
                self.bytes(Tag::Str, &text);
            }
        }
        Ok(())
    }

    #[inline]
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes(Tag::Bytes, bytes);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Error> {
        self.tag(Tag::None);
        Ok(())
    }

    #[inline]
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        self.tag(Tag::Some);
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Error> {
        self.tag(Tag::Unit);
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Error> {
        self.number(Tag::Variant, u64::from(index).to_le_bytes());
        self.end();
        Ok(())
    }

    #[inline]
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.number(Tag::Variant, u64::from(index).to_le_bytes());
        value.serialize(&mut *self)?;
        self.end();
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        self.tag(Tag::Seq);
        Ok(self)
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Self, Error> {
        self.serialize_seq(None)
    }

    #[inline]
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        self.serialize_seq(None)
    }

    #[inline]
    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Error> {
        self.number(Tag::Variant, u64::from(index).to_le_bytes());
        Ok(self)
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        self.tag(Tag::Map);
        Ok(self)
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        self.serialize_map(None)
    }

    #[inline]
    fn serialize_struct_variant(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Error> {
        self.number(Tag::Variant, u64::from(index).to_le_bytes());
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        // As JSON: a time is a string.
        true
    }
}

/// What is written item by item.
macro_rules! items {
    ($($trait:ident $method:ident),*) => {
        $(impl $trait for &mut Form {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(&mut **self)
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                Form::end(self);
                Ok(())
            }
        })*
    };
}
items!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// What is written field by field.
macro_rules! fields {
    ($($trait:ident),*) => {
        $(impl $trait for &mut Form {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn serialize_field<T: ?Sized + Serialize>(&mut self, _: &'static str, value: &T) -> Result<(), Error> {
                value.serialize(&mut **self)
            }

            #[inline]
            fn skip_field(&mut self, _: &'static str) -> Result<(), Error> {
                self.tag(Tag::Skipped);
                Ok(())
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                Form::end(self);
                Ok(())
            }
        })*
    };
}
fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut Form {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut **self)
    }

    #[inline]
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut **self)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        Form::end(self);
        Ok(())
    }
}
