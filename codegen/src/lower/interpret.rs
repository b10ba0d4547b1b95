//! XML Schema → the types of one page, as plain data.

use std::collections::BTreeMap;

use xsd_parser::models::schema::xs::{
    ComplexBaseType, ComplexBaseTypeContent, ElementType, ElementTypeContent, SimpleBaseType,
};

use super::content::{self, Group};
use super::page_types::{Complex, Opaque, PageType, PageTypes, TypeRef};
use super::schema::{self, Declarations, Declared, Name, Space, name_of};
use super::simple::{self, Base, Derived};
use super::twins::Twins;
use crate::error::{Error, Result};
use crate::names;

/// How long a chain of types may be that extend, or stand in, each other.
const LONGEST_CHAIN: usize = 64;

/// Reads the schemas of a page. Which of several global elements is the root, its example says.
pub fn interpret(page: &str, text: &str, example_root: Option<&str>, twins: &Twins) -> Result<PageTypes> {
    let schemas = schema::parse(page, text)?;
    let declarations = Declarations::of(page, &schemas, twins)?;
    let mut reader = PageReader {
        page,
        declarations: &declarations,
        types: BTreeMap::new(),
        aliases: Vec::new(),
        opaque: Vec::new(),
        chain: Vec::new(),
    };
    for name in declarations.types.keys() {
        reader.named(name)?;
    }
    let (root, root_type) = reader.root(example_root)?;
    Ok(PageTypes {
        root,
        root_type,
        types: reader.types,
        aliases: reader.aliases,
        opaque: reader.opaque,
    })
}

/// Reads one page.
pub(super) struct PageReader<'a> {
    pub(super) page: &'a str,
    pub(super) declarations: &'a Declarations<'a>,
    pub(super) types: BTreeMap<String, PageType>,
    aliases: Vec<String>,
    opaque: Vec<Opaque>,
    /// The types that are being read because the one before needs to know them.
    chain: Vec<String>,
}

impl<'a> PageReader<'a> {
    /// What an element holds: a type by name, or one declared in place, which is named after where it stands.
    pub(super) fn element_type(&mut self, place: &str, space: Space<'a>, element: &'a ElementType) -> Result<TypeRef> {
        if let Some(name) = &element.type_ {
            return self.type_ref(place, &name_of(name));
        }
        for content in &element.content {
            match content {
                ElementTypeContent::SimpleType(declared) => return self.simple_in_place(place, declared),
                ElementTypeContent::ComplexType(declared) => {
                    let name = self.free_name(place);
                    self.complex_type(&name, space, declared)?;
                    return Ok(TypeRef::Named(name));
                }
                _ => {}
            }
        }
        Ok(TypeRef::Anything)
    }

