//! Goes through an example as a decoder would: attributes, then children in their order, then what is missing.

use super::node::Node;
use super::{Expectation, Fault, FaultKind, Refusal, simple};
use crate::model::{Body, Field, Model, Place, Primitive, Substitute, TypeKind, Value, local_name};

type Result = std::result::Result<(), Refusal>;

pub(super) struct Walk<'a> {
    model: &'a Model,
    pub(super) expected: Expectation,
}

impl<'a> Walk<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self {
            model,
            expected: Expectation::default(),
        }
    }

    pub(super) fn body(&mut self, root: &Node, body: &Body) -> Result {
        match body {
            Body::Empty | Body::Bytes(_) => Ok(()),
            Body::One { value, .. } => {
                self.nil(root, &root.name, false);
                self.value(root, &root.name, value)
            }
            Body::List { item, value, .. } => {
                self.nil(root, &root.name, false);
                self.unknown_attributes(root, &root.name, |_| false);
                self.items(root, &root.name, item, value)
            }
        }
    }

    fn fault(&mut self, place: &str, kind: FaultKind) {
        self.expected.faults.push(Fault {
            place: place.to_owned(),
            kind,
        });
    }

    fn pass_over(&mut self, place: String) {
        self.expected.passed_over.insert(place);
    }

    /// Whether an element says that it has no value. That may be wrong in two ways.
    fn nil(&mut self, node: &Node, path: &str, required: bool) -> bool {
        if node.is_nil && (!node.children.is_empty() || !node.text.is_empty() || !node.attributes.is_empty()) {
            self.fault(path, FaultKind::NilWithContent);
        } else if node.is_nil && required {
            self.fault(path, FaultKind::NilRequired);
        }
        node.is_nil
    }

    fn unknown_attributes(&mut self, node: &Node, path: &str, is_known: impl Fn(&str) -> bool) {
        for (name, _) in &node.attributes {
            let local = name.rsplit(':').next().unwrap_or(name);
            if !is_known(local) {
                self.pass_over(format!("{path}/@{name}"));
            }
        }
    }

    fn items(&mut self, node: &Node, path: &str, item: &str, value: &Value) -> Result {
        for child in &node.children {
            let below = format!("{path}/{}", child.name);
            if child.name != local_name(item) {
                self.pass_over(below);
            } else if !self.nil(child, &below, false) {
                self.value(child, &below, value)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, node: &Node, path: &str, value: &Value) -> Result {
        match value {
            Value::Text(primitive) => self.simple(&node.text, path, *primitive),
            Value::Named(name) | Value::Boxed(name) => {
                let model = self.model;
                match model.types.get(name).map(|found| &found.kind) {
                    Some(TypeKind::Struct(fields)) => self.fields(node, path, fields),
                    Some(TypeKind::Substitution(types)) => self.substitution(node, path, types),
                    _ => Ok(()),
                }
            }
            Value::Id(name) if !node.attributes.iter().any(|(name, _)| name == "id") => {
                let leaf = self.model.ids.get(name).map_or(Primitive::String, |id| id.inner);
                self.simple(&node.text, path, leaf)
            }
            Value::Id(_) => {
                self.unknown_attributes(node, path, |name| name == "id");
                node.children
                    .iter()
                    .for_each(|child| self.pass_over(format!("{path}/{}", child.name)));
                Ok(())
            }
            Value::Attribute | Value::Secret | Value::QueryDate | Value::Tokens(_) => Ok(()),
        }
    }

    fn simple(&mut self, text: &str, path: &str, primitive: Primitive) -> Result {
        if simple::holds(primitive, text) {
            return Ok(());
        }
        self.fault(path, FaultKind::Value);
        Err(Refusal {
            kind: "value",
            path: path.to_owned(),
        })
    }

    fn substitution(&mut self, node: &Node, path: &str, types: &[Substitute]) -> Result {
        let meant = match &node.of_type {
            None => types.iter().find(|substitute| substitute.is_declared),
            Some((_, name)) => types
                .iter()
                .find(|substitute| local_name(&substitute.wire_name) == name),
        };
        match (meant, &node.of_type) {
            (None, None) => {
                self.fault(path, FaultKind::AbstractWithoutType);
                self.pass_over(path.to_owned());
                Ok(())
            }
            (None, Some(_)) => {
                self.fault(path, FaultKind::UnknownType);
                self.pass_over(path.to_owned());
                Ok(())
            }
            (Some(substitute), said) => {
                if let Some((namespace, _)) = said
                    && !matches!(substitute.wire_name.strip_prefix('{').and_then(|name| name.split_once('}')),
                        Some((declared, _)) if declared == namespace)
                    && substitute.wire_name.starts_with('{')
                {
                    self.fault(path, FaultKind::UnprefixedType);
                }
                self.value(node, path, &substitute.value)
            }
        }
    }

    fn fields(&mut self, node: &Node, path: &str, fields: &[Field]) -> Result {
        let attribute = |name: &str| {
            fields
                .iter()
                .find(|field| field.place == Place::Attribute && local_name(&field.name) == name)
        };
        self.unknown_attributes(node, path, |name| attribute(name).is_some());
        for (name, text) in &node.attributes {
            if let Some(Value::Text(primitive)) = attribute(name).map(|field| &field.value) {
                self.simple(text, &format!("{path}/@{name}"), *primitive)?;
            }
        }
        if !fields.iter().any(|field| field.place == Place::Text) {
            if !node.text.trim().is_empty() {
                self.pass_over(format!("{path}/text()"));
            }
            self.children(node, path, fields)?;
        }
        self.missing(node, path, fields)
    }

    fn children(&mut self, node: &Node, path: &str, fields: &[Field]) -> Result {
        let mut seen = std::collections::BTreeSet::new();
        for child in &node.children {
            let below = format!("{path}/{}", child.name);
            let Some((field, value)) = self.field_of(fields, &child.name) else {
                self.pass_over(below);
                continue;
            };
            let once = matches!(field.place, Place::Element | Place::Choice);
            let required = field.required && once;
            if self.nil(child, &below, required) || once && !seen.insert(&field.name) {
                continue;
            }
            match &field.place {
                Place::Wrapped(item) => {
                    self.unknown_attributes(child, &below, |_| false);
                    self.items(child, &below, item, &value)?;
                }
                _ => self.value(child, &below, &value)?,
            }
        }
        Ok(())
    }

    /// The field that a child belongs to, and what the child holds.
    fn field_of<'f>(&self, fields: &'f [Field], name: &str) -> Option<(&'f Field, Value)> {
        fields.iter().find_map(|field| match field.place {
            Place::Element | Place::List | Place::Wrapped(_) => {
                (local_name(&field.name) == name).then(|| (field, field.value.clone()))
            }
            Place::Choice | Place::Choices => {
                let chosen = field.value.type_name().and_then(|name| self.model.types.get(name))?;
                let branch = chosen
                    .kind
                    .fields()
                    .iter()
                    .find(|branch| local_name(&branch.name) == name)?;
                Some((field, branch.value.clone()))
            }
            Place::Attribute | Place::Text => None,
        })
    }

    fn missing(&mut self, node: &Node, path: &str, fields: &[Field]) -> Result {
        let stands = |field: &Field| match field.place {
            Place::Attribute => node.attributes.iter().any(|(name, _)| *name == local_name(&field.name)),
            Place::Text => true,
            _ => node.children.iter().any(|child| {
                !child.is_nil
                    && self
                        .field_of(fields, &child.name)
                        .is_some_and(|(found, _)| found == field)
            }),
        };
        match fields.iter().any(|field| field.required && !stands(field)) {
            true => Err(Refusal {
                kind: "missing",
                path: path.to_owned(),
            }),
            false => Ok(()),
        }
    }
}
