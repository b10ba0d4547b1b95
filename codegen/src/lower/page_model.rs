//! Turns the types of a page into model types, by the conventions of .NET's exporters.
//!
//! Types that are only a list become `Vec`, types that are only an `id` become identifiers, and types with a name and a
//! value become user-defined attributes. They are *flattened*: they have no separate type in Rust.

use std::collections::{BTreeMap, BTreeSet};

use super::page_types::{
    Complex, PageAttribute, PageChoice, PageElement, PageType, PageTypes, PageValue, Particle, TypeRef,
};
use crate::error::{Error, Result};
use crate::model::{
    Body, EnumValue, Field, FieldKind, Id, Origin, Primitive, Substitute, Type, TypeKind, Value, local_name,
};
use crate::names;
use crate::report::Skipped;

/// What one page adds to the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageModel {
    /// The body that the page describes.
    pub body: Body,
    /// What was flattened into it.
    pub body_origin: Origin,
    /// The types of the body.
    pub types: BTreeMap<String, Type>,
    /// The identifiers in them.
    pub ids: BTreeMap<String, Id>,
    /// The number of types that the page declares.
    pub declared: usize,
    /// The types that were flattened.
    pub flattened: BTreeSet<String>,
    /// The types that the page does not declare: choices, and base types with the types that extend them.
    pub added: BTreeSet<String>,
    /// The parts that are skipped when reading.
    pub skipped: Vec<Skipped>,
    /// The identifiers of the same name that wrap different types.
    pub id_collisions: Vec<IdCollision>,
}

/// An identifier that was renamed, because another one of the same name wraps another type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdCollision {
    /// The name of both.
    pub name: String,
    /// The new name of one of them.
    pub renamed_to: String,
    /// The error to report where a collision is not allowed.
    pub error: Error,
}

/// Builds the model of a page.
pub(super) fn build(page: &str, types: &PageTypes) -> Result<PageModel> {
    let mut builder = Builder::new(page, &types.types);
    let body = builder.body(&types.root, &types.root_type)?;
    let body_origin = builder.body_origin(&types.root_type)?;
    let mut flattened: BTreeSet<String> = types.aliases.iter().cloned().collect();
    for (name, page_type) in &types.types {
        if Convention::of(page_type) == Convention::None {
            builder.add_type(name, page_type)?;
        } else {
            flattened.insert(name.clone());
        }
    }
    // Adding a type may need further types that were flattened before.
    while let Some(name) = builder.needed.pop_first() {
        if flattened.remove(&name) {
            builder.add_type(&name, &types.types[&name])?;
        }
    }
    let mut skipped = types.skipped.clone();
    // What a type contains that is kept as XML is not skipped.
    skipped.retain(|skipped| !builder.is_kept_as_xml(skipped));
    skipped.append(&mut builder.skipped);
    builder.annotate(types, &skipped);
    Ok(PageModel {
        body,
        body_origin,
        types: builder.finished,
        ids: builder.ids,
        declared: types.types.len() + types.aliases.len(),
        flattened,
        added: builder.added,
        skipped,
        id_collisions: builder.id_collisions,
    })
}

/// The convention of .NET's exporters that a type follows.
#[derive(Debug, PartialEq)]
enum Convention<'a> {
    /// The type has only one element, which repeats.
    List(&'a PageElement),
    /// The type has only an `id` attribute.
    Reference(Primitive),
    /// The type may contain anything, and declares nothing.
    AnyXml,
    /// The type has only the strings `Name` and `Value`.
    UserAttribute,
    /// None of these: the type becomes a type in Rust.
    None,
}

impl<'a> Convention<'a> {
    fn of(page_type: &'a PageType) -> Self {
        let PageType::Complex(complex) = page_type else {
            return Self::None;
        };
        if complex.text.is_some() || complex.is_abstract {
            return Self::None;
        }
        match (complex.attributes.as_slice(), complex.content.as_slice()) {
            ([], [Particle::Element(item)]) if item.repeated => Self::List(item),
            ([], []) if complex.has_any => Self::AnyXml,
            // The runtime reads the identifier of a reference from an attribute without a namespace.
            ([id], []) if id.name == "id" => id_type(id).map_or(Self::None, Self::Reference),
            ([], [Particle::Element(name), Particle::Element(value)])
                if is_string(name, "Name") && is_string(value, "Value") =>
            {
                Self::UserAttribute
            }
            _ => Self::None,
        }
    }
}

