//! Examples that their own page does not allow: known faults of the help pages, so that a test can expect them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::{Body, Field, Model, Place, Primitive, TypeKind, Value, local_name};

/// How deep an example is looked at.
const MAX_DEPTH: usize = 200;

/// What is wrong with an example, a line each.
pub fn of_example(model: &Model, body: &Body, example: &str) -> Vec<String> {
    let Some(root) = read(example) else {
        return vec!["it is no well-formed XML, or too deep".to_owned()];
    };
    let mut faults = Vec::new();
    let check = Check { model };
    match body {
        Body::Empty | Body::Bytes(_) => {}
        Body::One { value, .. } => check.value(&root, value, &mut faults),
        Body::List { item, value, .. } => check.each(&root, item, value, &mut faults),
    }
    faults.sort();
    faults.dedup();
    faults
}

/// An element of an example.
#[derive(Default)]
struct Node {
    name: String,
    is_nil: bool,
    has_type: bool,
    text: String,
    children: Vec<Node>,
}

fn read(text: &str) -> Option<Node> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => open.push(node(&tag)),
            Event::Empty(tag) => open.last_mut()?.children.push(node(&tag)),
            Event::End(_) => {
                let done = open.pop()?;
                open.last_mut()?.children.push(done);
            }
            Event::Text(text) => open.last_mut()?.text.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
    }
    open.pop()?.children.pop()
}

fn node(tag: &BytesStart<'_>) -> Node {
    let says = |name: &str| {
        let mut attributes = tag.attributes().flatten();
        attributes.any(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == name)
    };
    Node {
        name: tag.local_name().as_ref().to_owned(),
        is_nil: says("nil"),
        has_type: says("type"),
        ..Node::default()
    }
}

struct Check<'a> {
    model: &'a Model,
}

impl Check<'_> {
    fn value(&self, node: &Node, value: &Value, faults: &mut Vec<String>) {
        if node.is_nil {
            return;
        }
        match value {
            Value::Text(Primitive::Time) if !is_time(node.text.trim()) => {
                faults.push(format!("{}: {:?} is no time of day", node.name, node.text.trim()));
            }
            Value::Named(name) | Value::Boxed(name) => match self.model.types.get(name).map(|found| &found.kind) {
                Some(TypeKind::Struct(fields)) => self.fields(node, fields, faults),
                Some(TypeKind::Substitution(types)) => {
                    if !node.has_type && !types.iter().any(|substitute| substitute.is_declared) {
                        faults.push(format!(
                            "{}: of an abstract type, without saying which it is of",
                            node.name
                        ));
                    }
                    for substitute in types
                        .iter()
                        .filter(|substitute| !node.has_type && substitute.is_declared)
                    {
                        self.value(node, &substitute.value, faults);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn each(&self, node: &Node, name: &str, value: &Value, faults: &mut Vec<String>) {
        for child in node.children.iter().filter(|child| child.name == local_name(name)) {
            self.value(child, value, faults);
        }
    }

    fn fields(&self, node: &Node, fields: &[Field], faults: &mut Vec<String>) {
        for field in fields {
            match &field.place {
                Place::Element | Place::List => {
                    let mut found = node
                        .children
                        .iter()
                        .filter(|child| child.name == local_name(&field.name));
                    if field.required && !found.clone().any(|child| !child.is_nil) && found.any(|child| child.is_nil) {
                        let what = "without a value, which the page does not allow";
                        faults.push(format!("{}/{}: {what}", node.name, local_name(&field.name)));
                    }
                    self.each(node, &field.name, &field.value, faults);
                }
                Place::Wrapped(item) => {
                    for wrapper in node
                        .children
                        .iter()
                        .filter(|child| child.name == local_name(&field.name))
                    {
                        self.each(wrapper, item, &field.value, faults);
                    }
                }
                Place::Choice | Place::Choices => {
                    let chosen = field.value.type_name().and_then(|name| self.model.types.get(name));
                    for branch in chosen.into_iter().flat_map(|found| found.kind.fields()) {
                        self.each(node, &branch.name, &branch.value, faults);
                    }
                }
                Place::Attribute | Place::Text => {}
            }
        }
    }
}

fn is_time(text: &str) -> bool {
    let mut parts = text.split('.').next().unwrap_or(text).split(':');
    let is_number = |part: Option<&str>| part.is_some_and(|part| part.len() == 2 && part.parse::<u8>().is_ok());
    is_number(parts.next()) && is_number(parts.next()) && is_number(parts.next()) && parts.next().is_none()
}
