//! The types of one page → model types: list wrappers become lists, references become identifiers.

use std::collections::{BTreeMap, BTreeSet};

use super::interpret::{PageAttribute, PageElement, PageType, PageTypes, TypeRef};
use crate::error::{Error, Result};
use crate::model::{Body, EnumValue, Field, Id, Place, Primitive, Type, TypeKind, Value};
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
    /// Types that are nothing but a list, a reference or a user-defined attribute, and so get no type in Rust.
    pub lowered_away: BTreeSet<String>,
}

/// Shapes the types of a page.
pub fn shape(page: &str, types: &PageTypes) -> Result<PageModel> {
    let mut shaper = Shaper {
        page,
        types: &types.types,
        ids: BTreeMap::new(),
    };
    let body = shaper.body(&types.root, &types.root_type)?;
    let (mut real, mut lowered_away) = (BTreeMap::new(), BTreeSet::new());
    for (name, page_type) in &types.types {
        if classify(page_type) == Shape::Real {
            real.insert(name.clone(), shaper.real(name, page_type)?);
        } else {
            lowered_away.insert(name.clone());
        }
    }
    Ok(PageModel {
        body,
        types: real,
        ids: shaper.ids,
        lowered_away,
    })
}

/// What a type of a page is to us.
#[derive(Debug, PartialEq)]
enum Shape<'a> {
    /// Nothing but one repeated element.
    List(&'a PageElement),
    /// Nothing but an `id` attribute.
    Reference(&'a PageAttribute),
    /// A name and a value.
    UserAttribute,
    /// A type of its own.
    Real,
}

fn classify(page_type: &PageType) -> Shape<'_> {
    let PageType::Complex(attributes, elements) = page_type else {
        return Shape::Real;
    };
    match (attributes.as_slice(), elements.as_slice()) {
        ([], [item]) if item.repeated => Shape::List(item),
        ([id], []) if id.name == "id" => Shape::Reference(id),
        ([], [name, value]) if is_text(name, "Name") && is_text(value, "Value") => Shape::UserAttribute,
        _ => Shape::Real,
    }
}

fn is_text(element: &PageElement, name: &str) -> bool {
    element.name == name && element.type_ref == TypeRef::Primitive(Primitive::String) && !element.repeated
}

struct Shaper<'a> {
    page: &'a str,
    types: &'a BTreeMap<String, PageType>,
    ids: BTreeMap<String, Id>,
}

impl<'a> Shaper<'a> {
    fn body(&mut self, root: &str, type_ref: &TypeRef) -> Result<Body> {
        if let Some(item) = self.list_of(type_ref)? {
            let value = self.value(&item.name, &item.type_ref)?;
            if value == Value::Attribute {
                return Err(Error::new(
                    self.page,
                    "is a bare list of user-defined attributes, for which codegen has no rule yet: add one in codegen/src/lower",
                ));
            }
            return Ok(Body::List {
                root: root.to_owned(),
                item: item.name.clone(),
                value,
            });
        }
        let value = self.value(root, type_ref)?;
        Ok(Body::One {
            root: root.to_owned(),
            value,
        })
    }

    fn real(&mut self, name: &str, page_type: &PageType) -> Result<Type> {
        let kind = match page_type {
            PageType::Enumeration(values) => {
                TypeKind::Enumeration(values.iter().map(|value| enum_value(value)).collect())
            }
            PageType::Complex(attributes, elements) => TypeKind::Struct(self.fields(name, attributes, elements)?),
        };
        Ok(Type {
            kind,
            doc: String::new(),
            grade: None,
            sent: false,
            pages: BTreeSet::from([self.page.to_owned()]),
        })
    }