/// Returns the type of an attribute `id`, if it identifies an object.
fn id_type(attribute: &PageAttribute) -> Option<Primitive> {
    match attribute.type_ref {
        TypeRef::Primitive(primitive) if local_name(&attribute.name) == "id" && primitive.can_be_id() => {
            Some(primitive)
        }
        _ => None,
    }
}

fn is_string(element: &PageElement, name: &str) -> bool {
    element.name == name && element.type_ref == TypeRef::Primitive(Primitive::String) && !element.repeated
}

struct Builder<'a> {
    page: &'a str,
    page_types: &'a BTreeMap<String, PageType>,
    /// The types that extend each type directly.
    derived: BTreeMap<&'a str, Vec<&'a str>>,
    finished: BTreeMap<String, Type>,
    ids: BTreeMap<String, Id>,
    added: BTreeSet<String>,
    /// The types that cannot be flattened, because they are used where only a type can be.
    needed: BTreeSet<String>,
    skipped: Vec<Skipped>,
    id_collisions: Vec<IdCollision>,
}

/// Bodies and types.
impl<'a> Builder<'a> {
    fn new(page: &'a str, page_types: &'a BTreeMap<String, PageType>) -> Self {
        let mut derived: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, page_type) in page_types {
            if let PageType::Complex(Complex { base: Some(base), .. }) = page_type {
                derived.entry(base).or_default().push(name);
            }
        }
        Self {
            page,
            page_types,
            derived,
            finished: BTreeMap::new(),
            ids: BTreeMap::new(),
            added: BTreeSet::new(),
            needed: BTreeSet::new(),
            skipped: Vec::new(),
            id_collisions: Vec::new(),
        }
    }

    fn body(&mut self, root: &str, type_ref: &TypeRef) -> Result<Body> {
        let is_any = match type_ref {
            TypeRef::Anything => true,
            TypeRef::Named(name) => Convention::of(self.page_type(name)?) == Convention::AnyXml,
            _ => false,
        };
        if is_any {
            return Ok(Body::Bytes("the root element may hold anything".to_owned()));
        }
        if let Some(item) = self.list_item(type_ref)? {
            return Ok(Body::List {
                root: root.to_owned(),
                item: item.name.clone(),
                value: self.value_outside_fields(&item.name, &item.type_ref)?,
            });
        }
        Ok(Body::One {
            root: root.to_owned(),
            value: self.value_outside_fields(root, type_ref)?,
        })
    }

    /// Returns the type of references that was flattened into the items of a body.
    fn body_origin(&self, type_ref: &TypeRef) -> Result<Origin> {
        let item = self.list_item(type_ref)?;
        Ok(item.map(|item| self.flattened(item, item)).unwrap_or_default())
    }

    fn add_type(&mut self, name: &str, page_type: &PageType) -> Result<()> {
        let kind = match page_type {
            PageType::Enumeration(values) | PageType::Flags(values) => {
                TypeKind::Enumeration(values.iter().map(enum_value).collect())
            }
            PageType::Complex(complex) => TypeKind::Struct(self.fields(name, complex)?),
        };
        self.insert(name, kind);
        Ok(())
    }

    fn insert(&mut self, name: &str, kind: TypeKind) {
        let found = Type {
            kind,
            doc: String::new(),
            grade: None,
            sent: false,
            pages: BTreeSet::from([self.page.to_owned()]),
            skipped: BTreeMap::new(),
        };
        self.finished.insert(name.to_owned(), found);
    }

    /// Adds a type that the page does not declare. Returns its name, which has a number if the given name is taken.
    fn insert_added(&mut self, name: &str, kind: TypeKind) -> String {
        let is_free = |name: &String| !self.page_types.contains_key(name) && !self.finished.contains_key(name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let name = candidates.find(is_free).unwrap_or_default();
        self.insert(&name, kind);
        self.added.insert(name.clone());
        name
    }

    /// Adds what the page says about types: documentation, and the parts that are skipped.
    fn annotate(&mut self, types: &PageTypes, skipped: &[Skipped]) {
        let prefix = format!("{}: ", self.page);
        for Skipped { location, reason } in skipped {
            let part = location.strip_prefix(&prefix).and_then(|part| part.split_once('/'));
            if let Some((owner, part)) = part
                && let Some(found) = self.finished.get_mut(owner)
            {
                found.skipped.insert(part.to_owned(), reason.clone());
            }
        }
        for (name, found) in &mut self.finished {
            found.doc = match types.types.get(name) {
                Some(PageType::Complex(complex)) => complex.doc.clone(),
                _ => types.docs.get(name).cloned().unwrap_or_default(),
            };
        }
    }

    fn is_kept_as_xml(&self, skipped: &Skipped) -> bool {
        let part = skipped
            .location
            .split_once(": ")
            .and_then(|(_, part)| part.split_once('/'));
        let owner = part.and_then(|(owner, _)| self.page_types.get(owner));
        let is_flattened = part.is_some_and(|(owner, _)| !self.finished.contains_key(owner));
        is_flattened && owner.is_some_and(|owner| Convention::of(owner) == Convention::AnyXml)
    }

    fn page_type(&self, name: &str) -> Result<&'a PageType> {
        let found = self.page_types.get(name);
        found.ok_or_else(|| Error::new(self.page, format!("the type {name} is not on the page")))
    }
}

