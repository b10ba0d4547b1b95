//! Attributes as JSON: a list of names and values, in order.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Attributes;

#[derive(Deserialize)]
struct Owned {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value: Option<String>,
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut attributes = Self::new();
        for Owned { name, value } in Vec::<Owned>::deserialize(deserializer)? {
            attributes.append(name.as_deref(), value.as_deref());
        }
        Ok(attributes)
    }
}
