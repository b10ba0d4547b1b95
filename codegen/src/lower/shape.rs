//! The types of one page → model types: list wrappers become lists, references become identifiers.

use std::collections::{BTreeMap, BTreeSet};

use super::fields;
use super::page_types::{Complex, Opaque, PageAttribute, PageElement, PageType, PageTypes, Particle, TypeRef};
use crate::error::{Error, Result};
use crate::model::{Body, EnumValue, Id, Place, Primitive, Substitute, Type, TypeKind, Value, local_name};
use crate::names;

/// What one page gives to the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageModel {
    /// The body that the page describes.
    pub body: Body,
    /// The types that it is made of.
    pub types: BTreeMap<String, Type>,
    /// The identifiers in them.
    pub ids: BTreeMap<String, Id>,
    /// Types that are nothing but a list, a reference, a user-defined attribute or another name for a simple type, and
    /// so get no type in Rust.
    pub lowered_away: BTreeSet<String>,
    /// How many types the page has.
    pub declared: usize,
    /// Types that are not on the page: choices, and what may stand for a type that others extend.
    pub made: BTreeSet<String>,
    /// What is passed over when reading.
    pub opaque: Vec<Opaque>,
    /// Identifiers that share their name with another one, what they are called now, and what clashed.
    pub id_clashes: Vec<(String, String, Error)>,
}

/// Shapes the types of a page.
pub fn shape(page: &str, types: &PageTypes) -> Result<PageModel> {
    let mut shaper = Shaper::new(page, &types.types);
    let body = shaper.body(&types.root, &types.root_type)?;
    let mut lowered_away: BTreeSet<String> = types.aliases.iter().cloned().collect();
    for (name, page_type) in &types.types {
        if classify(page_type) == Shape::Real {
            shaper.real(name, page_type)?;
        } else {
            lowered_away.insert(name.clone());
        }
    }
    while let Some(name) = shaper.wanted.pop_first() {
        if lowered_away.remove(&name) {
            shaper.real(&name, &types.types[&name])?;
        }
    }
    let mut opaque = types.opaque.clone();
    opaque.append(&mut shaper.opaque);
    Ok(PageModel {
        body,
        types: shaper.real,
        ids: shaper.ids,
        lowered_away,
        declared: types.types.len() + types.aliases.len(),
        made: shaper.made,
        opaque,
        id_clashes: shaper.id_clashes,
    })
}

/// What a type of a page is to us.
#[derive(Debug, PartialEq)]
pub(super) enum Shape<'a> {
    /// Nothing but one repeated element.
    List(&'a PageElement),
    /// Nothing but an `id` attribute.
    Reference(Primitive),
    /// A name and a value.
    UserAttribute,
    /// A type of its own.
    Real,
}

pub(super) fn classify(page_type: &PageType) -> Shape<'_> {
    let PageType::Complex(complex) = page_type else {
        return Shape::Real;
    };
    if complex.text.is_some() || complex.is_abstract {
        return Shape::Real;
    }
    match (complex.attributes.as_slice(), complex.content.as_slice()) {
        ([], [Particle::Element(item)]) if item.repeated => Shape::List(item),
        ([id], []) => id_of(id).map_or(Shape::Real, Shape::Reference),
        ([], [Particle::Element(name), Particle::Element(value)])
            if is_text(name, "Name") && is_text(value, "Value") =>
        {
            Shape::UserAttribute
        }
        _ => Shape::Real,
    }
}

/// What the identifier is made of, if the attribute is one.
pub(super) fn id_of(attribute: &PageAttribute) -> Option<Primitive> {
    match attribute.type_ref {
        TypeRef::Primitive(primitive) if attribute.name == "id" && primitive.identifies() => Some(primitive),
        _ => None,
    }
}

fn is_text(element: &PageElement, name: &str) -> bool {
    element.name == name && element.type_ref == TypeRef::Primitive(Primitive::String) && !element.repeated
}

pub(super) struct Shaper<'a> {
    page: &'a str,
    types: &'a BTreeMap<String, PageType>,
    /// The types that extend each type directly.
    derived: BTreeMap<&'a str, Vec<&'a str>>,
    real: BTreeMap<String, Type>,
    ids: BTreeMap<String, Id>,
    made: BTreeSet<String>,
    /// Lists that stand where only a type can.
    wanted: BTreeSet<String>,
    opaque: Vec<Opaque>,
    id_clashes: Vec<(String, String, Error)>,
}

