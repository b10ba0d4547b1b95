//! Groups changes of namespaces: one attribute of a schema changes every element that it declares.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;

/// The changes of namespaces, by their cause: the body, and the namespaces before and after.
#[derive(Default)]
pub(super) struct Namespaces(BTreeMap<Cause, Group>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    body: String,
    was: String,
    is: String,
}

#[derive(Default)]
struct Group {
    /// Whether the root element, or the items below it, are among the changed ones, and the operation in Rust.
    elements: BTreeMap<BodyElement, String>,
    /// The names that changed, by the type that has them, which also has this many others.
    parts: BTreeMap<String, Parts>,
    breaks_wire: bool,
}

/// An element that a body names itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BodyElement {
    Root,
    Items,
}

#[derive(Default)]
struct Parts {
    names: BTreeSet<String>,
    total: usize,
    rust: BTreeMap<String, String>,
    rust_type: String,
}

/// A name whose namespace changed.
pub(super) struct Renamed<'a> {
    pub(super) body: &'a str,
    pub(super) was: Option<&'a str>,
    pub(super) is: Option<&'a str>,
    pub(super) breaks_wire: bool,
}

impl Namespaces {
    /// Adds an element that a body names itself.
    pub(super) fn add_element(&mut self, renamed: &Renamed<'_>, element: BodyElement, rust: &str) {
        self.group(renamed).elements.insert(element, rust.to_owned());
    }

    /// Adds a part of a type that has `total` parts of the same kind.
    pub(super) fn add_part(
        &mut self,
        renamed: &Renamed<'_>,
        (owner, name): (&str, &str),
        total: usize,
        (rust_type, rust): (String, String),
    ) {
        let parts = self.group(renamed).parts.entry(owner.to_owned()).or_default();
        parts.names.insert(name.to_owned());
        parts.total = total;
        parts.rust.insert(name.to_owned(), rust);
        parts.rust_type = rust_type;
    }

    fn group(&mut self, renamed: &Renamed<'_>) -> &mut Group {
        let text = |namespace: Option<&str>| namespace.unwrap_or_default().to_owned();
        let group = self.0.entry(Cause {
            body: renamed.body.to_owned(),
            was: text(renamed.was),
            is: text(renamed.is),
        });
        let group = group.or_default();
        group.breaks_wire |= renamed.breaks_wire;
        group
    }

    /// Returns a change for each cause.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let groups = self.0.into_iter();
        groups.flat_map(|(cause, group)| group.into_changes(&cause)).collect()
    }
}

impl Group {
    fn into_changes(self, cause: &Cause) -> Vec<Change> {
        let (was, is) = (shown(&cause.was), shown(&cause.is));
        let change = |place: String, subject: &str, verb: (&str, &str), rust: String| Change {
            place,
            what: format!("{subject} {} {was} and {} {is}", verb.0, verb.1),
            breaks_crate: false,
            breaks_wire: self.breaks_wire,
            rust,
        };
        let (single, several) = (("was in", "is in"), ("were in", "are in"));
        let owners: Vec<&str> = self.parts.keys().map(String::as_str).collect();
        let [owner] = owners.as_slice() else {
            return vec![self.of_body(cause, change, &owners)];
        };
        if !self.elements.is_empty() {
            return vec![self.of_body(cause, change, &owners)];
        }
        let parts = &self.parts[*owner];
        if parts.names.len() > 1 && parts.names.len() == parts.total {
            let rust = parts.rust_type.clone();
            return vec![change((*owner).to_owned(), "its names", several, rust)];
        }
        let of_name = |name: &String| {
            let rust = parts.rust.get(name).cloned().unwrap_or_default();
            change(format!("{owner}/{name}"), "it", single, rust)
        };
        parts.names.iter().map(of_name).collect()
    }

    /// Returns the one change of a body whose elements, or several of whose types, are among the changed ones.
    fn of_body(
        &self,
        cause: &Cause,
        change: impl Fn(String, &str, (&str, &str), String) -> Change,
        owners: &[&str],
    ) -> Change {
        let elements = self.elements.keys().map(|element| match element {
            BodyElement::Root => "the root element".to_owned(),
            BodyElement::Items => "the items".to_owned(),
        });
        let names = (!owners.is_empty()).then(|| format!("the names in {}", owners.join(", ")));
        let subjects: Vec<String> = elements.chain(names).collect();
        let verb = match self.elements.keys().next() {
            Some(BodyElement::Root) if subjects.len() == 1 => ("was in", "is in"),
            _ => ("were in", "are in"),
        };
        let of_type = self.parts.values().next().map(|parts| &parts.rust_type);
        let rust = self.elements.values().next().or(of_type).cloned().unwrap_or_default();
        change(cause.body.clone(), &enumeration(&subjects), verb, rust)
    }
}

/// Joins subjects: `a`, `a and b`, `a, b and c`.
fn enumeration(subjects: &[String]) -> String {
    match subjects {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn shown(namespace: &str) -> String {
    if namespace.is_empty() {
        "no namespace".to_owned()
    } else {
        format!("the namespace {namespace}")
    }
}
