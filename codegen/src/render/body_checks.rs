//! Renders the check of a request body: an `if` for each requirement of the overlay, in a loop for each list on its path.
//!
//! A part counts as set if something is written inside its element. So an empty string does not, and neither does a struct
//! without any field set.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::ident;
use crate::error::{Error, Result};
use crate::model::{
    Body, BodyRequirement, ElementContent, Field, FieldKind, Model, Operation, Primitive, TypeKind, Value, local_name,
};
use crate::names;

/// Renders `check_body`, if something is required of the request body.
pub(super) fn check_body(operation: &Operation, model: &Model) -> Result<Option<TokenStream>> {
    let (Body::One { root, .. } | Body::List { root, .. }) = &operation.request else {
        return Ok(None);
    };
    let content = ElementContent::of_body(&operation.request, &model.types);
    let Some(content) = content.filter(|_| !operation.notes.body_requires.is_empty()) else {
        return Ok(None);
    };
    let checks = Checks { operation, model };
    let root = Element {
        names: Vec::new(),
        shown: local_name(root).to_owned(),
        numbers: 0,
        place: quote!(body),
        guards: Vec::new(),
    };
    let checks = checks.of_element(&root, content)?;
    Ok(Some(quote! {
        fn check_body(body: &Self::Request) -> Result<(), InvalidBody> {
            let mut missing = MissingParts::new();
            #checks
            missing.check()
        }
    }))
}

/// An element of the body, in the code that checks it.
#[derive(Clone)]
struct Element {
    /// Its path below the root.
    names: Vec<String>,
    /// Its path in messages, with `{number}` for its number in a list.
    shown: String,
    /// How many numbers are in that path.
    numbers: usize,
    /// The expression for its value.
    place: TokenStream,
    /// The conditions under which it is written, in the innermost loop.
    guards: Vec<TokenStream>,
}

impl Element {
    fn child(&self, name: &str, place: TokenStream) -> Self {
        let mut names = self.names.clone();
        names.push(name.to_owned());
        Self {
            names,
            shown: format!("{}/{name}", self.shown),
            numbers: self.numbers,
            place,
            guards: self.guards.clone(),
        }
    }

    fn guarded(mut self, guard: TokenStream) -> Self {
        self.guards.push(guard);
        self
    }

    /// Returns an item of a list, and the variable that holds its number. The items of all lists have the same name: only
    /// the innermost one is used.
    fn item(&self, name: &str) -> (Self, Ident) {
        let mut item = self.child(name, quote!(item));
        item.numbers += 1;
        item.guards.clear();
        let number = match item.numbers {
            1 => format_ident!("number"),
            depth => format_ident!("number{depth}"),
        };
        item.shown = format!("{}[{{{number}}}]", item.shown);
        (item, number)
    }
}

struct Checks<'m> {
    operation: &'m Operation,
    model: &'m Model,
}

