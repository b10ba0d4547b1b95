//! The schema of an operation's response, as far as the tests need it: which fields its types have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The types of a response by name, and the type of its root; the latter may be a built-in one.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    root: String,
    types: BTreeMap<String, Type>,
}

#[derive(Debug, Default)]
struct Type {
    base: Option<String>,
    /// Names and types.
    elements: BTreeMap<String, String>,
    attributes: BTreeSet<String>,
}

/// The one `xs:schema` of a page, without the element around it.
pub(crate) fn document(operation: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("pages/{operation}/response.xsd"));
    let page = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let end = "</xs:schema>";
    assert_eq!(page.matches(end).count(), 1, "{operation} has more than one schema");
    let (from, to) = (
        page.find("<xs:schema").expect("a start"),
        page.find(end).expect("an end"),
    );
    page[from..to + end.len()].to_owned()
}

impl Schema {
    pub(crate) fn of(operation: &str) -> Self {
        let document = document(operation);
        let mut reader = Reader::from_str(&document);
        let (mut schema, mut current) = (Self::default(), String::new());
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(tag) | Event::Empty(tag) => schema.note(&tag, &mut current),
                Event::Eof => return schema,
                _ => {}
            }
        }
    }

    fn note(&mut self, tag: &BytesStart<'_>, current: &mut String) {
        let value = |name: &str| attribute(tag, name);
        let own = self.types.get_mut(current.as_str());
        match (tag.local_name().as_ref(), own) {
            ("complexType", _) => {
                *current = value("name").expect("a type has a name");
                self.types.insert(current.clone(), Type::default());
            }
            ("element", None) => self.root = value("type").expect("the root has a type"),
            ("element", Some(own)) => {
                let (name, of) = (value("name").expect("a name"), value("type").expect("a type"));
                own.elements.insert(name, of);
            }
            ("attribute", Some(own)) => {
                own.attributes.insert(value("name").expect("a name"));
            }
            ("extension", Some(own)) => own.base = value("base"),
            _ => {}
        }
    }

    /// All fields, as `Type/Element` and `Type/@attribute`, those of a base type once for each type that has them.
    pub(crate) fn fields(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        for name in self.reachable() {
            for one in self.lineage(name) {
                fields.extend(one.elements.keys().map(|element| format!("{name}/{element}")));
                fields.extend(one.attributes.iter().map(|attribute| format!("{name}/@{attribute}")));
            }
        }
        fields
    }

    /// The types that an element may have: all but those that others only extend.
    fn reachable(&self) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut next = vec![self.root.as_str()];
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                next.extend(
                    self.lineage(name)
                        .flat_map(|one| one.elements.values().map(String::as_str)),
                );
            }
        }
        reached
    }

    /// The fields that say something in this body.
    pub(crate) fn used(&self, body: &str) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        let mut reader = Reader::from_str(body);
        // The open elements: each one's field and type.
        let mut open: Vec<(String, String)> = Vec::new();
        loop {
            match reader.read_event().expect("XML") {
                Event::Start(tag) => {
                    let opened = self.enter(&tag, &open, &mut used);
                    open.push(opened);
                }
                Event::Empty(tag) => drop(self.enter(&tag, &open, &mut used)),
                Event::Text(text) if !text.is_empty() => used.extend(open.last().map(|(field, _)| field.clone())),
                Event::End(_) => drop(open.pop()),
                Event::Eof => return used,
                _ => {}
            }
        }
    }

    /// The field and the type of an element. One with attributes says something, and so does what it stands in.
    fn enter(&self, tag: &BytesStart<'_>, open: &[(String, String)], used: &mut BTreeSet<String>) -> (String, String) {
        let Some((parent_field, parent)) = open.last() else {
            return (String::new(), self.root.clone());
        };
        let name = tag.local_name().as_ref().to_owned();
        let found = self.lineage(parent).find_map(|one| one.elements.get(&name));
        let of = found.unwrap_or_else(|| panic!("{parent} has no {name}")).clone();
        let field = format!("{parent}/{name}");
        used.insert(parent_field.clone());
        for attribute in tag.attributes().map(|attribute| attribute.expect("an attribute")) {
            used.insert(field.clone());
            used.insert(format!("{of}/@{}", attribute.key.as_ref()));
        }
        (field, of)
    }

    /// A type and those that it extends; nothing for a built-in one.
    fn lineage(&self, name: &str) -> impl Iterator<Item = &Type> {
        let base = |one: &&Type| one.base.as_ref().and_then(|base| self.types.get(base));
        std::iter::successors(self.types.get(name), base)
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).expect("an attribute");
    found.map(|attribute| attribute.value.to_string())
}
