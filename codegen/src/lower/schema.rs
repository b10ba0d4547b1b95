//! Parses the schemas of a page, and indexes what they declare by name.
//!
//! Only this module and the interpreter depend on xsd-parser.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use xsd_parser::Parser;
use xsd_parser::models::schema::QName;
use xsd_parser::models::schema::xs::{
    AttributeGroupType, AttributeType, ComplexBaseType, ElementType, FormChoiceType, GroupType, Schema, SchemaContent,
    SimpleBaseType,
};

use super::annotations;
use super::split_schemas::{self, split_schemas};
use crate::error::{Error, Result};
use crate::names;

/// The namespaces of .NET's own simple types. The first is never on a page, the second always is.
pub(super) const WSDL_TYPES: &str = "http://microsoft.com/wsdl/types/";
pub(super) const SERIALIZATION: &str = "http://schemas.microsoft.com/2003/10/Serialization/";
pub(super) const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// A namespace and a local name.
pub(super) type Name = (String, String);

/// Returns the name that a schema refers to.
pub(super) fn name_of(name: &QName) -> Name {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let namespace = name.namespace().map(|namespace| text(&namespace.0)).unwrap_or_default();
    (namespace, text(name.local_name()))
}

/// The stack size for parsing. Without optimizations, xsd-parser needs 80 kB per level of elements, more than the
/// default stack of a thread has.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Parses each schema of a page on its own. Imports are not followed: names alone resolve references between schemas.
pub(super) fn parse(page: &str, text: &str) -> Result<Vec<Schema>> {
    // The limits of the page apply to what it is, and to what is parsed.
    split_schemas::check_page(page, text)?;
    let text = annotations::keep_references(text);
    let schemas = split_schemas(page, &text)?;
    let parse = || parse_all(page, &schemas);
    let parsed = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_SIZE)
            .spawn_scoped(scope, parse);
        thread.map(std::thread::ScopedJoinHandle::join)
    });
    match parsed {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(_)) => Err(Error::new(page, "xsd-parser panicked. Fetch the page again")),
        Err(error) => Err(Error::new(
            page,
            format!("cannot start a thread to parse the page: {error}"),
        )),
    }
}

fn parse_all(page: &str, texts: &[Cow<'_, str>]) -> Result<Vec<Schema>> {
    let mut schemas = Vec::new();
    for (at, schema) in texts.iter().enumerate() {
        let parsed = Parser::new().resolve_includes(false).add_schema_from_str(schema);
        let parsed = parsed.map_err(|error| {
            let error = error.to_string();
            let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
            let error: String = error.chars().take(300).collect();
            let description = format!(
                "schema {} of the page is not valid XML Schema ({error}). Fetch the page again; if the error remains, \
                 add a rule for it in codegen/src/lower",
                at + 1
            );
            Error::new(page, description)
        })?;
        schemas.extend(parsed.finish().schemas().map(|(_, info)| info.schema.clone()));
    }
    Ok(schemas)
}

/// A type that a schema declares by name.
#[derive(Clone, Copy)]
pub(super) enum Declared<'a> {
    Simple(&'a SimpleBaseType),
    Complex(&'a ComplexBaseType),
}

/// The namespace of a schema, and whether its local elements and attributes are in that namespace.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) namespace: &'a str,
    pub(super) qualified: bool,
    pub(super) qualified_attributes: bool,
}

/// Everything that the schemas of a page declare by name.
pub(super) struct Declarations<'a> {
    pub(super) types: BTreeMap<Name, (Scope<'a>, Declared<'a>)>,
    pub(super) elements: BTreeMap<Name, (Scope<'a>, &'a ElementType)>,
    /// The elements that can replace others directly, by those.
    members: BTreeMap<Name, Vec<Name>>,
    pub(super) attributes: BTreeMap<Name, (Scope<'a>, &'a AttributeType)>,
    pub(super) groups: BTreeMap<Name, (Scope<'a>, &'a GroupType)>,
    pub(super) attribute_groups: BTreeMap<Name, (Scope<'a>, &'a AttributeGroupType)>,
    /// The names that the types have in the model.
    pub(super) type_names: BTreeMap<Name, String>,
}

impl<'a> Declarations<'a> {
    pub(super) fn of_schemas(page: &str, schemas: &'a [Schema], names: &NamespaceNames) -> Result<Self> {
        let mut all = Self {
            types: BTreeMap::new(),
            elements: BTreeMap::new(),
            members: BTreeMap::new(),
            attributes: BTreeMap::new(),
            groups: BTreeMap::new(),
            attribute_groups: BTreeMap::new(),
            type_names: BTreeMap::new(),
        };
        for schema in schemas {
            all.add(page, schema)?;
        }
        all.index_members();
        let types = all.types.keys();
        all.type_names = types.map(|name| (name.clone(), names.name_of(name))).collect();
        Ok(all)
    }