/// Fields.
impl Builder<'_> {
    /// Returns the fields of a type: first attributes, then its text, then its elements in order.
    fn fields(&mut self, owner: &str, complex: &Complex) -> Result<Vec<Field>> {
        let mut fields = Vec::new();
        for attribute in &complex.attributes {
            let local = local_name(&attribute.name);
            let value = match id_type(attribute) {
                Some(inner) => self.id(local_name(&complex.wire_name), inner),
                None => self.value(local, &attribute.type_ref)?,
            };
            fields.push(Field {
                required: attribute.required,
                default: attribute.default.clone(),
                origin: attribute.origin.clone(),
                doc: attribute.doc.clone(),
                ..new_field(&attribute.name, names::field(local), FieldKind::Attribute, value)
            });
        }
        if let Some(text) = &complex.text {
            let value = self.value(owner, text)?;
            fields.push(new_field("text()", "value".to_owned(), FieldKind::Text, value));
        }
        let mut choices = 0;
        for particle in &complex.content {
            fields.push(match particle {
                Particle::Element(element) => self.element_field(element)?,
                Particle::Choice(choice) => {
                    choices += 1;
                    self.choice_field(owner, choice, choices)?
                }
            });
        }
        Ok(fields)
    }

    fn element_field(&mut self, element: &PageElement) -> Result<Field> {
        let local = local_name(&element.name);
        let mut held = element;
        let (rust_name, kind, value) = if element.repeated {
            let value = self.value(&element.name, &element.type_ref)?;
            (names::field(&names::plural(local)), FieldKind::List, value)
        } else if let Some(item) = self.list_item(&element.type_ref)? {
            held = item;
            let value = self.value(&item.name, &item.type_ref)?;
            (names::field(local), FieldKind::WrappedList(item.name.clone()), value)
        } else {
            let value = self.value(&element.name, &element.type_ref)?;
            // All user-defined attributes have the same Rust type, which is a list.
            let kind = match value {
                Value::UserAttribute => FieldKind::List,
                _ => FieldKind::Element,
            };
            (names::field(local), kind, value)
        };
        let may_lack_id = matches!(value, Value::Id(_)) && self.may_lack_id(&held.type_ref);
        Ok(Field {
            required: element.required && kind == FieldKind::Element && !may_lack_id,
            nillable: element.nillable,
            default: element.default.clone(),
            may_lack_id,
            wrapper_required: element.required && matches!(kind, FieldKind::WrappedList(_)),
            origin: self.flattened(element, held),
            doc: element.doc.clone(),
            ..new_field(&element.name, rust_name, kind, value)
        })
    }

    /// Returns what was flattened into an element: the wrapper of a list, and the type that each item holds.
    fn flattened(&self, element: &PageElement, held: &PageElement) -> Origin {
        let mut origin = held.origin.clone();
        let is_wrapper = !std::ptr::eq(element, held);
        for (declared, is_flattened) in [(held, true), (element, is_wrapper)] {
            if let TypeRef::Named(name) = &declared.type_ref
                && is_flattened
                && !self.needed.contains(name)
                && self
                    .page_types
                    .get(name)
                    .is_some_and(|found| Convention::of(found) != Convention::None)
                && origin.flattened.first() != Some(name)
            {
                origin.flattened.insert(0, name.clone());
            }
        }
        origin
    }

    /// Returns whether the `id` of a reference is optional.
    fn may_lack_id(&self, type_ref: &TypeRef) -> bool {
        let TypeRef::Named(name) = type_ref else {
            return false;
        };
        match self.page_types.get(name) {
            Some(PageType::Complex(complex)) => complex.attributes.iter().any(|attribute| !attribute.required),
            _ => false,
        }
    }

    /// Adds a type for a choice, named after the type that contains it, and returns the field that holds it.
    fn choice_field(&mut self, owner: &str, choice: &PageChoice, number: usize) -> Result<Field> {
        let mut branches = Vec::new();
        for branch in &choice.branches {
            let value = self.value_outside_fields(&branch.name, &branch.type_ref)?;
            let rust_name = names::variant(local_name(&branch.name));
            branches.push(Field {
                required: true,
                nillable: branch.nillable,
                default: branch.default.clone(),
                origin: self.flattened(branch, branch),
                doc: branch.doc.clone(),
                ..new_field(&branch.name, rust_name, FieldKind::Element, value)
            });
        }
        let name = format!("{}Choice", names::type_name(owner));
        let name = self.insert_added(&name, TypeKind::Choice(branches));
        let (kind, rust_name) = if choice.repeated {
            (FieldKind::RepeatedChoice, "choices")
        } else {
            (FieldKind::Choice, "choice")
        };
        let suffix = if number > 1 {
            format!("_{number}")
        } else {
            String::new()
        };
        let rust_name = format!("{rust_name}{suffix}");
        Ok(Field {
            required: choice.required,
            ..new_field(&format!("choice(){suffix}"), rust_name, kind, Value::Named(name))
        })
    }
}

