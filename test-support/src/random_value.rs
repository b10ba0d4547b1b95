//! Creates a value of any type that serde can deserialize, from random bytes of proptest or the fuzzer.
//!
//! It is a deserializer whose input determines every choice: which options are set, how long a list is, which
//! characters a string has.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, Expected, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// Creates a value from bytes. After the last one, options are unset and lists are empty.
pub fn random_value<T: DeserializeOwned>(bytes: &[u8]) -> T {
    let value = T::deserialize(&mut Bytes(bytes));
    value.unwrap_or_else(|error| panic!("cannot create a {}: {error}", std::any::type_name::<T>()))
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        let len = self.byte() % 9;
        (0..len).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }

    /// Returns a number in a range.
    fn within(&mut self, first: i64, last: i64) -> i64 {
        let count = u64::try_from(last - first).unwrap() + 1;
        first + i64::try_from(self.number() % count).unwrap()
    }

    /// Returns a string of characters that XML can represent, often of those that must be escaped or look like markup.
    fn string(&mut self) -> String {
        const FRAGMENTS: [&str; 24] = [
            "a",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "<",
            ">",
            "&",
            "\"",
            "'",
            "]]>",
            "&amp;",
            "&#13;",
            "<!--",
            "-->",
            "</Name>",
            "/>",
            "<![CDATA[",
            "é",
            "🎭",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
        ];
        let len = self.byte() % 16;
        let fragment = |bytes: &mut Self| match usize::from(bytes.byte()) {
            known if known < 8 * FRAGMENTS.len() => FRAGMENTS[known % FRAGMENTS.len()].to_owned(),
            _ => bytes.character().to_string(),
        };
        (0..len).map(|_| fragment(self)).collect()
    }

    fn character(&mut self) -> char {
        let code = u32::try_from(self.number() % 0x11_0000).unwrap();
        let is_xml = |character: &char| *character >= ' ' && !matches!(*character, '\u{fffe}' | '\u{ffff}');
        char::from_u32(code).filter(is_xml).unwrap_or('\u{fffd}')
    }

    fn decimal(&mut self) -> Decimal {
        let number = i128::from(self.number()) << (self.byte() % 33);
        let number = if self.byte() % 2 == 1 { -number } else { number };
        Decimal::from_i128_with_scale(number % (1 << 96), u32::from(self.byte() % 29))
    }

    fn timestamp(&mut self) -> Timestamp {
        let second = self.within(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        Timestamp::new(second, i32::try_from(self.nanoseconds()).unwrap()).unwrap_or(Timestamp::MAX)
    }

    fn local_time(&mut self) -> DateTime {
        let year = i16::try_from(self.within(-9999, 9999)).unwrap();
        let start = DateTime::new(year, 1, 1, 0, 0, 0, 0).unwrap();
        let span = jiff::SignedDuration::new(self.within(0, 364 * 86_400), i32::try_from(self.nanoseconds()).unwrap());
        start.checked_add(span).unwrap()
    }

    fn nanoseconds(&mut self) -> i64 {
        match self.byte() % 3 {
            0 => 0,
            1 => self.within(0, 9_999_999) * 100,
            _ => self.within(0, 999_999_999),
        }
    }
}

/// Shows what a visitor expects. Only this shows which type is deserialized.
struct Expects<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Expects<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Expected::fmt(self.0, f)
    }
}

impl<'de> Deserializer<'de> for &mut Bytes<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match Expects(&visitor).to_string().as_str() {
            "a datetime string" => visitor.visit_string(self.local_time().to_string()),
            "a timestamp string" => visitor.visit_string(self.timestamp().to_string()),
            "a Decimal type representing a fixed-point number" => visitor.visit_string(self.decimal().to_string()),
            // Strings, secrets and enumerations.
            "a string" => visitor.visit_string(self.string()),
            "attributes, as a list of names and values or as a map" => self.deserialize_seq(visitor),
            other => Err(Error::custom(format!("no rule for {other}"))),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.byte() % 2 == 1)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.within(i32::MIN.into(), i32::MAX.into()))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.number().cast_signed())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte() % 3 {
            0 => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = self.byte() % 4;
        visitor.visit_seq(Items { bytes: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { bytes: self, fields })
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct tuple tuple_struct map enum
        identifier ignored_any
    }
}

struct Items<'b, 'a> {
    bytes: &'b mut Bytes<'a>,
    left: u8,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.bytes).map(Some)
    }
}

/// Every field of a struct, in order.
struct Fields<'b, 'a> {
    bytes: &'b mut Bytes<'a>,
    fields: &'static [&'static str],
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((field, rest)) = self.fields.split_first() else {
            return Ok(None);
        };
        self.fields = rest;
        seed.deserialize(StrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.bytes)
    }
}
