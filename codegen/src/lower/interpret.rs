//! XML Schema → the types of one page, as plain data.

use std::collections::BTreeMap;

use xsd_parser::models::schema::xs::{
    ComplexBaseType, ComplexBaseTypeContent, ComplexContentContent, ElementType, ElementTypeContent, ExtensionType,
    ExtensionTypeContent, RestrictionTypeContent, SimpleBaseType, SimpleContentContent,
};

use super::content::{self, Group};
use super::page_types::{Complex, Opaque, PageType, PageTypes, Particle, TypeRef};
use super::schema::{self, Declarations, Declared, Name, SERIALIZATION, Space, name_of};
use super::simple::{self, Base, Derived};
use super::twins::Twins;
use crate::error::{Error, Result};
use crate::model::local_name;
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
    types: BTreeMap<String, PageType>,
    aliases: Vec<String>,
    opaque: Vec<Opaque>,
    /// The types that are being read because the one before needs to know them.
    chain: Vec<String>,
}

impl<'a> PageReader<'a> {
    fn root(&mut self, example: Option<&str>) -> Result<(String, TypeRef)> {
        let all: Vec<(&Name, Space<'a>, &'a ElementType)> = self
            .declarations
            .elements
            .iter()
            .map(|(name, (space, element))| (name, *space, *element))
            .collect();
        let of_example = example.and_then(|example| {
            let is_example = |name: &Name| expanded(&name.0, &name.1) == example;
            let is_called_so = |name: &Name| name.1 == local_name(example);
            let exact = all.iter().find(|(name, ..)| is_example(name));
            exact.or_else(|| all.iter().find(|(name, ..)| is_called_so(name)))
        });
        // Of .NET's own elements one is the root only where the example says so.
        let own: Vec<_> = all.iter().filter(|(name, ..)| name.0 != SERIALIZATION).collect();
        let unused: Vec<_> = own
            .iter()
            .copied()
            .filter(|(_, _, element)| !self.is_used(element))
            .collect();
        let (name, space, element) = match (own.as_slice(), of_example, unused.as_slice()) {
            (_, Some(of_example), _) => of_example,
            ([only], ..) | (_, _, [only]) => only,
            _ => {
                let names: Vec<&str> = own.iter().map(|((_, name), ..)| name.as_str()).collect();
                let what = match names.is_empty() {
                    true => "declares no root element: fetch the page again; if it stays so, the service describes \
                             nothing here"
                        .to_owned(),
                    false => format!(
                        "declares {} root elements ({}), and no example tells which of them is meant: fetch the \
                         example page beside it",
                        names.len(),
                        names.join(", ")
                    ),
                };
                return Err(self.error(what));
            }
        };
        let type_ref = self.element_type(&name.1, *space, element)?;
        Ok((expanded(&name.0, &name.1), type_ref))
    }

    /// Whether the type of a global element stands in another type, as those of wrappers and parts do.
    fn is_used(&self, element: &ElementType) -> bool {
        let Some(name) = element.type_.as_ref().map(name_of) else {
            return false;
        };
        let Some(name) = self.declarations.names.get(&name) else {
            return true;
        };
        let others = self.types.iter().filter(|(other, _)| *other != name);
        others.into_iter().any(|(_, found)| refers_to(found, name))
    }

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

