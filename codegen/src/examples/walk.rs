//! Walks through an example in the order of a decoder: attributes, then children, then missing parts.

use std::collections::BTreeSet;

use super::element_tree::ElementNode;
use super::expectation::{Expectation, ExpectedError, Fault, FaultKind};
use crate::model::{
    Body, Field, FieldKind, Model, Primitive, Substitute, TypeKind, Value, local_name, split_namespace,
};

type Result = std::result::Result<(), ExpectedError>;

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

    pub(super) fn body(&mut self, root: &ElementNode, body: &Body) -> Result {
        match body {
            Body::Empty | Body::Bytes(_) => Ok(()),
            Body::One { value, .. } => {
                self.check_nil(root, &root.name, false);
                self.value(root, &root.name, value)
            }
            Body::List { item, value, .. } => {
                self.check_nil(root, &root.name, false);
                self.skip_unknown_attributes(root, &root.name, |_| false);
                self.items(root, &root.name, item, value)
            }
        }
    }

    fn fault(&mut self, path: &str, kind: FaultKind) {
        self.expected.faults.push(Fault {
            path: path.to_owned(),
            kind,
        });
    }

    fn skip(&mut self, path: String) {
        self.expected.skipped.insert(path);
    }

    /// Returns whether an element is nil, and records a fault if it must not be nil.
    fn check_nil(&mut self, element: &ElementNode, path: &str, required: bool) -> bool {
        let ElementNode {
            is_nil,
            children,
            text,
            attributes,
            ..
        } = element;
        if *is_nil && (!children.is_empty() || !text.is_empty() || !attributes.is_empty()) {
            self.fault(path, FaultKind::NilWithContent);
        } else if *is_nil && required {
            self.fault(path, FaultKind::NilRequired);
        }
        *is_nil
    }

    fn skip_unknown_attributes(&mut self, element: &ElementNode, path: &str, is_known: impl Fn(&str) -> bool) {
        for (name, _) in &element.attributes {
            let local = name.rsplit(':').next().unwrap_or(name);
            if !is_known(local) {
                self.skip(format!("{path}/@{name}"));
            }
        }
    }

    fn items(&mut self, element: &ElementNode, path: &str, item: &str, value: &Value) -> Result {
        for child in &element.children {
            let child_path = format!("{path}/{}", child.name);
            if child.name != local_name(item) {
                self.skip(child_path);
            } else if !self.check_nil(child, &child_path, false) {
                self.value(child, &child_path, value)?;
            }
        }
        Ok(())
    }

    fn value(&mut self, element: &ElementNode, path: &str, value: &Value) -> Result {
        match value {
            Value::Primitive(primitive) => self.primitive(&element.text, path, *primitive),
            Value::Named(name) | Value::Boxed(name) => {
                let model = self.model;
                match model.types.get(name).map(|found| &found.kind) {
                    Some(TypeKind::Struct(fields)) => self.fields(element, path, fields),
                    Some(TypeKind::Substitution(types)) => self.substitution(element, path, types),
                    _ => Ok(()),
                }
            }
            // An identifier without an attribute `id` is the text of its element.
            Value::Id(name) if !element.attributes.iter().any(|(name, _)| name == "id") => {
                let inner = self.model.ids.get(name).map_or(Primitive::String, |id| id.inner);
                self.primitive(&element.text, path, inner)
            }
            Value::Id(_) => {
                self.skip_unknown_attributes(element, path, |name| name == "id");
                for child in &element.children {
                    self.skip(format!("{path}/{}", child.name));
                }
                Ok(())
            }
            Value::UserAttribute | Value::Secret | Value::QueryDate | Value::Tokens(_) => Ok(()),
        }
    }

    fn primitive(&mut self, text: &str, path: &str, primitive: Primitive) -> Result {
        if is_valid(primitive, text) {
            return Ok(());
        }
        self.fault(path, FaultKind::Value);
        Err(ExpectedError {
            kind: "value",
            path: path.to_owned(),
        })
    }

    fn substitution(&mut self, element: &ElementNode, path: &str, types: &[Substitute]) -> Result {
        let substitute = match &element.xsi_type {
            None => types.iter().find(|substitute| substitute.is_declared),
            Some((_, name)) => types
                .iter()
                .find(|substitute| local_name(&substitute.wire_name) == name),
        };
        let Some(substitute) = substitute else {
            let kind = match element.xsi_type {
                None => FaultKind::AbstractWithoutType,
                Some(_) => FaultKind::UnknownType,
            };
            self.fault(path, kind);
            self.skip(path.to_owned());
            return Ok(());
        };
        if let Some((namespace, _)) = &element.xsi_type
            && split_namespace(&substitute.wire_name)
                .0
                .is_some_and(|declared| declared != namespace.as_str())
        {
            self.fault(path, FaultKind::UnprefixedType);
        }
        self.value(element, path, &substitute.value)
    }

    fn fields(&mut self, element: &ElementNode, path: &str, fields: &[Field]) -> Result {
        let attribute = |name: &str| {
            let mut attributes = fields.iter().filter(|field| field.kind == FieldKind::Attribute);
            attributes.find(|field| local_name(&field.name) == name)
        };
        self.skip_unknown_attributes(element, path, |name| attribute(name).is_some());
        for (name, text) in &element.attributes {
            if let Some(Value::Primitive(primitive)) = attribute(name).map(|field| &field.value) {
                self.primitive(text, &format!("{path}/@{name}"), *primitive)?;
            }
        }
        if !fields.iter().any(|field| field.kind == FieldKind::Text) {
            if !element.text.trim().is_empty() {
                self.skip(format!("{path}/text()"));
            }
            self.children(element, path, fields)?;
        }
        self.check_missing(element, path, fields)
    }

    fn children(&mut self, element: &ElementNode, path: &str, fields: &[Field]) -> Result {
        let mut seen = BTreeSet::new();
        for child in &element.children {
            let child_path = format!("{path}/{}", child.name);
            let Some((field, value)) = self.field_of(fields, &child.name) else {
                self.skip(child_path);
                continue;
            };
            let occurs_once = matches!(field.kind, FieldKind::Element | FieldKind::Choice);
            let is_nil = self.check_nil(child, &child_path, field.required && occurs_once);
            // If an element that may occur once occurs several times, a decoder reads the first.
            if is_nil || occurs_once && !seen.insert(&field.name) {
                continue;
            }
            if let FieldKind::WrappedList(item) = &field.kind {
                self.skip_unknown_attributes(child, &child_path, |_| false);
                self.items(child, &child_path, item, &value)?;
            } else {
                self.value(child, &child_path, &value)?;
            }
        }
        Ok(())
    }

    /// Returns the field for a child element, and what the child holds.
    fn field_of<'f>(&self, fields: &'f [Field], name: &str) -> Option<(&'f Field, Value)> {
        fields.iter().find_map(|field| match field.kind {
            FieldKind::Element | FieldKind::List | FieldKind::WrappedList(_) => {
                (local_name(&field.name) == name).then(|| (field, field.value.clone()))
            }
            FieldKind::Choice | FieldKind::RepeatedChoice => {
                let choice = field.value.type_name().and_then(|name| self.model.types.get(name))?;
                let mut branches = choice.kind.fields().iter();
                let branch = branches.find(|branch| local_name(&branch.name) == name)?;
                Some((field, branch.value.clone()))
            }
            FieldKind::Attribute | FieldKind::Text => None,
        })
    }

    fn check_missing(&mut self, element: &ElementNode, path: &str, fields: &[Field]) -> Result {
        let belongs_to = |child: &ElementNode, field: &Field| {
            let found = self.field_of(fields, &child.name);
            found.is_some_and(|(found, _)| found == field)
        };
        let is_present = |field: &Field| match field.kind {
            FieldKind::Attribute => {
                let mut names = element.attributes.iter().map(|(name, _)| name);
                names.any(|name| name == local_name(&field.name))
            }
            FieldKind::Text => true,
            _ => element
                .children
                .iter()
                .any(|child| !child.is_nil && belongs_to(child, field)),
        };
        if fields.iter().all(|field| !field.required || is_present(field)) {
            return Ok(());
        }
        Err(ExpectedError {
            kind: "missing",
            path: path.to_owned(),
        })
    }
}

