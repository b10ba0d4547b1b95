//! Finds the values of enumerations in a body.

use std::collections::BTreeSet;

use spektrix_v2_codegen::model::{Body, FieldKind, Model, TypeKind, Value};

/// Returns the paths of all elements with the value of an enumeration, according to the schema pages.
pub fn paths(model: &Model, body: &Body) -> BTreeSet<String> {
    let mut search = Search {
        model,
        within: Vec::new(),
        found: BTreeSet::new(),
    };
    match body {
        Body::Empty | Body::Bytes(_) => {}
        Body::One { root, value } => search.value(root, value),
        Body::List { root, item, value } => search.value(&format!("{root}/{item}"), value),
    }
    search.found
}

struct Search<'m> {
    model: &'m Model,
    /// The types that are being searched. A type that contains itself is not searched again.
    within: Vec<String>,
    found: BTreeSet<String>,
}

impl Search<'_> {
    fn value(&mut self, path: &str, value: &Value) {
        let Some(name) = value
            .type_name()
            .filter(|name| self.within.iter().all(|within| within != name))
        else {
            return;
        };
        let Some(found) = self.model.types.get(name) else {
            return;
        };
        if let TypeKind::Enumeration(_) = found.kind {
            self.found.insert(path.to_owned());
            return;
        }
        self.within.push(name.to_owned());
        for field in found.kind.fields() {
            match &field.kind {
                FieldKind::Element | FieldKind::List => self.value(&format!("{path}/{}", field.name), &field.value),
                FieldKind::WrappedList(item) => self.value(&format!("{path}/{}/{item}", field.name), &field.value),
                // No vendored page has an enumeration in such a field.
                FieldKind::Attribute | FieldKind::Text | FieldKind::Choice | FieldKind::RepeatedChoice => {}
            }
        }
        self.within.pop();
    }
}