    fn fields(&mut self, owner: &str, attributes: &[PageAttribute], elements: &[PageElement]) -> Result<Vec<Field>> {
        let mut fields = Vec::new();
        for attribute in attributes {
            let value = if attribute.name == "id" {
                self.id(owner, attribute.primitive)?
            } else {
                Value::Text(attribute.primitive)
            };
            fields.push(field(
                &attribute.name,
                names::field(&attribute.name),
                Place::Attribute,
                value,
                attribute.required,
            ));
        }
        for element in elements {
            let nillable = element.nillable;
            fields.push(Field {
                nillable,
                ..self.element_field(element)?
            });
        }
        names::check_distinct(self.page, owner, fields.iter().map(|field| field.rust_name.as_str()))?;
        Ok(fields)
    }

    fn element_field(&mut self, element: &PageElement) -> Result<Field> {
        if element.repeated {
            let value = self.value(&element.name, &element.type_ref)?;
            let rust_name = names::field(&names::plural(&element.name));
            return Ok(field(&element.name, rust_name, Place::List, value, false));
        }
        let rust_name = names::field(&element.name);
        if let Some(item) = self.list_of(&element.type_ref)? {
            let value = self.value(&item.name, &item.type_ref)?;
            return Ok(field(
                &element.name,
                rust_name,
                Place::Wrapped(item.name.clone()),
                value,
                false,
            ));
        }
        let value = self.value(&element.name, &element.type_ref)?;
        // Even one that stands alone is read as a list: there is one type for user-defined attributes.
        let place = if value == Value::Attribute {
            Place::List
        } else {
            Place::Element
        };
        let required = element.required && place == Place::Element;
        Ok(field(&element.name, rust_name, place, value, required))
    }

    /// The item of a type that is nothing but a list.
    fn list_of(&self, type_ref: &TypeRef) -> Result<Option<&'a PageElement>> {
        match type_ref {
            TypeRef::Named(name) => match classify(self.named(name)?) {
                Shape::List(item) => Ok(Some(item)),
                _ => Ok(None),
            },
            TypeRef::Primitive(_) => Ok(None),
        }
    }

    /// What an element holds. A reference takes its identifier's name from the element: `<Plan id="…"/>` is a `PlanId`.
    fn value(&mut self, element: &str, type_ref: &TypeRef) -> Result<Value> {
        let name = match type_ref {
            TypeRef::Primitive(primitive) => return Ok(Value::Text(*primitive)),
            TypeRef::Named(name) => name,
        };
        match classify(self.named(name)?) {
            Shape::Real => Ok(Value::Named(name.clone())),
            Shape::UserAttribute => Ok(Value::Attribute),
            Shape::Reference(id) => {
                let primitive = id.primitive;
                self.id(element, primitive)
            }
            Shape::List(_) => Err(Error::new(
                self.page,
                format!(
                    "`{element}` holds lists of lists ({name}), for which codegen has no rule yet: add one in codegen/src/lower"
                ),
            )),
        }
    }

    fn id(&mut self, subject: &str, inner: Primitive) -> Result<Value> {
        if !matches!(inner, Primitive::Int | Primitive::String) {
            return Err(Error::new(
                self.page,
                format!("the id of `{subject}` is neither a number nor a text"),
            ));
        }
        let name = names::id(subject);
        let id = Id {
            inner,
            subject: subject.to_owned(),
        };
        match self.ids.insert(name.clone(), id.clone()) {
            Some(other) if other != id => Err(Error::new(
                self.page,
                format!(
                    "{name} is a {:?} of {} in one place and a {inner:?} of {subject} in another",
                    other.inner, other.subject
                ),
            )),
            _ => Ok(Value::Id(name)),
        }
    }

    fn named(&self, name: &str) -> Result<&'a PageType> {
        self.types
            .get(name)
            .ok_or_else(|| Error::new(self.page, format!("the type {name} is not on the page")))
    }
}

fn field(name: &str, rust_name: String, place: Place, value: Value, required: bool) -> Field {
    let name = name.to_owned();
    Field {
        name,
        rust_name,
        place,
        value,
        required,
        nillable: false,
        doc: String::new(),
        grade: None,
    }
}

fn enum_value(value: &str) -> EnumValue {
    EnumValue {
        value: value.to_owned(),
        doc: String::new(),
    }
}