impl<'m> Checks<'m> {
    /// Renders what is required of an element and of the elements in it, in the order in which they are written.
    fn of_element(&self, element: &Element, content: ElementContent<'m>) -> Result<TokenStream> {
        let here = self.required_here(element, content)?;
        let inside = match content {
            ElementContent::Items(name, value) => self.items(element, name, value, &element.place)?,
            ElementContent::Fields(fields) => {
                let inside = fields.iter().map(|field| self.field(element, field));
                let inside = inside.collect::<Result<Vec<_>>>()?;
                quote!(#(#inside)*)
            }
        };
        Ok(quote!(#here #inside))
    }

    fn required_here(&self, element: &Element, content: ElementContent<'m>) -> Result<TokenStream> {
        let here = self.requirements().filter(|required| required.of == element.names);
        let here = here.map(|required| self.requirement(required, element, content));
        let here = here.collect::<Result<Vec<_>>>()?;
        let path = (element.numbers > 0 && !here.is_empty()).then(|| {
            let path = format!("{}/{{part}}", element.shown);
            quote!(let path = |part: &str| format!(#path);)
        });
        Ok(quote!(#path #(#here)*))
    }

    /// Renders what is required of the elements that a field is written as.
    fn field(&self, parent: &Element, field: &'m Field) -> Result<TokenStream> {
        let key = field.key();
        let (place, name) = (&parent.place, ident(&field.rust_name)?);
        let place = quote!(#place.#name);
        let content = ElementContent::of_field(field, &self.model.types);
        match (&field.kind, content) {
            (FieldKind::List, _) => self.items(parent, &key, &field.value, &place),
            (FieldKind::WrappedList(_), ElementContent::Items(item, value)) => {
                let list = parent.child(&key, place.clone());
                // The element of an empty list is not written.
                let here = self.required_here(&list.clone().guarded(quote!(!#place.is_empty())), content)?;
                let items = self.items(&list, item, value, &place)?;
                Ok(quote!(#here #items))
            }
            (FieldKind::Element, _) if field.required => self.child(&parent.child(&key, place), content),
            (FieldKind::Element, _) => {
                let child = parent.child(&key, quote!(item));
                self.child(&child.guarded(quote!(let Some(item) = &#place)), content)
            }
            // No part of them can be required: see the overlay.
            _ => Ok(TokenStream::new()),
        }
    }

    fn child(&self, child: &Element, content: ElementContent<'m>) -> Result<TokenStream> {
        // A type can contain itself, so this ends where the paths end.
        if self.is_on_a_path(child) {
            self.of_element(child, content)
        } else {
            Ok(TokenStream::new())
        }
    }

    /// Renders what is required of each item of a list.
    fn items(&self, parent: &Element, name: &str, value: &'m Value, list: &TokenStream) -> Result<TokenStream> {
        let (item, number) = parent.item(name);
        if !self.is_on_a_path(&item) {
            return Ok(TokenStream::new());
        }
        let checks = self.of_element(&item, ElementContent::of_value(value, &self.model.types))?;
        let checks = quote! {
            for (#number, item) in (1_usize..).zip(#list.iter()) {
                #checks
            }
        };
        let guards = &parent.guards;
        Ok(if guards.is_empty() {
            checks
        } else {
            quote!(if #(#guards)&&* { #checks })
        })
    }

    /// Returns whether something is required of an element, or of one in it.
    fn is_on_a_path(&self, element: &Element) -> bool {
        self.requirements()
            .any(|required| required.of.starts_with(&element.names))
    }

    fn requirements(&self) -> impl Iterator<Item = &'m BodyRequirement> {
        self.operation.notes.body_requires.iter()
    }

    fn requirement(
        &self,
        required: &BodyRequirement,
        element: &Element,
        content: ElementContent<'m>,
    ) -> Result<TokenStream> {
        let mut conditions = element.guards.clone();
        if let Some((name, value)) = &required.when {
            conditions.push(self.has_value(element, self.find_field(content.fields(), name)?, value)?);
        }
        for name in &required.any_of {
            let is_unset = match content {
                ElementContent::Items(_, value) => self.are_items_unset(element, value)?,
                ElementContent::Fields(fields) => self.is_field_unset(element, self.find_field(fields, name)?)?,
            };
            let always_set = || self.error(&format!("requires `{required}`, but {name} is always set"));
            conditions.push(is_unset.ok_or_else(always_set)?);
        }
        let parts = required.any_of.join(" or ");
        let path = if element.numbers > 0 {
            quote!(path(#parts))
        } else {
            let path = format!("{}/{parts}", element.shown);
            quote!(#path)
        };
        let push = match &required.when {
            Some((name, value)) => quote!(missing.push_when(#path, #name, #value);),
            None => quote!(missing.push(#path);),
        };
        Ok(quote!(if #(#conditions)&&* { #push }))
    }

    /// Renders whether a field has a value: a boolean, or a value of an enumeration.
    fn has_value(&self, element: &Element, field: &Field, value: &str) -> Result<TokenStream> {
        let (place, name) = (&element.place, ident(&field.rust_name)?);
        let place = quote!(#place.#name);
        let value = match self.type_of(&field.value) {
            Some((type_name, TypeKind::Enumeration(values))) => {
                let known = values.iter().find(|known| known.value == value);
                let known = known.ok_or_else(|| self.error(&format!("{type_name} has no value {value}")))?;
                let (type_name, variant) = (rust_name(type_name)?, ident(&known.rust_name)?);
                quote!(types::#type_name::#variant)
            }
            _ => match (field.required, value) {
                (true, "true") => return Ok(place),
                (true, _) => return Ok(quote!(!#place)),
                (false, "true") => quote!(true),
                (false, _) => quote!(false),
            },
        };
        let value = if field.required { value } else { quote!(Some(#value)) };
        Ok(quote!(#place == #value))
    }

    /// Renders whether nothing is written inside a field's element. Returns `None` if something always is.
    fn is_field_unset(&self, element: &Element, field: &Field) -> Result<Option<TokenStream>> {
        let (place, name) = (&element.place, ident(&field.rust_name)?);
        let place = quote!(#place.#name);
        Ok(match &field.kind {
            FieldKind::List => Some(self.is_list_unset(&place, &field.value)?),
            // The element of the list contains the elements of its items, even of those without content.
            FieldKind::WrappedList(_) => Some(quote!(#place.is_empty())),
            FieldKind::Choice | FieldKind::RepeatedChoice => None,
            kind if field.required => self.is_blank(&place, 0, &field.value, kind)?,
            kind => Some(match self.is_blank(&quote!(value), 1, &field.value, kind)? {
                Some(is_blank) => quote!(#place.as_ref().is_none_or(|value| #is_blank)),
                None => quote!(#place.is_none()),
            }),
        })
    }

    /// Renders whether all items of an element that contains only items are unset. Except for the root of a body, it has
    /// items.
    fn are_items_unset(&self, element: &Element, value: &Value) -> Result<Option<TokenStream>> {
        let is_root = element.names.is_empty();
        let can_be_blank = self.is_blank(&quote!(value), 1, value, &FieldKind::Element)?.is_some();
        let is_unset = self.is_list_unset(&element.place, value)?;
        Ok((is_root || can_be_blank).then_some(is_unset))
    }

    fn is_list_unset(&self, list: &TokenStream, value: &Value) -> Result<TokenStream> {
        let is_blank = match value {
            // Attributes are a map, without items to borrow.
            Value::UserAttribute => None,
            _ => self.is_blank(&quote!(value), 1, value, &FieldKind::Element)?,
        };
        Ok(match is_blank {
            Some(is_blank) => quote!(#list.iter().all(|value| #is_blank)),
            None => quote!(#list.is_empty()),
        })
    }

    /// Renders whether nothing is written for a value, which is behind some references. Returns `None` if something always
    /// is.
    fn is_blank(
        &self,
        place: &TokenStream,
        references: usize,
        value: &Value,
        kind: &FieldKind,
    ) -> Result<Option<TokenStream>> {
        Ok(match (value, self.type_of(value)) {
            (Value::Primitive(Primitive::String), _) => Some(quote!(#place.trim().is_empty())),
            (Value::Secret, _) => Some(quote!(#place.expose().trim().is_empty())),
            (Value::Primitive(Primitive::Base64) | Value::Tokens(_), _) => Some(quote!(#place.0.is_empty())),
            (Value::UserAttribute, _) => Some(quote!(#place.is_empty())),
            // As an element, an identifier is in an attribute, which is always written.
            (Value::Id(name), _) if *kind == FieldKind::Attribute && self.is_string(name) => {
                Some(quote!(#place.as_str().trim().is_empty()))
            }
            (_, Some((_, TypeKind::Enumeration(_)))) => Some(quote!(#place.as_str().trim().is_empty())),
            (_, Some((name, TypeKind::Struct(fields)))) if !fields.iter().any(|field| field.required) => {
                let name = rust_name(name)?;
                let references = references + usize::from(matches!(value, Value::Boxed(_)));
                let stars = std::iter::repeat_n(quote!(*), references);
                Some(quote!(#(#stars)* #place == types::#name::default()))
            }
            _ => None,
        })
    }

    fn is_string(&self, id: &str) -> bool {
        self.model.ids.get(id).is_some_and(|id| id.inner == Primitive::String)
    }

    fn type_of(&self, value: &Value) -> Option<(&'m str, &'m TypeKind)> {
        let (name, found) = self.model.types.get_key_value(value.type_name()?)?;
        Some((name, &found.kind))
    }

    fn find_field(&self, fields: &'m [Field], key: &str) -> Result<&'m Field> {
        let found = fields.iter().find(|field| field.key() == key);
        found.ok_or_else(|| self.error(&format!("the request body has no {key}")))
    }

    fn error(&self, reason: &str) -> Error {
        Error::new(&self.operation.name, reason)
    }
}

fn rust_name(type_name: &str) -> Result<Ident> {
    ident(&names::type_name(type_name))
}
