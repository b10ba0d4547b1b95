//! Interprets the schemas of a page: XML Schema → the types of the page as plain data.

use std::collections::BTreeMap;

use xsd_parser::models::schema::MaxOccurs;
use xsd_parser::models::schema::xs::{
    AttributeType, AttributeUseType, ComplexBaseType, ComplexBaseTypeContent, ElementType, ElementTypeContent,
    FormChoiceType, GroupType, GroupTypeContent, SimpleBaseType,
};

use super::page_types::{Complex, PageAttribute, PageChoice, PageElement, PageType, PageTypes, Particle, TypeRef};
use super::schema::{Declarations, Declared, Name, SERIALIZATION, Scope, name_of};
use super::simple_types::{self, Base, Derived};
use crate::error::{Error, Result};
use crate::model::{Primitive, local_name};
use crate::names;
use crate::report::Skipped;

/// The longest chain of types that extend or contain each other by declaration.
const MAX_CHAIN: usize = 64;

/// Interprets the declarations of one page.
pub(super) struct Interpreter<'a> {
    page: &'a str,
    pub(super) declarations: &'a Declarations<'a>,
    pub(super) types: BTreeMap<String, PageType>,
    aliases: Vec<String>,
    skipped: Vec<Skipped>,
    /// The types that are being interpreted, each because the one before depends on it.
    chain: Vec<String>,
}

/// A global element, with its name and scope.
pub(super) type GlobalElement<'a> = (&'a Name, Scope<'a>, &'a ElementType);

/// A sequence (`xs:sequence`, `xs:all`) or a choice.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    group: &'a GroupType,
    is_choice: bool,
}

impl<'a> Group<'a> {
    pub(super) fn sequence(group: &'a GroupType) -> Self {
        Self {
            group,
            is_choice: false,
        }
    }

    pub(super) fn choice(group: &'a GroupType) -> Self {
        Self { group, is_choice: true }
    }

    fn is_repeated(self) -> bool {
        is_repeated(self.group.max_occurs)
    }
}

fn is_repeated(max: MaxOccurs) -> bool {
    !matches!(max, MaxOccurs::Bounded(0 | 1))
}