    fn free_name(&self, place: &str) -> String {
        let name: String = place.split('/').map(names::type_name).collect();
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

    fn complex_type(&mut self, name: &str, space: Space<'a>, declared: &'a ComplexBaseType) -> Result<()> {
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

    fn derive(
        &mut self,
        name: &str,
        space: Space<'a>,
        derivation: &'a ComplexContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            ComplexContentContent::Annotation(_) => Ok(()),
            ComplexContentContent::Extension(extension) => self.extend(name, space, extension, complex),
            ComplexContentContent::Restriction(restriction) => {
                for part in &restriction.content {
                    match part {
                        RestrictionTypeContent::Sequence(group) | RestrictionTypeContent::All(group) => {
                            content::add(self, name, space, Group::all(group), &mut complex.content)?;
                        }
                        RestrictionTypeContent::Choice(group) => {
                            content::add(self, name, space, Group::one_of(group), &mut complex.content)?;
                        }
                        RestrictionTypeContent::Attribute(attribute) => {
                            content::add_attribute(self, name, attribute, &mut complex.attributes)?;
                        }
                        RestrictionTypeContent::AnyAttribute(_) => self.any_attribute(name),
                        _ => {}
                    }
                }
                Ok(())
            }
        }
    }

    /// Takes over what the base has, and adds what is new.
    fn extend(
        &mut self,
        name: &str,
        space: Space<'a>,
        extension: &'a ExtensionType,
        complex: &mut Complex,
    ) -> Result<()> {
        match self.base_of(name, &name_of(&extension.base))? {
            TypeRef::Named(base) => {
                if let Some(PageType::Complex(found)) = self.types.get(&base).cloned() {
                    complex.attributes.extend(found.attributes);
                    complex.content.extend(found.content);
                    complex.text = found.text;
                    complex.base = Some(base);
                } else {
                    complex.text = Some(TypeRef::Named(base));
                }
            }
            TypeRef::Anything => {}
            simple => complex.text = Some(simple),
        }
        for part in &extension.content {
            match part {
                ExtensionTypeContent::Sequence(group) | ExtensionTypeContent::All(group) => {
                    content::add(self, name, space, Group::all(group), &mut complex.content)?;
                }
                ExtensionTypeContent::Choice(group) => {
                    content::add(self, name, space, Group::one_of(group), &mut complex.content)?;
                }
                ExtensionTypeContent::Attribute(attribute) => {
                    content::add_attribute(self, name, attribute, &mut complex.attributes)?;
                }
                ExtensionTypeContent::AnyAttribute(_) => self.any_attribute(name),
                ExtensionTypeContent::Annotation(_) | ExtensionTypeContent::Assert(_) => {}
                _ => return Err(self.group(name)),
            }
        }
        Ok(())
    }

    fn base_of(&mut self, name: &str, base: &Name) -> Result<TypeRef> {
        let found = self.type_ref(name, base)?;
        if let Some((space, Declared::Complex(declared))) = self.declarations.types.get(base).copied() {
            let of_page = self.declarations.names[base].clone();
            self.complex_type(&of_page, space, declared)?;
        }
        Ok(found)
    }

    fn hold_text(
        &mut self,
        name: &str,
        space: Space<'a>,
        derivation: &'a SimpleContentContent,
        complex: &mut Complex,
    ) -> Result<()> {
        match derivation {
            SimpleContentContent::Annotation(_) => Ok(()),
            SimpleContentContent::Extension(extension) => self.extend(name, space, extension, complex),
            SimpleContentContent::Restriction(restriction) => {
                let values = simple::restricted_to(restriction);
                let base = self.base_of(name, &name_of(&restriction.base))?;
                if let TypeRef::Named(base) = &base
                    && let Some(PageType::Complex(found)) = self.types.get(base).cloned()
                {
                    *complex = Complex {
                        base: Some(base.clone()),
                        is_abstract: complex.is_abstract,
                        wire_name: complex.wire_name.clone(),
                        ..found
                    };
                }
                if !values.is_empty() {
                    let values_name = self.free_name(&format!("{name}/Value"));
                    self.types.insert(values_name.clone(), PageType::Enumeration(values));
                    complex.text = Some(TypeRef::Named(values_name));
                }
                Ok(())
            }
        }
    }

    fn any_attribute(&mut self, name: &str) {
        self.pass_over(&format!("{name}/@*"), "any attribute");
    }

    fn group(&self, name: &str) -> Error {
        self.error(format!(
            "`{name}` uses a named group, which neither of .NET's exporters writes, and for which codegen has no rule: \
             add one in codegen/src/lower"
        ))
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

fn refers_to(found: &PageType, name: &str) -> bool {
    let PageType::Complex(complex) = found else {
        return false;
    };
    let is_meant = |type_ref: &TypeRef| *type_ref == TypeRef::Named(name.to_owned());
    complex.base.as_deref() == Some(name)
        || complex.content.iter().any(|particle| match particle {
            Particle::Element(element) => is_meant(&element.type_ref),
            Particle::Choice(choice) => choice.branches.iter().any(|branch| is_meant(&branch.type_ref)),
        })
}

/// `{urn:x}Name`, or the name alone where there is no namespace.
pub(super) fn expanded(namespace: &str, name: &str) -> String {
    match namespace {
        "" => name.to_owned(),
        _ => format!("{{{namespace}}}{name}"),
    }
}