/// Values.
impl<'a> Builder<'a> {
    /// Returns the item of a type that is only a list.
    fn list_item(&self, type_ref: &TypeRef) -> Result<Option<&'a PageElement>> {
        match type_ref {
            TypeRef::Named(name) => match Convention::of(self.page_type(name)?) {
                Convention::List(item) => Ok(Some(item)),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Returns what an element holds outside of a struct, where user-defined attributes do not form a map.
    fn value_outside_fields(&mut self, element: &str, type_ref: &TypeRef) -> Result<Value> {
        match (self.value(element, type_ref)?, type_ref) {
            (Value::UserAttribute, TypeRef::Named(name)) => Ok(self.not_flattened(name)),
            // Outside of a field, nothing can be absent.
            (Value::Id(_), TypeRef::Named(name)) if self.may_lack_id(type_ref) => Ok(self.not_flattened(name)),
            (value, _) => Ok(value),
        }
    }

    /// Returns what an element holds. The identifier of a reference is named after the element: `<Plan id="…"/>` holds a
    /// `PlanId`.
    fn value(&mut self, element: &str, type_ref: &TypeRef) -> Result<Value> {
        let name = match type_ref {
            TypeRef::Primitive(primitive) => return Ok(Value::Primitive(*primitive)),
            TypeRef::Tokens(item) => return Ok(Value::Tokens(Box::new(self.value(element, item)?))),
            TypeRef::Named(name) => name,
            TypeRef::Anything => return Ok(Value::AnyXml),
        };
        match Convention::of(self.page_type(name)?) {
            Convention::None => Ok(self.with_derived_types(name)),
            Convention::UserAttribute => Ok(Value::UserAttribute),
            Convention::AnyXml if self.derived.contains_key(name.as_str()) => Ok(self.with_derived_types(name)),
            Convention::AnyXml => Ok(Value::AnyXml),
            Convention::Reference(inner) => {
                if self.derived.contains_key(name.as_str()) {
                    self.skipped.push(Skipped {
                        location: format!("{}: {element}", self.page),
                        reason: format!("only the id is read, although other types extend {name}"),
                    });
                }
                Ok(self.id(local_name(element), inner))
            }
            Convention::List(_) => Ok(self.not_flattened(name)),
        }
    }

    fn not_flattened(&mut self, name: &str) -> Value {
        self.needed.insert(name.to_owned());
        Value::Named(name.to_owned())
    }

    /// Returns the type itself, or an enum `Any…` of it and the types that extend it.
    fn with_derived_types(&mut self, name: &str) -> Value {
        let is_abstract =
            |name: &str| matches!(&self.page_types[name], PageType::Complex(complex) if complex.is_abstract);
        if !self.derived.contains_key(name) && !is_abstract(name) {
            return Value::Named(name.to_owned());
        }
        let any = format!("Any{name}");
        if self.added.contains(&any) {
            return Value::Named(any);
        }
        // Depth first, so that each type is followed by those that extend it.
        let (mut substitutes, mut next) = (Vec::new(), vec![name]);
        while let Some(member) = next.pop() {
            next.extend(self.derived.get(member).into_iter().flatten().rev());
            if let PageType::Complex(complex) = &self.page_types[member]
                && !complex.is_abstract
            {
                substitutes.push(Substitute {
                    wire_name: complex.wire_name.clone(),
                    value: Value::Named(member.to_owned()),
                    is_declared: member == name,
                });
                if Convention::of(&self.page_types[member]) != Convention::None {
                    self.needed.insert(member.to_owned());
                }
            }
        }
        Value::Named(self.insert_added(&any, TypeKind::Substitution(substitutes)))
    }

    /// Returns the identifier for a subject. If the page has one of the same name that wraps another type, the name of
    /// the new one includes the type that it wraps.
    fn id(&mut self, subject: &str, inner: Primitive) -> Value {
        let plain_name = names::id(subject);
        let other = self.ids.get(&plain_name).filter(|other| other.inner != inner);
        let name = if let Some(other) = other {
            let renamed_to = names::id_with_type(&plain_name, inner.xsd_name());
            let collision = IdCollision {
                error: Error::new(self.page, inconsistent_id(&plain_name, other, subject, inner)),
                name: plain_name,
                renamed_to: renamed_to.clone(),
            };
            if !self.id_collisions.contains(&collision) {
                self.id_collisions.push(collision);
            }
            renamed_to
        } else {
            plain_name
        };
        let id = Id {
            inner,
            subject: subject.to_owned(),
        };
        // Several subjects can share an identifier. The first one by name is documented, independent of the order of
        // the page.
        let known = self.ids.get(&name);
        if known.is_none_or(|known| known.subject > id.subject) {
            self.ids.insert(name.clone(), id);
        }
        Value::Id(name)
    }
}

fn inconsistent_id(name: &str, known: &Id, subject: &str, inner: Primitive) -> String {
    format!(
        "{name} identifies {} by {} in one place, and {subject} by {} in another. Fetch the page again; if it still \
         differs, add a rule in codegen/src/lower/page_model.rs",
        known.subject,
        known.inner.xsd_name(),
        inner.xsd_name()
    )
}

fn enum_value(PageValue { value, doc }: &PageValue) -> EnumValue {
    EnumValue {
        value: value.clone(),
        rust_name: names::variant(value),
        doc: doc.clone(),
    }
}

fn new_field(name: &str, rust_name: String, kind: FieldKind, value: Value) -> Field {
    Field {
        name: name.to_owned(),
        rust_name,
        kind,
        value,
        required: false,
        nillable: false,
        default: None,
        may_lack_id: false,
        wrapper_required: false,
        origin: Origin::default(),
        doc: String::new(),
        grade: None,
    }
}