    fn add(&mut self, page: &str, schema: &'a Schema) -> Result<()> {
        let scope = Scope {
            namespace: schema.target_namespace.as_deref().unwrap_or_default(),
            qualified: schema.element_form_default == FormChoiceType::Qualified,
            qualified_attributes: schema.attribute_form_default == FormChoiceType::Qualified,
        };
        let key = |name: &Option<String>| (scope.namespace.to_owned(), name.clone().unwrap_or_default());
        for content in &schema.content {
            let (name, is_duplicate) = match content {
                // .NET's own types are built in, whether they are on the page or not.
                SchemaContent::SimpleType(_) | SchemaContent::ComplexType(_)
                    if matches!(scope.namespace, SERIALIZATION | WSDL_TYPES) =>
                {
                    continue;
                }
                SchemaContent::SimpleType(found) => {
                    let declared = (scope, Declared::Simple(found));
                    (&found.name, self.types.insert(key(&found.name), declared).is_some())
                }
                SchemaContent::ComplexType(found) => {
                    let declared = (scope, Declared::Complex(found));
                    (&found.name, self.types.insert(key(&found.name), declared).is_some())
                }
                SchemaContent::Element(found) => {
                    let declared = (scope, found);
                    (&found.name, self.elements.insert(key(&found.name), declared).is_some())
                }
                // .NET's own attributes refer to objects that are written once. They are not read.
                SchemaContent::Attribute(_) if scope.namespace == SERIALIZATION => continue,
                SchemaContent::Attribute(found) => {
                    let declared = (scope, found);
                    (
                        &found.name,
                        self.attributes.insert(key(&found.name), declared).is_some(),
                    )
                }
                SchemaContent::Group(found) => {
                    let declared = (scope, found);
                    (&found.name, self.groups.insert(key(&found.name), declared).is_some())
                }
                SchemaContent::AttributeGroup(found) => {
                    let declared = (scope, found);
                    let key = key(&found.name);
                    (&found.name, self.attribute_groups.insert(key, declared).is_some())
                }
                _ => continue,
            };
            if is_duplicate {
                let name = name.as_deref().unwrap_or_default();
                return Err(Error::new(page, format!("declares {name} twice in one namespace")));
            }
        }
        Ok(())
    }
}

impl<'a> Declarations<'a> {
    /// Returns the elements that can replace another one: its substitution group, and the groups of its members.
    pub(super) fn substitutes(&self, head: &Name) -> Vec<(Name, Scope<'a>, &'a ElementType)> {
        let (mut heads, mut found) = (vec![head], Vec::new());
        let mut seen = BTreeSet::from([head]);
        while let Some(head) = heads.pop() {
            for name in self.members.get(head).into_iter().flatten() {
                if let Some((scope, element)) = self.elements.get(name)
                    && seen.insert(name)
                {
                    heads.push(name);
                    found.push((name.clone(), *scope, *element));
                }
            }
        }
        found.retain(|(.., element)| !element.abstract_);
        found
    }

    /// Indexes the substitution groups by their heads.
    fn index_members(&mut self) {
        for (name, (_, element)) in &self.elements {
            for head in element.substitution_group.iter().flat_map(|groups| &groups.0) {
                self.members.entry(name_of(head)).or_default().push(name.clone());
            }
        }
    }
}

/// Names for types that have the same local name in several namespaces. They are the same on all pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamespaceNames(BTreeMap<Name, String>);

impl NamespaceNames {
    /// Names the types that the schemas of some pages declare. Pages with malformed XML are skipped.
    pub(super) fn of_pages<'a>(pages: impl Iterator<Item = &'a str>) -> Self {
        let mut namespaces: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (namespace, name) in pages.flat_map(declared_types) {
            namespaces.entry(name).or_default().insert(namespace);
        }
        let mut names = BTreeMap::new();
        for (name, namespaces) in namespaces.into_iter().filter(|(_, namespaces)| namespaces.len() > 1) {
            for (namespace, suffix) in namespace_suffixes(&namespaces) {
                names.insert((namespace, name.clone()), format!("{name}{suffix}"));
            }
        }
        Self(names)
    }

    /// Returns the name of a type in the model: its local name, unless another namespace declares the same.
    pub(super) fn name_of(&self, name: &Name) -> String {
        self.0.get(name).unwrap_or(&name.1).clone()
    }
}

/// Returns a suffix for each namespace: its last segments, as many as make all suffixes different.
///
/// The empty namespace has an empty suffix.
fn namespace_suffixes(namespaces: &BTreeSet<String>) -> Vec<(String, String)> {
    let suffix = |namespace: &str, count: usize| -> String {
        let segments = namespace.split(['/', ':', '#']).filter(|segment| !segment.is_empty());
        let segments: Vec<&str> = segments.collect();
        let last = &segments[segments.len().saturating_sub(count)..];
        last.iter().map(|segment| names::upper_camel(segment)).collect()
    };
    let suffixes = |count: usize| {
        let namespaces = namespaces.iter();
        namespaces.map(move |namespace| (namespace.clone(), suffix(namespace, count)))
    };
    let lengths = namespaces.iter().map(|name| name.split(['/', ':', '#']).count());
    let longest = lengths.max().unwrap_or(1);
    let shortest_distinct = (1..longest).find(|count| {
        let distinct: BTreeSet<String> = suffixes(*count).map(|(_, suffix)| suffix.to_lowercase()).collect();
        distinct.len() == namespaces.len()
    });
    suffixes(shortest_distinct.unwrap_or(longest)).collect()
}

/// Returns the types that the schemas of a page declare by name.
fn declared_types(page: &str) -> BTreeSet<Name> {
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
        // The root is at depth 0, its schemas at 1, their named types at 2.
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
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.as_ref() == name)?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