    /// A name for a type that is declared in place: after where it stands, or after the element alone, if what it
    /// stands in is called after that.
    pub(super) fn free_name(&self, place: &str) -> String {
        let parts: Vec<String> = place.split('/').map(names::type_name).collect();
        let name = match parts.as_slice() {
            [owner, element] if *owner == format!("ArrayOf{element}") => element.clone(),
            _ => parts.concat(),
        };
        let is_taken =
            |name: &str| self.types.contains_key(name) || self.declarations.names.values().any(|taken| taken == name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        candidates.find(|name| !is_taken(name)).unwrap_or(name)
    }

    /// What stands under a name.
    pub(super) fn type_ref(&mut self, place: &str, name: &Name) -> Result<TypeRef> {
        if let Some(built_in) = simple::built_in(name) {
            return Ok(built_in);
        }
        match self.declarations.types.get(name) {
            Some((_, Declared::Complex(_))) => Ok(TypeRef::Named(self.declarations.names[name].clone())),
            Some((_, Declared::Simple(declared))) => {
                let of_page = self.declarations.names[name].clone();
                self.simple(&of_page, place, declared)
            }
            None => Err(self.error(format!(
                "`{place}` is of the type {}, which is neither on the page nor part of XML Schema: fetch the page \
                 again, or add the type in codegen/src/lower/simple.rs",
                expanded(&name.0, &name.1)
            ))),
        }
    }

    pub(super) fn simple_in_place(&mut self, place: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        let name = self.free_name(place);
        self.simple(&name, place, declared)
    }

    fn simple(&mut self, name: &str, place: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        self.in_chain(name, |reader| match simple::derived(declared) {
            Derived::Enumeration(values) => {
                reader.types.insert(name.to_owned(), PageType::Enumeration(values));
                Ok(TypeRef::Named(name.to_owned()))
            }
            Derived::Same(base) => reader.base(place, base),
            Derived::List(Base::InPlace(item)) => match simple::derived(item) {
                Derived::Enumeration(values) => {
                    reader.types.insert(name.to_owned(), PageType::Flags(values));
                    Ok(TypeRef::Tokens(Box::new(TypeRef::Named(name.to_owned()))))
                }
                _ => Ok(TypeRef::Tokens(Box::new(reader.simple_in_place(place, item)?))),
            },
            Derived::List(base) => Ok(TypeRef::Tokens(Box::new(reader.base(place, base)?))),
            Derived::Union => Ok(TypeRef::Primitive(crate::model::Primitive::String)),
        })
    }

    fn base(&mut self, place: &str, base: Base<'a>) -> Result<TypeRef> {
        match base {
            Base::Named(name) => self.type_ref(place, &name),
            Base::InPlace(declared) => self.simple_in_place(place, declared),
        }
    }

    fn named(&mut self, name: &Name) -> Result<()> {
        let of_page = self.declarations.names[name].clone();
        match self.declarations.types[name] {
            (_, Declared::Simple(declared)) => {
                self.simple(&of_page, &of_page, declared)?;
                if !self.types.contains_key(&of_page) {
                    self.aliases.push(of_page);
                }
                Ok(())
            }
            (space, Declared::Complex(declared)) => self.complex_type(&of_page, space, declared),
        }
    }

    pub(super) fn complex_type(&mut self, name: &str, space: Space<'a>, declared: &'a ComplexBaseType) -> Result<()> {
        if self.types.contains_key(name) {
            return Ok(());
        }
        let complex = self.in_chain(name, |reader| reader.complex(name, space, declared))?;
        self.types.insert(name.to_owned(), PageType::Complex(complex));
        Ok(())
    }

    /// Reads something that may need to read other types first, but never itself.
    fn in_chain<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.chain.iter().any(|above| above == name) {
            return Err(self.error(format!("the type {name} extends itself, so nothing can be of it")));
        }
        if self.chain.len() >= LONGEST_CHAIN {
            return Err(self.error(format!(
                "the type {name} stands at the end of more than {LONGEST_CHAIN} types that extend each other"
            )));
        }
        self.chain.push(name.to_owned());
        let outcome = read(self);
        self.chain.pop();
        outcome
    }

    fn complex(&mut self, name: &str, space: Space<'a>, declared: &'a ComplexBaseType) -> Result<Complex> {
        let mut complex = Complex {
            is_abstract: declared.abstract_,
            wire_name: expanded(space.namespace, declared.name.as_deref().unwrap_or(name)),
            ..Complex::default()
        };
        let mut is_mixed = declared.mixed == Some(true);
        for part in &declared.content {
            match part {
                ComplexBaseTypeContent::Sequence(group) | ComplexBaseTypeContent::All(group) => {
                    content::add(self, name, space, Group::all(group), &mut complex.content)?;
                }
                ComplexBaseTypeContent::Choice(group) => {
                    content::add(self, name, space, Group::one_of(group), &mut complex.content)?;
                }
                ComplexBaseTypeContent::Attribute(attribute) => {
                    content::add_attribute(self, name, attribute, &mut complex.attributes)?;
                }
                ComplexBaseTypeContent::AnyAttribute(_) => self.any_attribute(name),
                ComplexBaseTypeContent::ComplexContent(found) => {
                    is_mixed |= found.mixed == Some(true);
                    for derivation in &found.content {
                        self.derive(name, space, derivation, &mut complex)?;
                    }
                }
                ComplexBaseTypeContent::SimpleContent(found) => {
                    for derivation in &found.content {
                        self.hold_text(name, space, derivation, &mut complex)?;
                    }
                }
                ComplexBaseTypeContent::Annotation(_) | ComplexBaseTypeContent::Assert(_) => {}
                ComplexBaseTypeContent::Group(_)
                | ComplexBaseTypeContent::AttributeGroup(_)
                | ComplexBaseTypeContent::OpenContent(_) => return Err(self.group(name)),
            }
        }
        if is_mixed {
            self.pass_over(&format!("{name}/text()"), "text between elements");
        }
        Ok(complex)
    }

    /// Notes what will be passed over.
    pub(super) fn pass_over(&mut self, place: &str, why: &str) {
        self.opaque.push(Opaque {
            place: format!("{}: {place}", self.page),
            why: why.to_owned(),
        });
    }

    pub(super) fn error(&self, what: String) -> Error {
        Error::new(self.page, what)
    }
}

/// `{urn:x}Name`, or the name alone where there is no namespace.
pub(super) fn expanded(namespace: &str, name: &str) -> String {
    match namespace {
        "" => name.to_owned(),
        _ => format!("{{{namespace}}}{name}"),
    }
}
