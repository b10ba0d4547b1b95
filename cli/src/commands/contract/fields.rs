//! Counts in how many objects each field is set.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// How often a field was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Seen {
    /// The number of objects that could have the field.
    pub(super) objects: usize,
    /// The number of objects that have it, with a value that is not empty.
    pub(super) set: usize,
}

/// Counts by path: `prices[].band` is the field `band` of each item of `prices`.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, Seen>);

impl Fields {
    /// Counts the fields of an object and of the objects in it.
    pub(super) fn count(&mut self, object: &Value) {
        self.walk("", object);
    }

    /// Returns the counts.
    pub(super) fn into_map(self) -> BTreeMap<String, Seen> {
        self.0
    }

    fn walk(&mut self, path: &str, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.field(path, name, value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.walk(&format!("{path}[]"), item);
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, path: &str, name: &str, value: &Value) {
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        let seen = self.0.entry(path.clone()).or_default();
        seen.objects += 1;
        seen.set += usize::from(is_set(value));
        // The names of user-defined attributes belong to the venue, so only their presence counts.
        if name != "attributes" {
            self.walk(&path, value);
        }
    }
}

fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nested_fields_are_counted_by_path() {
        let mut fields = Fields::default();
        fields.count(
            &json!({"id": 1, "name": "", "prices": [{"band": 2}, {"band": null}], "attributes": [{"name": "x"}]}),
        );
        fields.count(&json!({"id": 2, "name": "b", "prices": [], "attributes": []}));
        let found: Vec<_> = fields.into_map().into_iter().collect();
        let seen = |objects, set| Seen { objects, set };
        let expected = [
            ("attributes", seen(2, 1)),
            ("id", seen(2, 2)),
            ("name", seen(2, 1)),
            ("prices", seen(2, 1)),
            ("prices[].band", seen(2, 1)),
        ];
        assert_eq!(found, expected.map(|(path, seen)| (path.to_owned(), seen)));
    }
}
