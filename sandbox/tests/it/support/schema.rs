//! The vendored schema of an operation's response: which fields its types have, and validation with libxml2's xmllint.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The types of a response by name, and the type of its root, which may be a built-in one.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    root: String,
    types: BTreeMap<String, Type>,
}

#[derive(Debug, Default)]
struct Type {
    base: Option<String>,
    /// The types of the elements by name.
    elements: BTreeMap<String, String>,
    attributes: BTreeSet<String>,
}

/// Returns the only `xs:schema` of a page, without the elements around it.
fn document(operation: &str) -> String {
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
                Event::Start(tag) | Event::Empty(tag) => schema.add(&tag, &mut current),
                Event::Eof => return schema,
                _ => {}
            }
        }
    }

    /// Adds what a tag of the schema declares. `current` is the type that is being read.
    fn add(&mut self, tag: &BytesStart<'_>, current: &mut String) {
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

    /// Returns all fields as `Type/Element` and `Type/@attribute`. Fields of a base type are listed for each derived type.
    pub(crate) fn fields(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        for name in self.reachable() {
            for part in self.with_bases(name) {
                fields.extend(part.elements.keys().map(|element| format!("{name}/{element}")));
                fields.extend(part.attributes.iter().map(|attribute| format!("{name}/@{attribute}")));
            }
        }
        fields
    }

    /// Returns the types that an element can have, which excludes those that are only extended.
    fn reachable(&self) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut next = vec![self.root.as_str()];
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                let parts = self.with_bases(name);
                next.extend(parts.flat_map(|part| part.elements.values().map(String::as_str)));
            }
        }
        reached
    }

    /// Returns the fields that have a value in a body.
    pub(crate) fn used(&self, body: &str) -> BTreeSet<String> {
        let mut used = BTreeSet::new();
        let mut reader = Reader::from_str(body);
        // The field and the type of each open element.
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

    /// Returns the field and the type of an element. Marks its parent as used, and itself if it has attributes.
    fn enter(&self, tag: &BytesStart<'_>, open: &[(String, String)], used: &mut BTreeSet<String>) -> (String, String) {
        let Some((parent_field, parent)) = open.last() else {
            return (String::new(), self.root.clone());
        };
        let name = tag.local_name().as_ref().to_owned();
        let found = self.with_bases(parent).find_map(|part| part.elements.get(&name));
        let of = found.unwrap_or_else(|| panic!("{parent} has no {name}")).clone();
        let field = format!("{parent}/{name}");
        used.insert(parent_field.clone());
        for attribute in tag.attributes().map(|attribute| attribute.expect("an attribute")) {
            used.insert(field.clone());
            used.insert(format!("{of}/@{}", attribute.key.as_ref()));
        }
        (field, of)
    }

    /// Returns a type and those that it extends. A built-in type has none.
    fn with_bases(&self, name: &str) -> impl Iterator<Item = &Type> {
        let base = |derived: &&Type| derived.base.as_ref().and_then(|base| self.types.get(base));
        std::iter::successors(self.types.get(name), base)
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).expect("an attribute");
    found.map(|attribute| attribute.value.to_string())
}

/// Returns whether xmllint is installed. If it is not, prints which test did not run.
pub(crate) fn has_validator(test: &str) -> bool {
    match Command::new("xmllint").arg("--version").output() {
        Ok(_) => true,
        Err(error) => {
            let message = format!("NOT RUN: {test} needs xmllint (package libxml2-utils): {error}");
            writeln!(std::io::stderr(), "{message}").expect("standard error");
            false
        }
    }
}

/// Validates bodies of an operation with xmllint. Returns its errors, if there are any.
pub(crate) fn validation_errors(operation: &str, bodies: &[String]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("response.xsd");
    fs::write(&schema, document(operation)).expect("a file");
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]).arg(&schema);
    for (number, body) in bodies.iter().enumerate() {
        let file = folder.path().join(format!("{number}.xml"));
        fs::write(&file, body).expect("a file");
        command.arg(file);
    }
    let output = command.output().expect("xmllint runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(errors)
}
