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
            if !is_known(name) {
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
            Value::UserAttribute | Value::Secret | Value::QueryDate | Value::AnyXml | Value::Tokens(_) => Ok(()),
        }
    }

    fn primitive(&mut self, text: &str, path: &str, primitive: Primitive) -> Result {
        if is_valid(primitive, text) {
            if ignores_offset(primitive, text) {
                self.skip(format!("{path}/offset()"));
            }
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
            attributes.find(|field| is_name_of(field, name))
        };
        self.skip_unknown_attributes(element, path, |name| attribute(name).is_some());
        for (name, text) in &element.attributes {
            if let Some(Value::Primitive(primitive)) = attribute(name).map(|field| &field.value) {
                self.primitive(text, &format!("{path}/@{name}"), *primitive)?;
            }
        }
        let mut present = BTreeSet::new();
        if !fields.iter().any(|field| field.kind == FieldKind::Text) {
            if !element.text.trim().is_empty() {
                self.skip(format!("{path}/text()"));
            }
            present = self.children(element, path, fields)?;
        }
        check_missing(element, path, fields, &present)
    }

    /// Walks through children. Returns the fields that have one with a value, by their position.
    fn children(
        &mut self,
        element: &ElementNode,
        path: &str,
        fields: &[Field],
    ) -> std::result::Result<BTreeSet<usize>, ExpectedError> {
        let (mut had, mut present) = (BTreeSet::new(), BTreeSet::new());
        for child in &element.children {
            let child_path = format!("{path}/{}", child.name);
            let Some((at, declared)) = self.field_of(fields, &child.name, &had) else {
                self.skip(child_path);
                continue;
            };
            let field = &fields[at];
            let occurs_once = matches!(field.kind, FieldKind::Element | FieldKind::Choice);
            let is_nil = self.check_nil(child, &child_path, field.required && occurs_once);
            // Of an element that may occur once, a decoder reads the first with a value.
            let is_skipped = is_nil || occurs_once && present.contains(&at);
            if field.kind == FieldKind::Element || !is_nil {
                had.insert(at);
            }
            if is_skipped {
                continue;
            }
            if field.may_lack_id && !is_wrapped(field) && !has_id(child) {
                self.skip(child_path);
                continue;
            }
            present.insert(at);
            self.child(child, &child_path, field, &declared)?;
        }
        Ok(present)
    }

    /// Walks through a child. It belongs to a field, and is `declared` by that field, or by a branch of its choice.
    fn child(&mut self, child: &ElementNode, path: &str, field: &Field, declared: &Field) -> Result {
        if let FieldKind::WrappedList(item) = &field.kind {
            self.skip_unknown_attributes(child, path, |_| false);
            if field.may_lack_id {
                for item in child.children.iter().filter(|item| !item.is_nil && !has_id(item)) {
                    self.skip(format!("{path}/{}", item.name));
                }
                return Ok(());
            }
            if child.children.is_empty() && !field.wrapper_required {
                self.skip(format!("{path}/items()"));
            }
            return self.items(child, path, item, &field.value);
        }
        if declared.default.is_some() && child.text.is_empty() && child.children.is_empty() {
            self.skip(format!("{path}/default()"));
            return Ok(());
        }
        self.value(child, path, &declared.value)
    }

    /// Returns the field for a child element, by its position, and what declares the child: the field, or a branch of its
    /// choice. Of several fields with its name, the first that had no child is meant.
    fn field_of(&self, fields: &[Field], name: &str, had: &BTreeSet<usize>) -> Option<(usize, Field)> {
        let declared_in = |field: &Field| match field.kind {
            FieldKind::Element | FieldKind::List | FieldKind::WrappedList(_) => {
                (local_name(&field.name) == name).then(|| field.clone())
            }
            FieldKind::Choice | FieldKind::RepeatedChoice => {
                let choice = field.value.type_name().and_then(|name| self.model.types.get(name))?;
                let mut branches = choice.kind.fields().iter();
                branches.find(|branch| local_name(&branch.name) == name).cloned()
            }
            FieldKind::Attribute | FieldKind::Text => None,
        };
        let having = fields.iter().enumerate();
        let mut having: Vec<_> = having
            .filter_map(|(at, field)| Some((at, declared_in(field)?)))
            .collect();
        let last = having.pop()?;
        Some(having.into_iter().find(|(at, _)| !had.contains(at)).unwrap_or(last))
    }
}

fn is_wrapped(field: &Field) -> bool {
    matches!(field.kind, FieldKind::WrappedList(_))
}

fn has_id(element: &ElementNode) -> bool {
    element.attributes.iter().any(|(name, _)| name == "id")
}

/// Returns whether an attribute as it is written, with its prefix, is that of a field.
fn is_name_of(field: &Field, written: &str) -> bool {
    match (split_namespace(&field.name), written.split_once(':')) {
        ((None, local), None) => local == written,
        ((Some(_), local), Some((_, name))) => local == name,
        _ => false,
    }
}

fn check_missing(element: &ElementNode, path: &str, fields: &[Field], present: &BTreeSet<usize>) -> Result {
    let is_present = |(at, field): (usize, &Field)| match field.kind {
        FieldKind::Attribute => element.attributes.iter().any(|(name, _)| is_name_of(field, name)),
        FieldKind::Text => true,
        _ => present.contains(&at),
    };
    if fields
        .iter()
        .enumerate()
        .all(|(at, field)| !field.required || is_present((at, field)))
    {
        return Ok(());
    }
    Err(ExpectedError {
        kind: "missing",
        path: path.to_owned(),
    })
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
        Primitive::Time => {
            let time = text.trim_end_matches('Z');
            is_time(time.split(['+', '-']).next().unwrap_or(time))
        }
        Primitive::Guid => text.bytes().filter(u8::is_ascii_hexdigit).count() == 32,
    }
}

/// Returns whether a time has an offset that is not read.
fn ignores_offset(primitive: Primitive, text: &str) -> bool {
    let text = text.trim();
    let time = match primitive {
        Primitive::LocalTime => text.split_once('T').map_or("", |(_, time)| time),
        Primitive::Time => text,
        Primitive::Date => text.get("2000-01-01".len()..).unwrap_or_default(),
        _ => return false,
    };
    time.contains(['Z', '+', '-'])
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
