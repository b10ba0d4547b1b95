//! Interprets the schemas of a page: XML Schema → the types of the page as plain data.

use std::collections::{BTreeMap, BTreeSet};

use xsd_parser::models::schema::xs::{ComplexBaseType, ComplexBaseTypeContent, ElementType, SimpleBaseType};

use super::annotations::{self, InnerType};
use super::group::Group;
use super::page_types::{Complex, PageType, PageTypes, TypeRef};
use super::schema::{Declarations, Declared, Name, Scope, name_of};
use super::simple_types::{self, Base, Derived};
use crate::error::{Error, Result};
use crate::model::Primitive;
use crate::names;
use crate::report::Skipped;

/// The longest chain of types that extend or contain each other by declaration.
const MAX_CHAIN: usize = 64;

/// How many elements, attributes and named groups a page may expand to. Groups that contain each other double with each
/// level, and the largest page has room for 130,000 elements.
const MAX_PARTS: usize = 250_000;

/// Interprets the declarations of one page.
pub(super) struct Interpreter<'a> {
    page: &'a str,
    pub(super) declarations: &'a Declarations<'a>,
    pub(super) types: BTreeMap<String, PageType>,
    aliases: Vec<String>,
    /// The documentation of simple types.
    docs: BTreeMap<String, String>,
    skipped: Vec<Skipped>,
    /// The types that are being interpreted, each because the one before depends on it.
    chain: Vec<String>,
    /// The global elements that others refer to, or that can replace them.
    pub(super) referenced: BTreeSet<Name>,
    /// The names of the anonymous types of global elements, which may contain references to these elements.
    global_types: BTreeMap<Name, String>,
    parts: usize,
}

/// A global element, with its name and scope.
pub(super) type GlobalElement<'a> = (&'a Name, Scope<'a>, &'a ElementType);

/// Types.
impl<'a> Interpreter<'a> {
    pub(super) fn new(page: &'a str, declarations: &'a Declarations<'a>) -> Self {
        Self {
            page,
            declarations,
            types: BTreeMap::new(),
            aliases: Vec::new(),
            docs: BTreeMap::new(),
            skipped: Vec::new(),
            chain: Vec::new(),
            referenced: BTreeSet::new(),
            global_types: BTreeMap::new(),
            parts: 0,
        }
    }

    /// Interprets all types that the page declares by name.
    pub(super) fn add_named_types(&mut self) -> Result<()> {
        for name in self.declarations.types.keys() {
            self.named_type(name)?;
        }
        Ok(())
    }

    /// Returns the types of the page, given its root element.
    pub(super) fn finish(mut self, (name, scope, element): GlobalElement<'a>) -> Result<PageTypes> {
        let root_type = self.global_element_type(scope, element)?;
        Ok(PageTypes {
            root: expanded(&name.0, &name.1),
            root_type,
            types: self.types,
            aliases: self.aliases,
            docs: self.docs,
            skipped: self.skipped,
        })
    }

    fn named_type(&mut self, name: &Name) -> Result<()> {
        let model_name = self.declarations.type_names[name].clone();
        match self.declarations.types[name] {
            (_, Declared::Simple(declared)) => {
                self.simple_type(&model_name, &model_name, declared)?;
                if !self.types.contains_key(&model_name) {
                    self.aliases.push(model_name);
                }
                Ok(())
            }
            (scope, Declared::Complex(declared)) => self.complex_type(&model_name, scope, declared),
        }
    }

    /// Returns the type of an element. An anonymous type is named after its location.
    pub(super) fn element_type(
        &mut self,
        location: &str,
        scope: Scope<'a>,
        element: &'a ElementType,
    ) -> Result<TypeRef> {
        if let Some(name) = &element.type_ {
            return self.type_ref(location, &name_of(name));
        }
        match annotations::inner_types(element).next() {
            Some(InnerType::Simple(declared)) => self.anonymous_simple_type(location, declared),
            Some(InnerType::Complex(declared)) => {
                let name = self.free_name(location);
                self.complex_type(&name, scope, declared)?;
                Ok(TypeRef::Named(name))
            }
            None => Ok(TypeRef::Anything),
        }
    }

