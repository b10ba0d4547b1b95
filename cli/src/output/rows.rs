//! Rows: objects whose fields are in the order of their type.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// The fields of one object, as JSON, in the order of its type.
#[derive(Debug, Clone, Default, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Row(IndexMap<String, Box<RawValue>>);

impl Row {
    /// Creates a row from an object.
    ///
    /// # Errors
    ///
    /// If it does not serialize to a JSON object.
    pub fn of(object: &impl Serialize) -> Result<Self> {
        // Through text, because `serde_json::Value` does not keep the order of nested fields.
        serde_json::to_string(object)
            .and_then(|json| serde_json::from_str(&json))
            .map_err(|error| Failure::new(Exit::Failure, format!("cannot convert an object to JSON: {error}")))
    }

    /// Returns the names of the fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Returns whether a user-defined attribute has a value. Venues type attributes by hand, so case and whitespace at the
    /// ends do not count.
    pub fn has_attribute(&self, name: &str, value: &str) -> bool {
        self.attribute(name).is_some_and(|found| is_same(&found, value))
    }

    /// Returns the value of a user-defined attribute.
    fn attribute(&self, name: &str) -> Option<String> {
        let attributes: Attributes = serde_json::from_str(self.0.get("attributes")?.get()).ok()?;
        let found = attributes.into_iter().find(|(found, _)| is_same(found, name));
        found.map(|(_, value)| value)
    }

    /// Returns whether the object has a field. `attribute.Venue` is a user-defined attribute.
    pub fn has_field(&self, name: &str) -> bool {
        match name.strip_prefix("attribute.") {
            Some(attribute) => self.attribute(attribute).is_some(),
            None => self.0.contains_key(name),
        }
    }

    fn field(&self, name: &str) -> Box<RawValue> {
        let value = match name.strip_prefix("attribute.") {
            Some(attribute) => {
                let value = self.attribute(attribute);
                value.and_then(|value| RawValue::from_string(Value::from(value).to_string()).ok())
            }
            None => self.0.get(name).cloned(),
        };
        value.unwrap_or_else(|| RawValue::NULL.to_owned())
    }

    /// Returns the row with these fields only, in this order. A field that the object does not have is null.
    #[must_use]
    pub fn select(&self, fields: &[String]) -> Self {
        let fields = fields.iter().map(|name| (name.clone(), self.field(name)));
        Self(fields.collect())
    }

    /// Returns the row as one line of JSON.
    pub fn json(&self) -> String {
        let fields = self
            .0
            .iter()
            .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), value.get()));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
    }

    /// Returns the values as text: without quotes, and an empty string for null. Lists of plain values are joined with
    /// semicolons; anything else that is nested stays JSON.
    pub fn cells(&self) -> Vec<String> {
        self.0.values().map(|value| cell(value.get())).collect()
    }
}

/// User-defined attributes as JSON: a list of names and values, or a map.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Attributes {
    List(Vec<Attribute>),
    Map(IndexMap<String, String>),
}

#[derive(serde::Deserialize)]
struct Attribute {
    name: String,
    value: String,
}

impl Attributes {
    fn into_iter(self) -> Box<dyn Iterator<Item = (String, String)>> {
        match self {
            Self::List(list) => Box::new(list.into_iter().map(|attribute| (attribute.name, attribute.value))),
            Self::Map(map) => Box::new(map.into_iter()),
        }
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn cell(json: &str) -> String {
    let Ok(value) = serde_json::from_str(json) else {
        return json.to_owned();
    };
    match &value {
        Value::Array(items) if items.iter().all(is_plain) => {
            let items: Vec<_> = items.iter().map(plain).collect();
            items.join("; ")
        }
        value if is_plain(value) => plain(value),
        _ => json.to_owned(),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Show {
        name: &'static str,
        id: i32,
        bands: Vec<i32>,
        nested: Option<Nested>,
        none: Option<i32>,
    }

    #[derive(Serialize)]
    struct Nested {
        z: bool,
        a: &'static str,
    }

    fn row() -> Row {
        Row::of(&Show {
            name: "A \"quoted\" title",
            id: 7001,
            bands: vec![1, 2],
            nested: Some(Nested { z: true, a: "x" }),
            none: None,
        })
        .unwrap()
    }

    #[test]
    fn fields_keep_the_order_of_their_type() {
        assert_eq!(
            row().names().collect::<Vec<_>>(),
            ["name", "id", "bands", "nested", "none"]
        );
        assert_eq!(
            row().json(),
            r#"{"name":"A \"quoted\" title","id":7001,"bands":[1,2],"nested":{"z":true,"a":"x"},"none":null}"#
        );
    }

    #[test]
    fn cells_are_plain_text() {
        assert_eq!(
            row().cells(),
            ["A \"quoted\" title", "7001", "1; 2", r#"{"z":true,"a":"x"}"#, ""]
        );
    }

    #[test]
    fn attributes_are_fields() {
        let table = [
            ("a list", r#"{"attributes":[{"name":"Venue ","value":" Main House"}]}"#),
            ("a map", r#"{"attributes":{"Venue ":" Main House"}}"#),
        ];
        for (name, json) in table {
            let row: Row = serde_json::from_str(json).unwrap();
            let fields = ["attribute.venue".to_owned(), "attribute.Genre".to_owned()];
            assert_eq!(row.select(&fields).cells(), [" Main House", ""], "{name}");
            assert!(
                row.has_field("attribute.venue") && !row.has_field("attribute.Genre"),
                "{name}"
            );
            assert!(
                row.has_attribute("VENUE", "main house") && !row.has_attribute("Venue", "Studio"),
                "{name}"
            );
        }
    }

    #[test]
    fn selected_fields_are_in_the_order_asked_for() {
        let fields = ["id".to_owned(), "unknown".to_owned(), "name".to_owned()];
        assert_eq!(
            row().select(&fields).json(),
            r#"{"id":7001,"unknown":null,"name":"A \"quoted\" title"}"#
        );
    }
}