/// Returns whether the runtime can read a text as this type.
fn is_valid(primitive: Primitive, text: &str) -> bool {
    let text = if primitive == Primitive::String {
        text
    } else {
        text.trim()
    };
    match primitive {
        Primitive::String | Primitive::Base64 => true,
        Primitive::Int => text.parse::<i32>().is_ok(),
        Primitive::Long => text.parse::<i64>().is_ok(),
        Primitive::Byte => text.parse::<i8>().is_ok(),
        Primitive::UnsignedByte => text.parse::<u8>().is_ok(),
        Primitive::Short => text.parse::<i16>().is_ok(),
        Primitive::UnsignedShort => text.parse::<u16>().is_ok(),
        Primitive::UnsignedInt => text.parse::<u32>().is_ok(),
        Primitive::UnsignedLong => text.parse::<u64>().is_ok(),
        Primitive::Decimal | Primitive::Float | Primitive::Double => {
            matches!(text, "INF" | "-INF" | "NaN") || text.parse::<f64>().is_ok()
        }
        Primitive::Boolean => matches!(text, "true" | "false" | "1" | "0"),
        Primitive::LocalTime | Primitive::UtcTime => text.split_once('T').is_some_and(|(date, time)| {
            let time = time.trim_end_matches('Z');
            is_date(date) && is_time(time.split(['+', '-']).next().unwrap_or(time))
        }),
        Primitive::Date => is_date(text.trim_end_matches('Z')),
        Primitive::Time => is_time(text),
        Primitive::Guid => text.bytes().filter(u8::is_ascii_hexdigit).count() == 32,
    }
}

fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [4, 2, 2] && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = clock.split(':');
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.parse::<u8>().is_ok());
    let is_clock = is_number(parts.next()) && is_number(parts.next()) && is_number(parts.next());
    is_clock && parts.next().is_none() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