impl<'a> Shaper<'a> {
    fn new(page: &'a str, types: &'a BTreeMap<String, PageType>) -> Self {
        let mut derived: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, page_type) in types {
            if let PageType::Complex(Complex { base: Some(base), .. }) = page_type {
                derived.entry(base).or_default().push(name);
            }
        }
        Self {
            page,
            types,
            derived,
            real: BTreeMap::new(),
            ids: BTreeMap::new(),
            made: BTreeSet::new(),
            wanted: BTreeSet::new(),
            opaque: Vec::new(),
            id_clashes: Vec::new(),
        }
    }

    fn body(&mut self, root: &str, type_ref: &TypeRef) -> Result<Body> {
        if *type_ref == TypeRef::Anything {
            return Ok(Body::Bytes("its root element may hold anything".to_owned()));
        }
        if let Some(item) = self.list_of(type_ref)? {
            let value = self.standing_alone(&item.name, &item.type_ref)?;
            return Ok(Body::List {
                root: root.to_owned(),
                item: item.name.clone(),
                value,
            });
        }
        let value = self.standing_alone(root, type_ref)?;
        Ok(Body::One {
            root: root.to_owned(),
            value,
        })
    }

    /// What an element holds that is no part of an object. Only as parts of one do user-defined attributes become a map.
    pub(super) fn standing_alone(&mut self, element: &str, type_ref: &TypeRef) -> Result<Value> {
        match (self.value(element, type_ref)?, type_ref) {
            (Value::Attribute, TypeRef::Named(name)) => Ok(self.as_type(name)),
            (value, _) => Ok(value),
        }
    }

    fn real(&mut self, name: &str, page_type: &PageType) -> Result<()> {
        let kind = match page_type {
            PageType::Enumeration(values) | PageType::Flags(values) => {
                TypeKind::Enumeration(values.iter().map(|value| enum_value(value)).collect())
            }
            PageType::Complex(complex) => TypeKind::Struct(fields::of(self, name, complex)?),
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
        };
        self.real.insert(name.to_owned(), found);
    }

    /// Adds a type that is not on the page, under a name like this one.
    pub(super) fn make(&mut self, name: &str, kind: TypeKind) -> String {
        let is_free = |name: &str| !self.types.contains_key(name) && !self.real.contains_key(name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
        let name = candidates.find(|name| is_free(name)).unwrap_or_default();
        self.insert(&name, kind);
        self.made.insert(name.clone());
        name
    }

    /// The item of a type that is nothing but a list.
    pub(super) fn list_of(&self, type_ref: &TypeRef) -> Result<Option<&'a PageElement>> {
        match type_ref {
            TypeRef::Named(name) => match classify(self.named(name)?) {
                Shape::List(item) => Ok(Some(item)),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// What an element holds. A reference takes its identifier's name from the element: `<Plan id="…"/>` is a `PlanId`.
    pub(super) fn value(&mut self, element: &str, type_ref: &TypeRef) -> Result<Value> {
        let name = match type_ref {
            TypeRef::Primitive(primitive) => return Ok(Value::Text(*primitive)),
            TypeRef::Tokens(item) => return Ok(Value::Tokens(Box::new(self.value(element, item)?))),
            TypeRef::Named(name) => name,
            TypeRef::Anything => return Err(Error::new(self.page, format!("`{element}` is of no type"))),
        };
        match classify(self.named(name)?) {
            Shape::Real => Ok(self.of_family(name)),
            Shape::UserAttribute => Ok(Value::Attribute),
            Shape::Reference(inner) => {
                if self.derived.contains_key(name.as_str()) {
                    self.opaque.push(Opaque {
                        place: format!("{}: {element}", self.page),
                        why: format!("only its id is read, whatever extends {name}"),
                    });
                }
                Ok(self.id(local_name(element), inner))
            }
            Shape::List(_) => {
                self.wanted.insert(name.clone());
                Ok(Value::Named(name.clone()))
            }
        }
    }

    /// The type itself, or what may stand for it if others extend it.
    fn of_family(&mut self, name: &str) -> Value {
        let is_abstract = |name: &str| matches!(&self.types[name], PageType::Complex(complex) if complex.is_abstract);
        if !self.derived.contains_key(name) && !is_abstract(name) {
            return Value::Named(name.to_owned());
        }
        let any = format!("Any{name}");
        if self.made.contains(&any) {
            return Value::Named(any);
        }
        let (mut family, mut next) = (Vec::new(), vec![name]);
        while let Some(member) = next.pop() {
            next.extend(self.derived.get(member).into_iter().flatten().rev());
            if let PageType::Complex(complex) = &self.types[member]
                && !complex.is_abstract
            {
                family.push(Substitute {
                    wire_name: complex.wire_name.clone(),
                    value: Value::Named(member.to_owned()),
                    is_declared: member == name,
                });
                if classify(&self.types[member]) != Shape::Real {
                    self.wanted.insert(member.to_owned());
                }
            }
        }
        Value::Named(self.make(&any, TypeKind::Substitution(family)))
    }

    /// A type that is lowered away elsewhere, as one of its own.
    pub(super) fn as_type(&mut self, name: &str) -> Value {
        self.wanted.insert(name.to_owned());
        Value::Named(name.to_owned())
    }

    /// The identifier of something. Where the page has another of its name that is made of something else, it says what
    /// it is made of.
    pub(super) fn id(&mut self, subject: &str, inner: Primitive) -> Value {
        let mut name = names::id(subject);
        if let Some(other) = self.ids.get(&name).filter(|other| other.inner != inner) {
            let now = names::id_made_of(&name, inner);
            let what = format!(
                "{name} identifies {} by {} in one place and {subject} by {} in another: the page must agree with \
                 itself on one, so fetch it again; if it stays so, codegen/src/lower/shape.rs needs a rule",
                other.subject,
                other.inner.xsd_name(),
                inner.xsd_name()
            );
            let clash = (name, now.clone(), Error::new(self.page, what));
            if !self.id_clashes.contains(&clash) {
                self.id_clashes.push(clash);
            }
            name = now;
        }
        let id = Id {
            inner,
            subject: subject.to_owned(),
        };
        let known = self.ids.get(&name);
        if known.is_none_or(|known| known.subject > id.subject) {
            self.ids.insert(name.clone(), id);
        }
        Value::Id(name)
    }

    fn named(&self, name: &str) -> Result<&'a PageType> {
        self.types
            .get(name)
            .ok_or_else(|| Error::new(self.page, format!("the type {name} is not on the page")))
    }
}

fn enum_value(value: &str) -> EnumValue {
    EnumValue {
        value: value.to_owned(),
        rust_name: names::variant(value),
        doc: String::new(),
    }
}

/// Whether a field that holds this stands as a list even where only one may stand: there is one type for user-defined
/// attributes.
pub(super) fn place_of(value: &Value) -> Place {
    match value {
        Value::Attribute => Place::List,
        _ => Place::Element,
    }
}
