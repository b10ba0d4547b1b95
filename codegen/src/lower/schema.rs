//! The schemas of a page, and what they declare under which name. Together with `interpret` the only module that knows
//! xsd-parser.

use std::borrow::Cow;
use std::collections::BTreeMap;

use xsd_parser::Parser;
use xsd_parser::models::schema::QName;
use xsd_parser::models::schema::xs::{
    AttributeType, ComplexBaseType, ElementType, FormChoiceType, Schema, SchemaContent, SimpleBaseType,
};

use super::split::split;
use super::twins::Twins;
use crate::error::{Error, Result};

/// What .NET declares its own simple types in. The first is never on a page, the second always is.
pub(super) const WSDL_TYPES: &str = "http://microsoft.com/wsdl/types/";
pub(super) const SERIALIZATION: &str = "http://schemas.microsoft.com/2003/10/Serialization/";
pub(super) const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// A namespace and a name in it.
pub(super) type Name = (String, String);

/// A type that a schema declares by name.
#[derive(Clone, Copy)]
pub(super) enum Declared<'a> {
    Simple(&'a SimpleBaseType),
    Complex(&'a ComplexBaseType),
}

/// Everything that the schemas of a page declare by name.
pub(super) struct Declarations<'a> {
    pub(super) types: BTreeMap<Name, (Space<'a>, Declared<'a>)>,
    pub(super) elements: BTreeMap<Name, (Space<'a>, &'a ElementType)>,
    pub(super) attributes: BTreeMap<Name, &'a AttributeType>,
    /// What the types are called: by their local names, where those are distinct.
    pub(super) names: BTreeMap<Name, String>,
}

/// The namespace that a schema declares things in, and whether local elements belong to it.
#[derive(Clone, Copy)]
pub(super) struct Space<'a> {
    pub(super) namespace: &'a str,
    pub(super) qualified: bool,
}

/// How much stack parsing may take: unoptimised, xsd-parser needs some 80 kB for each level, more than a thread has that
/// was not made for it.
const STACK: usize = 16 * 1024 * 1024;

/// Parses each schema for itself: imports between them say nothing that their names do not.
pub(super) fn parse(page: &str, text: &str) -> Result<Vec<Schema>> {
    let schemas = split(page, text)?;
    let parse = || parse_all(page, &schemas);
    let parsed = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, parse);
        thread.map(std::thread::ScopedJoinHandle::join)
    });
    match parsed {
        Ok(Ok(parsed)) => parsed,
        Ok(Err(_)) => Err(Error::new(page, "makes xsd-parser panic: fetch the page again")),
        Err(error) => Err(Error::new(
            page,
            format!("cannot be parsed: no thread can be made for it ({error})"),
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
            let what = format!(
                "schema {} of the page is not one that XML Schema allows ({error}): fetch the page again, and if it \
                 stays so, teach codegen/src/lower to read it",
                at + 1
            );
            Error::new(page, what)
        })?;
        schemas.extend(parsed.finish().schemas().map(|(_, info)| info.schema.clone()));
    }
    Ok(schemas)
}

impl<'a> Declarations<'a> {
    pub(super) fn of(page: &str, schemas: &'a [Schema], twins: &Twins) -> Result<Self> {
        let mut all = Self {
            types: BTreeMap::new(),
            elements: BTreeMap::new(),
            attributes: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        for schema in schemas {
            let namespace = schema.target_namespace.as_deref().unwrap_or_default();
            all.add(page, namespace, schema)?;
        }
        all.names = all
            .types
            .keys()
            .map(|name| (name.clone(), twins.name_of(name)))
            .collect();
        Ok(all)
    }

    fn add(&mut self, page: &str, namespace: &'a str, schema: &'a Schema) -> Result<()> {
        let space = Space {
            namespace,
            qualified: schema.element_form_default == FormChoiceType::Qualified,
        };
        let key = |name: &Option<String>| (namespace.to_owned(), name.clone().unwrap_or_default());
        for content in &schema.content {
            let (name, twice) = match content {
                // .NET's own types are known, whether they are on the page or not.
                SchemaContent::SimpleType(_) | SchemaContent::ComplexType(_)
                    if matches!(namespace, SERIALIZATION | WSDL_TYPES) =>
                {
                    continue;
                }
                SchemaContent::SimpleType(found) => (
                    &found.name,
                    self.types
                        .insert(key(&found.name), (space, Declared::Simple(found)))
                        .is_some(),
                ),
                SchemaContent::ComplexType(found) => (
                    &found.name,
                    self.types
                        .insert(key(&found.name), (space, Declared::Complex(found)))
                        .is_some(),
                ),
                SchemaContent::Element(found) => (
                    &found.name,
                    self.elements.insert(key(&found.name), (space, found)).is_some(),
                ),
                SchemaContent::Attribute(found) => {
                    (&found.name, self.attributes.insert(key(&found.name), found).is_some())
                }
                _ => continue,
            };
            if twice {
                let name = name.as_deref().unwrap_or_default();
                return Err(Error::new(page, format!("declares {name} twice in one namespace")));
            }
        }
        Ok(())
    }
}

/// A name as a schema refers to it.
pub(super) fn name_of(name: &QName) -> Name {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let namespace = name.namespace().map(|namespace| text(&namespace.0)).unwrap_or_default();
    (namespace, text(name.local_name()))
}
