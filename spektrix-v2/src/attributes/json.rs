//! Attributes in JSON and other formats of serde: written as a list, read as a list or as a map.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Attributes;

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Binary formats do not say what comes next. They contain what was written: a list.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(ListOrMap)
        } else {
            deserializer.deserialize_seq(ListOrMap)
        }
    }
}

/// One attribute of a list. Caches of older versions may lack either field.
#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value: Option<String>,
}

/// A value of a map, as programs write it that know nothing of the service.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Flag(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    None(()),
}

impl Scalar {
    /// Returns the string that the service would send.
    fn into_value(self) -> Option<String> {
        match self {
            Self::Flag(flag) => Some(u8::from(flag).to_string()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text),
            Self::None(()) => None,
        }
    }
}

struct ListOrMap;

impl<'de> Visitor<'de> for ListOrMap {
    type Value = Attributes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("attributes, as a list of names and values or as a map")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Attributes, A::Error> {
        let mut attributes = Attributes::new();
        while let Some(Item { name, value }) = list.next_element()? {
            attributes.append(name.as_deref(), value.as_deref());
        }
        Ok(attributes)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
        let mut attributes = Attributes::new();
        while let Some((name, value)) = map.next_entry::<String, Scalar>()? {
            attributes.append(Some(&name), value.into_value().as_deref());
        }
        Ok(attributes)
    }
}
