//! Types of one name in several namespaces, on whatever page: what each is called, the same on all pages.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::schema::{Name, SERIALIZATION, WSDL_TYPES};
use crate::names;

/// What types are called that share their local name with others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Twins(BTreeMap<Name, String>);

impl Twins {
    /// What a type is called.
    pub(super) fn name_of(&self, name: &Name) -> String {
        self.0.get(name).unwrap_or(&name.1).clone()
    }

    /// Gives names to the types that the schemas of some pages declare. Pages that cannot be read are not looked at.
    pub fn of<'a>(pages: impl Iterator<Item = &'a str>) -> Self {
        let mut spaces: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for page in pages {
            for (namespace, name) in declared(page) {
                spaces.entry(name).or_default().insert(namespace);
            }
        }
        let mut names = BTreeMap::new();
        for (name, spaces) in spaces.into_iter().filter(|(_, spaces)| spaces.len() > 1) {
            for (namespace, suffix) in suffixes(&spaces) {
                names.insert((namespace, name.clone()), format!("{name}{suffix}"));
            }
        }
        Self(names)
    }
}

/// The last parts of each namespace, as many as tell them all apart. Where there is no namespace, nothing is needed.
fn suffixes(spaces: &BTreeSet<String>) -> Vec<(String, String)> {
    let parts = |namespace: &str, count: usize| -> String {
        let parts: Vec<&str> = namespace
            .split(['/', ':', '#'])
            .filter(|part| !part.is_empty())
            .collect();
        parts[parts.len().saturating_sub(count)..]
            .iter()
            .map(|part| names::camel(part))
            .collect()
    };
    let suffixes = |count: usize| spaces.iter().map(move |space| (space.clone(), parts(space, count)));
    let longest = spaces.iter().map(|space| space.split(['/', ':', '#']).count()).max();
    let longest = longest.unwrap_or(1);
    let told_apart = (1..longest).find(|count| {
        let different: BTreeSet<String> = suffixes(*count).map(|(_, suffix)| suffix.to_lowercase()).collect();
        different.len() == spaces.len()
    });
    suffixes(told_apart.unwrap_or(longest)).collect()
}

/// The types that the schemas of a page declare by name.
fn declared(page: &str) -> BTreeSet<Name> {
    let mut reader = Reader::from_str(page.trim_start_matches('\u{FEFF}'));
    let (mut declared, mut namespace, mut depth) = (BTreeSet::new(), String::new(), 0);
    loop {
        let (tag, opens) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, true),
            Ok(Event::Empty(tag)) => (tag, false),
            Ok(Event::End(_)) => {
                depth -= 1;
                continue;
            }
            Ok(Event::Eof) | Err(_) => return declared,
            Ok(_) => continue,
        };
        if depth == 1 {
            namespace = attribute(&tag, "targetNamespace").unwrap_or_default();
        } else if depth == 2
            && matches!(tag.local_name().as_ref(), "complexType" | "simpleType")
            && !matches!(namespace.as_str(), SERIALIZATION | WSDL_TYPES)
        {
            declared.extend(attribute(&tag, "name").map(|name| (namespace.clone(), name)));
        }
        depth += i64::from(opens);
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)?;
    Some(
        found
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .ok()?
            .into_owned(),
    )
}
