//! Attributes read into a struct of the user: a deserializer of serde.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::{Attributes, number_after};

impl Attributes {
    /// Reads the attributes into a type that implements [`Deserialize`], such as a struct with a field for each attribute
    /// that a website needs.
    ///
    /// A field takes the attribute of the same name: exactly, or else ignoring upper and lower case, whitespace, `_` and
    /// `-`, so that `age_guidance` takes `Age Guidance`. `#[serde(rename = "…")]` sets another name. Values are read without
    /// whitespace around them:
    ///
    /// | type of the field | value |
    /// |---|---|
    /// | `String`, enums | as it is |
    /// | `bool` | `1` or `true`; `0`, `false` or empty |
    /// | numbers | a number |
    /// | `Option` | `None` if it is empty or there is no such attribute |
    /// | `Vec` | the values of numbered attributes, as [`many`](Self::many) returns them |
    ///
    /// A `BTreeMap<String, String>` takes all attributes.
    ///
    /// ```
    /// use spektrix_v2::Attributes;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Listing {
    ///     venue: String,
    ///     age_guidance: Option<u8>,
    ///     #[serde(default)]
    ///     relaxed: bool,
    ///     #[serde(default, rename = "Genre")]
    ///     genres: Vec<String>,
    /// }
    ///
    /// let attributes: Attributes = [
    ///     ("Venue", "Main House "),
    ///     ("Age Guidance", "8"),
    ///     ("Relaxed", "1"),
    ///     ("Genre1", "Drama"),
    ///     ("Genre2", "Comedy"),
    /// ]
    /// .into_iter()
    /// .collect();
    /// let listing: Listing = attributes.deserialize()?;
    /// assert_eq!(listing.venue, "Main House");
    /// assert_eq!(listing.age_guidance, Some(8));
    /// assert!(listing.relaxed);
    /// assert_eq!(listing.genres, ["Drama", "Comedy"]);
    /// # Ok::<(), spektrix_v2::InvalidAttribute>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A value has another type, or there is no attribute for a field that has no `#[serde(default)]` and is no `Option`. The
    /// error names the attribute.
    pub fn deserialize<'a, T: Deserialize<'a>>(&'a self) -> Result<T, InvalidAttribute> {
        T::deserialize(All(self))
    }

    /// Returns the value for a field of a struct: of the attribute with its name, or of numbered ones.
    fn field(&self, field: &'static str) -> Option<Value<'_>> {
        let named = |is_it: &dyn Fn(&str) -> bool| {
            let mut named = self.iter().filter(|attribute| attribute.name.is_some_and(is_it));
            named.next()
        };
        let attribute = named(&|name| name == field).or_else(|| named(&|name| letters(name).eq(letters(field))));
        let is_numbered = || named(&|name| number_after(name, field).is_some()).is_some();
        if attribute.is_none() && !is_numbered() {
            return None;
        }
        Some(Value {
            attributes: self,
            name: attribute.and_then(|attribute| attribute.name).unwrap_or(field),
            text: attribute
                .and_then(|attribute| attribute.value)
                .unwrap_or_default()
                .trim(),
        })
    }
}

/// The characters of a name that count when it is compared with that of a field.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let separates = |character: &char| character.is_whitespace() || "-_".contains(*character);
    name.chars()
        .filter(move |character| !separates(character))
        .flat_map(char::to_lowercase)
}

/// Attributes do not fit the type that they are read into.
///
/// `attribute "Age Guidance": "8+" is not a number`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAttribute {
    /// Not known for a field that no attribute belongs to.
    name: Option<String>,
    what: String,
}

impl InvalidAttribute {
    /// Returns the name of the attribute. `None` if the error is about a missing one, which its `Display` names.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

impl fmt::Display for InvalidAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(f, "attribute {name:?}: ")?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for InvalidAttribute {}

impl de::Error for InvalidAttribute {
    fn custom<T: fmt::Display>(what: T) -> Self {
        Self {
            name: None,
            what: what.to_string(),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("there is no attribute for the field `{field}`"))
    }
}

/// All attributes, as a map.
#[derive(Clone, Copy)]
struct All<'de>(&'de Attributes);

impl<'de> Deserializer<'de> for All<'de> {
    type Error = InvalidAttribute;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let mut names = BTreeSet::new();
        let values = self.0.iter().filter_map(|attribute| {
            let name = attribute.name?;
            // The first counts, as for `get`.
            names.insert(name).then(|| Value {
                attributes: self.0,
                name,
                text: attribute.value.unwrap_or_default().trim(),
            })
        });
        let entries = values.map(|value| (value.name, value)).collect::<Vec<_>>().into_iter();
        visitor.visit_map(Entries { entries, value: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let entries = fields.iter().filter_map(|field| Some((*field, self.0.field(field)?)));
        let entries = entries.collect::<Vec<_>>().into_iter();
        visitor.visit_map(Entries { entries, value: None })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// Keys, which are names of attributes or of fields, and values.
struct Entries<'de> {
    entries: std::vec::IntoIter<(&'de str, Value<'de>)>,
    value: Option<Value<'de>>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = InvalidAttribute;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        let value = self
            .value
            .take()
            .ok_or_else(|| de::Error::custom("a value was read before its name"))?;
        let name = value.name;
        seed.deserialize(value).map_err(|error| InvalidAttribute {
            name: error.name.or_else(|| Some(name.to_owned())),
            ..error
        })
    }
}

/// The value of an attribute, without whitespace around it.
#[derive(Clone, Copy)]
struct Value<'de> {
    /// For a list: the values of all attributes with this name and a number.
    attributes: &'de Attributes,
    name: &'de str,
    text: &'de str,
}

impl Value<'_> {
    fn parse<T: FromStr>(self) -> Result<T, InvalidAttribute> {
        self.text
            .parse()
            .map_err(|_| self.is_not("a number, or it is out of range"))
    }

    fn is_not(self, expected: &str) -> InvalidAttribute {
        de::Error::custom(format_args!("{:?} is not {expected}", self.text))
    }
}

macro_rules! numbers {
    ($($method:ident as $visit:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            visitor.$visit(self.parse()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = InvalidAttribute;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.text.to_ascii_lowercase().as_str() {
            "1" | "true" => visitor.visit_bool(true),
            "0" | "false" | "" => visitor.visit_bool(false),
            _ => Err(self.is_not("1 or 0")),
        }
    }

    numbers! {
        deserialize_i8 as visit_i8, deserialize_i16 as visit_i16, deserialize_i32 as visit_i32,
        deserialize_i64 as visit_i64, deserialize_i128 as visit_i128, deserialize_u8 as visit_u8,
        deserialize_u16 as visit_u16, deserialize_u32 as visit_u32, deserialize_u64 as visit_u64,
        deserialize_u128 as visit_u128, deserialize_f32 as visit_f32, deserialize_f64 as visit_f64,
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.text.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        let values = self
            .attributes
            .many(self.name)
            .into_iter()
            .map(|text| Self { text, ..self });
        visitor.visit_seq(SeqDeserializer::new(values))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

/// An element of a list.
impl<'de> IntoDeserializer<'de, InvalidAttribute> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
