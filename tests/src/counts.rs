//! Counts how many times each path occurs in a body: in its XML, and independently in its JSON with the names of the
//! model.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value as Json;
use spektrix_v2_codegen::model::{Body, Field, FieldKind, Model, TypeKind, Value};

use crate::infoset::{self, Part};

/// How many times each path occurs. Text that is not empty counts as `…/text()`.
pub type Counts = BTreeMap<String, usize>;

/// Counts the elements, attributes and texts of a document.
pub fn of_xml(xml: &str) -> Result<Counts> {
    let mut counts = Counts::new();
    for part in infoset::parts(xml)? {
        let path = match part {
            Part::Element(path) | Part::Attribute(path, _) => path,
            Part::Text(path, _) => text_of(&path),
        };
        *counts.entry(path).or_default() += 1;
    }
    Ok(counts)
}

/// The counts of the JSON of a value, by the paths that it has in XML.
#[derive(Debug, Default)]
pub struct JsonCounts {
    /// How many times each path occurs.
    pub counts: Counts,
    /// Paths that JSON leaves out, because their values are secret.
    pub hidden: BTreeSet<String>,
}

impl JsonCounts {
    /// Counts the parts of the JSON of a body. Uses neither the decoder nor the encoder: the names come from the schema
    /// pages.
    pub fn of_body(model: &Model, body: &Body, json: &Json) -> Self {
        let mut counts = Self::default();
        match body {
            Body::Empty | Body::Bytes(_) => {}
            Body::One { root, value } => counts.value(model, root, value, json),
            Body::List { root, item, value } => {
                counts.add(root.clone());
                counts.items(model, &format!("{root}/{item}"), value, json);
            }
        }
        counts
    }

    /// Returns the counts of a document, without the paths that JSON leaves out.
    pub fn visible(&self, mut of_xml: Counts) -> Counts {
        of_xml.retain(|path, _| !self.hidden.contains(path.trim_end_matches("/text()")));
        of_xml
    }

    fn add(&mut self, path: String) {
        *self.counts.entry(path).or_default() += 1;
    }

    fn items(&mut self, model: &Model, path: &str, value: &Value, json: &Json) {
        for item in json.as_array().into_iter().flatten() {
            self.value(model, path, value, item);
        }
    }

    fn value(&mut self, model: &Model, path: &str, value: &Value, json: &Json) {
        match value {
            Value::Secret => drop(self.hidden.insert(path.to_owned())),
            _ if json.is_null() => {}
            Value::Primitive(_) | Value::QueryDate | Value::AnyXml | Value::Tokens(_) => self.text(path, json),
            Value::Id(_) => {
                self.add(path.to_owned());
                self.add(format!("{path}/@id"));
            }
            Value::UserAttribute => {
                self.add(path.to_owned());
                for (name, key) in [("Name", "name"), ("Value", "value")] {
                    self.text(&format!("{path}/{name}"), &json[key]);
                }
            }
            Value::Named(name) | Value::Boxed(name) => match model.types.get(name).map(|found| &found.kind) {
                Some(TypeKind::Struct(fields)) => self.fields(model, path, fields, json),
                _ => self.text(path, json),
            },
        }
    }

    fn fields(&mut self, model: &Model, path: &str, fields: &[Field], json: &Json) {
        self.add(path.to_owned());
        for field in fields {
            let json = &json[field.rust_name.trim_start_matches("r#")];
            let below = format!("{path}/{}", field.name);
            match &field.kind {
                FieldKind::Attribute if json.is_null() => {}
                FieldKind::Attribute => self.add(format!("{path}/@{}", field.name)),
                // No vendored page has these fields, so there is no example to count them in.
                FieldKind::Text | FieldKind::Choice | FieldKind::RepeatedChoice => {}
                FieldKind::Element => self.value(model, &below, &field.value, json),
                FieldKind::List => self.items(model, &below, &field.value, json),
                FieldKind::WrappedList(item) => {
                    self.add(below.clone());
                    self.items(model, &format!("{below}/{item}"), &field.value, json);
                }
            }
        }
    }

    fn text(&mut self, path: &str, json: &Json) {
        if json.is_null() {
            return;
        }
        self.add(path.to_owned());
        if json.as_str() != Some("") {
            self.add(text_of(path));
        }
    }
}

fn text_of(path: &str) -> String {
    format!("{path}/text()")
}

/// Returns the paths with different counts, with both counts. Shows no value.
pub fn differences(expected: &Counts, found: &Counts) -> Vec<String> {
    let count = |counts: &Counts, path: &str| counts.get(path).copied().unwrap_or_default();
    let paths: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let counted = paths
        .into_iter()
        .map(|path| (path, count(expected, path), count(found, path)));
    let different = counted.filter(|(_, expected, found)| expected != found);
    different
        .map(|(path, expected, found)| format!("{path}: expected {expected}, found {found}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_elements_attributes_and_texts() {
        let counts = of_xml(r#"<A><B id="1">t</B><B id="2"/></A>"#).unwrap();
        let found: Vec<_> = counts.iter().map(|(path, count)| (path.as_str(), *count)).collect();
        assert_eq!(found, [("A", 1), ("A/B", 2), ("A/B/@id", 2), ("A/B/text()", 1)]);
        let other = of_xml(r#"<A><B id="1">t</B></A>"#).unwrap();
        let expected = ["A/B: expected 2, found 1", "A/B/@id: expected 2, found 1"];
        assert_eq!(differences(&counts, &other), expected);
    }
}