    /// Returns the type of a global element. All references to the element have the same type.
    pub(super) fn global_element_type(&mut self, scope: Scope<'a>, element: &'a ElementType) -> Result<TypeRef> {
        let local = element.name.as_deref().unwrap_or_default();
        let inner = annotations::inner_types(element).next();
        let (None, Some(InnerType::Complex(declared))) = (&element.type_, inner) else {
            return self.element_type(local, scope, element);
        };
        let name = (scope.namespace.to_owned(), local.to_owned());
        if let Some(known) = self.global_types.get(&name) {
            return Ok(TypeRef::Named(known.clone()));
        }
        let type_name = self.free_name(local);
        // Recorded first: the type may contain a reference to its own element.
        self.global_types.insert(name, type_name.clone());
        self.complex_type(&type_name, scope, declared)?;
        Ok(TypeRef::Named(type_name))
    }

    /// Returns a free name for an anonymous type: its location, or only its element inside an `ArrayOf…` of that name.
    pub(super) fn free_name(&self, location: &str) -> String {
        let parts: Vec<String> = location.split('/').map(names::type_name).collect();
        let name = match parts.as_slice() {
            [owner, element] if *owner == format!("ArrayOf{element}") => element.clone(),
            _ => parts.concat(),
        };
        let is_free = |name: &String| {
            let mut declared = self.declarations.type_names.values();
            let is_global = self.global_types.values().any(|taken| taken == name);
            !self.types.contains_key(name) && !is_global && !declared.any(|taken| taken == name)
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        candidates.find(is_free).unwrap_or(name)
    }

    /// Returns the type of this name.
    pub(super) fn type_ref(&mut self, location: &str, name: &Name) -> Result<TypeRef> {
        if let Some(built_in) = simple_types::built_in(name) {
            return Ok(built_in);
        }
        match self.declarations.types.get(name) {
            Some((_, Declared::Complex(_))) => Ok(TypeRef::Named(self.declarations.type_names[name].clone())),
            Some((_, Declared::Simple(declared))) => {
                let model_name = self.declarations.type_names[name].clone();
                self.simple_type(&model_name, location, declared)
            }
            None => Err(self.error(format!(
                "the type of `{location}` is {}, which is neither on the page nor part of XML Schema. Fetch the page \
                 again, or add the type in codegen/src/lower/simple_types.rs",
                expanded(&name.0, &name.1)
            ))),
        }
    }

    pub(super) fn anonymous_simple_type(&mut self, location: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        // It contains its base types, so it cannot depend on itself without a type that has a name.
        let name = self.free_name(location);
        self.derived_simple_type(&name, location, declared)
    }

    /// Interprets a simple type that has a name. The location is that of an element or attribute.
    fn simple_type(&mut self, name: &str, location: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        self.in_chain(name, |this| this.derived_simple_type(name, location, declared))
    }

    fn derived_simple_type(&mut self, name: &str, location: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        let doc = annotations::of_simple_type(declared);
        if !doc.is_empty() {
            self.docs.insert(name.to_owned(), doc);
        }
        match simple_types::derived(declared) {
            Derived::Enumeration(values) => {
                self.types.insert(name.to_owned(), PageType::Enumeration(values));
                Ok(TypeRef::Named(name.to_owned()))
            }
            Derived::Same(base) => self.base_simple_type(location, base),
            // .NET declares a flags enumeration as a list of an anonymous enumeration.
            Derived::List(Base::Anonymous(item)) => match simple_types::derived(item) {
                Derived::Enumeration(values) => {
                    self.types.insert(name.to_owned(), PageType::Flags(values));
                    Ok(TypeRef::Tokens(Box::new(TypeRef::Named(name.to_owned()))))
                }
                _ => Ok(TypeRef::Tokens(Box::new(self.anonymous_simple_type(location, item)?))),
            },
            Derived::List(base) => Ok(TypeRef::Tokens(Box::new(self.base_simple_type(location, base)?))),
            Derived::Union => Ok(TypeRef::Primitive(Primitive::String)),
        }
    }

    fn base_simple_type(&mut self, location: &str, base: Base<'a>) -> Result<TypeRef> {
        match base {
            Base::Named(name) => self.type_ref(location, &name),
            Base::Anonymous(declared) => self.anonymous_simple_type(location, declared),
        }
    }

    pub(super) fn complex_type(&mut self, name: &str, scope: Scope<'a>, declared: &'a ComplexBaseType) -> Result<()> {
        if self.types.contains_key(name) {
            return Ok(());
        }
        let complex = self.in_chain(name, |this| this.complex(name, scope, declared))?;
        self.types.insert(name.to_owned(), PageType::Complex(complex));
        Ok(())
    }

    /// Interprets a type that may depend on other types, but not on itself.
    pub(super) fn in_chain<T>(&mut self, name: &str, interpret: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.chain.iter().any(|above| above == name) {
            return Err(self.error(format!("the type {name} extends itself, so it has no values")));
        }
        if self.chain.len() >= MAX_CHAIN {
            let description =
                format!("the type {name} ends a chain of more than {MAX_CHAIN} types that extend each other");
            return Err(self.error(description));
        }
        self.chain.push(name.to_owned());
        let result = interpret(self);
        self.chain.pop();
        result
    }

    fn complex(&mut self, name: &str, scope: Scope<'a>, declared: &'a ComplexBaseType) -> Result<Complex> {
        let mut complex = Complex {
            is_abstract: declared.abstract_,
            wire_name: expanded(scope.namespace, declared.name.as_deref().unwrap_or(name)),
            doc: annotations::of_complex_type(declared),
            ..Complex::default()
        };
        let mut is_mixed = declared.mixed == Some(true);
        for part in &declared.content {
            match part {
                ComplexBaseTypeContent::Sequence(group) | ComplexBaseTypeContent::All(group) => {
                    self.add_group(name, scope, Group::sequence(group), &mut complex)?;
                }
                ComplexBaseTypeContent::Choice(group) => {
                    self.add_group(name, scope, Group::choice(group), &mut complex)?;
                }
                ComplexBaseTypeContent::Group(reference) => self.add_named_group(name, reference, &mut complex)?,
                ComplexBaseTypeContent::Attribute(attribute) => {
                    self.add_attribute(name, scope, attribute, &mut complex.attributes)?;
                }
                ComplexBaseTypeContent::AttributeGroup(reference) => {
                    self.add_attribute_group(name, reference, &mut complex.attributes)?;
                }
                ComplexBaseTypeContent::AnyAttribute(_) => self.skip_any_attribute(name),
                ComplexBaseTypeContent::OpenContent(_) => self.skip_open_content(name),
                ComplexBaseTypeContent::ComplexContent(found) => {
                    is_mixed |= found.mixed == Some(true);
                    for derivation in &found.content {
                        self.add_complex_content(name, scope, derivation, &mut complex)?;
                    }
                }
                ComplexBaseTypeContent::SimpleContent(found) => {
                    for derivation in &found.content {
                        self.add_simple_content(name, scope, derivation, &mut complex)?;
                    }
                }
                ComplexBaseTypeContent::Annotation(_) | ComplexBaseTypeContent::Assert(_) => {}
            }
        }
        if is_mixed {
            self.skip(&format!("{name}/text()"), "text between elements");
        }
        Ok(complex)
    }

    /// Records a part that is skipped when reading.
    pub(super) fn skip(&mut self, location: &str, reason: &str) {
        self.skipped.push(Skipped {
            location: format!("{}: {location}", self.page),
            reason: reason.to_owned(),
        });
    }

    /// Counts a part that the page expands to.
    pub(super) fn count_part(&mut self) -> Result<()> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(self.error(format!("the groups of the page expand to more than {MAX_PARTS} parts")));
        }
        Ok(())
    }

    pub(super) fn skip_open_content(&mut self, name: &str) {
        self.skip(&format!("{name}/*"), "any element (open content)");
    }

    pub(super) fn error(&self, description: String) -> Error {
        Error::new(self.page, description)
    }
}

/// Makes a time UTC if its name ends with `Utc`.
///
/// The service writes each time twice: as local time, and in UTC with `Utc` added to the name (recorded).
pub(super) fn local_or_utc(type_ref: TypeRef, name: &str) -> TypeRef {
    match type_ref {
        TypeRef::Primitive(Primitive::LocalTime) if name.ends_with("Utc") => TypeRef::Primitive(Primitive::UtcTime),
        other => other,
    }
}

/// Returns a name with its namespace: `{urn:x}Name`, or `Name` without a namespace.
pub(super) fn expanded(namespace: &str, name: &str) -> String {
    if namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{{{namespace}}}{name}")
    }
}