/// Types.
impl<'a> Interpreter<'a> {
    pub(super) fn new(page: &'a str, declarations: &'a Declarations<'a>) -> Self {
        Self {
            page,
            declarations,
            types: BTreeMap::new(),
            aliases: Vec::new(),
            skipped: Vec::new(),
            chain: Vec::new(),
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
        let root_type = self.element_type(&name.1, scope, element)?;
        Ok(PageTypes {
            root: expanded(&name.0, &name.1),
            root_type,
            types: self.types,
            aliases: self.aliases,
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
    fn element_type(&mut self, location: &str, scope: Scope<'a>, element: &'a ElementType) -> Result<TypeRef> {
        if let Some(name) = &element.type_ {
            return self.type_ref(location, &name_of(name));
        }
        for content in &element.content {
            match content {
                ElementTypeContent::SimpleType(declared) => return self.anonymous_simple_type(location, declared),
                ElementTypeContent::ComplexType(declared) => {
                    let name = self.free_name(location);
                    self.complex_type(&name, scope, declared)?;
                    return Ok(TypeRef::Named(name));
                }
                _ => {}
            }
        }
        Ok(TypeRef::Anything)
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
            !self.types.contains_key(name) && !declared.any(|taken| taken == name)
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

    fn anonymous_simple_type(&mut self, location: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        let name = self.free_name(location);
        self.simple_type(&name, location, declared)
    }

    fn simple_type(&mut self, name: &str, location: &str, declared: &'a SimpleBaseType) -> Result<TypeRef> {
        self.in_chain(name, |this| match simple_types::derived(declared) {
            Derived::Enumeration(values) => {
                this.types.insert(name.to_owned(), PageType::Enumeration(values));
                Ok(TypeRef::Named(name.to_owned()))
            }
            Derived::Same(base) => this.base_simple_type(location, base),
            // .NET declares a flags enumeration as a list of an anonymous enumeration.
            Derived::List(Base::Anonymous(item)) => match simple_types::derived(item) {
                Derived::Enumeration(values) => {
                    this.types.insert(name.to_owned(), PageType::Flags(values));
                    Ok(TypeRef::Tokens(Box::new(TypeRef::Named(name.to_owned()))))
                }
                _ => Ok(TypeRef::Tokens(Box::new(this.anonymous_simple_type(location, item)?))),
            },
            Derived::List(base) => Ok(TypeRef::Tokens(Box::new(this.base_simple_type(location, base)?))),
            Derived::Union => Ok(TypeRef::Primitive(Primitive::String)),
        })
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
    fn in_chain<T>(&mut self, name: &str, interpret: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
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
            ..Complex::default()
        };
        let mut is_mixed = declared.mixed == Some(true);
        for part in &declared.content {
            match part {
                ComplexBaseTypeContent::Sequence(group) | ComplexBaseTypeContent::All(group) => {
                    self.add_group(name, scope, Group::sequence(group), &mut complex.content)?;
                }
                ComplexBaseTypeContent::Choice(group) => {
                    self.add_group(name, scope, Group::choice(group), &mut complex.content)?;
                }
                ComplexBaseTypeContent::Attribute(attribute) => {
                    self.add_attribute(name, attribute, &mut complex.attributes)?;
                }
                ComplexBaseTypeContent::AnyAttribute(_) => self.skip_any_attribute(name),
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
                ComplexBaseTypeContent::Group(_)
                | ComplexBaseTypeContent::AttributeGroup(_)
                | ComplexBaseTypeContent::OpenContent(_) => return Err(self.named_group(name)),
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

    pub(super) fn skip_any_attribute(&mut self, name: &str) {
        self.skip(&format!("{name}/@*"), "any attribute");
    }

    pub(super) fn named_group(&self, name: &str) -> Error {
        self.error(format!(
            "the type `{name}` uses a named group, which .NET's exporters never write. Add a rule for this in \
             codegen/src/lower"
        ))
    }

    pub(super) fn error(&self, description: String) -> Error {
        Error::new(self.page, description)
    }
}

/// The content of complex types.
impl<'a> Interpreter<'a> {
    /// Adds a sequence or a choice to the content of a type.
    pub(super) fn add_group(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        group: Group<'a>,
        content: &mut Vec<Particle>,
    ) -> Result<()> {
        if !group.is_choice && !group.is_repeated() {
            return self.add_sequence(owner, scope, group.group, content);
        }
        let mut branches = Vec::new();
        let several_occur = self.collect_branches(owner, scope, group, &mut branches)?;
        let repeated = group.is_repeated() || several_occur || branches.iter().any(|branch| branch.repeated);
        let can_be_absent = group.group.min_occurs == 0 || repeated;
        match branches.as_mut_slice() {
            [] => {}
            // A choice of a single element is that element.
            [only] => {
                only.repeated = repeated;
                only.required &= !can_be_absent;
                content.push(Particle::Element(only.clone()));
            }
            _ => content.push(Particle::Choice(PageChoice {
                required: !can_be_absent && branches.iter().all(|branch| branch.required),
                branches,
                repeated,
            })),
        }
        Ok(())
    }

    fn add_sequence(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        group: &'a GroupType,
        content: &mut Vec<Particle>,
    ) -> Result<()> {
        let start = content.len();
        for part in &group.content {
            match part {
                GroupTypeContent::Annotation(_) => {}
                GroupTypeContent::Element(found) => {
                    content.extend(self.element(owner, scope, found)?.map(Particle::Element));
                }
                GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => {
                    self.add_group(owner, scope, Group::sequence(inner), content)?;
                }
                GroupTypeContent::Choice(inner) => self.add_group(owner, scope, Group::choice(inner), content)?,
                GroupTypeContent::Any(_) => self.skip(&format!("{owner}/*"), "any element"),
                GroupTypeContent::Group(_) => return Err(self.named_group(owner)),
            }
        }
        if group.min_occurs == 0 {
            for particle in &mut content[start..] {
                match particle {
                    Particle::Element(element) => element.required = false,
                    Particle::Choice(choice) => choice.required = false,
                }
            }
        }
        Ok(())
    }

    /// Collects the elements of a choice, or of a sequence that repeats.
    ///
    /// Returns whether more than one of them may occur at a time. Then only a list of them keeps their order.
    fn collect_branches(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        group: Group<'a>,
        branches: &mut Vec<PageElement>,
    ) -> Result<bool> {
        let start = branches.len();
        let mut several_occur = false;
        for part in &group.group.content {
            let inner = match part {
                GroupTypeContent::Annotation(_) => continue,
                GroupTypeContent::Element(found) => {
                    branches.extend(self.element(owner, scope, found)?);
                    continue;
                }
                GroupTypeContent::Any(_) => {
                    self.skip(&format!("{owner}/*"), "any element");
                    continue;
                }
                GroupTypeContent::Group(_) => return Err(self.named_group(owner)),
                GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => Group::sequence(inner),
                GroupTypeContent::Choice(inner) => Group::choice(inner),
            };
            several_occur |= self.collect_branches(owner, scope, inner, branches)?;
        }
        let is_sequence_of_several = !group.is_choice && branches.len() > start + 1;
        Ok(several_occur || group.is_repeated() || is_sequence_of_several)
    }

    fn element(&mut self, owner: &str, scope: Scope<'a>, found: &'a ElementType) -> Result<Option<PageElement>> {
        let (name, declared, scope) = match &found.ref_ {
            None => {
                let form = found.form.as_ref();
                let qualified = form.map_or(scope.qualified, |form| *form == FormChoiceType::Qualified);
                let namespace = if qualified { scope.namespace } else { "" };
                (
                    expanded(namespace, found.name.as_deref().unwrap_or_default()),
                    found,
                    scope,
                )
            }
            Some(name) => {
                let name = name_of(name);
                let Some((scope, global)) = self.declarations.elements.get(&name) else {
                    let location = format!("{owner}/{}", name.1);
                    self.skip(&location, "an element that the page does not declare");
                    return Ok(None);
                };
                (expanded(&name.0, &name.1), *global, *scope)
            }
        };
        let location = format!("{owner}/{}", local_name(&name));
        let type_ref = self.element_type(&location, scope, declared)?;
        if type_ref == TypeRef::Anything {
            self.skip(&location, "an element without a type, which may hold anything");
            return Ok(None);
        }
        let nillable = declared.nillable == Some(true);
        Ok(Some(PageElement {
            type_ref: local_or_utc(type_ref, &name),
            required: found.min_occurs > 0 && !nillable,
            nillable,
            repeated: is_repeated(found.max_occurs),
            default: declared.default.clone().or_else(|| declared.fixed.clone()),
            name,
        }))
    }

    pub(super) fn add_attribute(
        &mut self,
        owner: &str,
        found: &'a AttributeType,
        attributes: &mut Vec<PageAttribute>,
    ) -> Result<()> {
        if found.use_ == AttributeUseType::Prohibited {
            return Ok(());
        }
        let Some(name) = &found.name else {
            self.skip_attribute_reference(owner, found);
            return Ok(());
        };
        let location = format!("{owner}/{name}");
        let type_ref = match (&found.type_, &found.simple_type) {
            (Some(type_name), _) => self.type_ref(&location, &name_of(type_name))?,
            (None, Some(declared)) => self.anonymous_simple_type(&location, declared)?,
            (None, None) => TypeRef::Primitive(Primitive::String),
        };
        attributes.push(PageAttribute {
            type_ref: local_or_utc(type_ref, name),
            name: name.clone(),
            required: found.use_ == AttributeUseType::Required,
            default: found.default.clone().or_else(|| found.fixed.clone()),
        });
        Ok(())
    }

    fn skip_attribute_reference(&mut self, owner: &str, found: &AttributeType) {
        let (namespace, name) = found.ref_.as_ref().map(name_of).unwrap_or_default();
        let reason = if namespace == SERIALIZATION && matches!(name.as_str(), "Id" | "Ref") {
            "an attribute of objects that are written once and referred to elsewhere"
        } else {
            "an attribute of another namespace"
        };
        self.skip(&format!("{owner}/@{name}"), reason);
    }
}

/// Makes a time UTC if its name ends with `Utc`.
///
/// The service writes each time twice: as local time, and in UTC with `Utc` added to the name (recorded).
fn local_or_utc(type_ref: TypeRef, name: &str) -> TypeRef {
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
