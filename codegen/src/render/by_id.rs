//! Renders the methods that fetch one object by its identifier.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::rust_type::{Scope, argument, ident, type_of};
use crate::error::Result;
use crate::model::{Body, Field, Model, Operation, Parameter, Primitive, SessionUse, Value};
use crate::names;

/// Returns the field that identifies the items of a list, if they have one.
pub(super) fn id_of_items<'a>(operation: &Operation, model: &'a Model) -> Option<&'a Field> {
    let Body::List { value, .. } = &operation.response else {
        return None;
    };
    let fields = model.types.get(value.type_name()?)?.kind.fields();
    let mut fields = fields
        .iter()
        .filter(|field| field.rust_name == "id" && !field.kind.is_list());
    fields.next()
}

/// Renders a method for every kind of object that a list of the client contains.
pub(super) fn render(model: &Model) -> Result<Vec<TokenStream>> {
    let entries = model.operations.values().map(|operation| operation.notes.entry.clone());
    let mut taken: BTreeSet<String> = entries.collect();
    let mut done = BTreeSet::new();
    let mut methods = Vec::new();
    for operation in model.operations.values() {
        let Some(list) = List::of(operation, model) else {
            continue;
        };
        // Several lists may contain the same kind of object: the first one is enough.
        if done.insert(list.type_name) {
            let name = names::field(list.type_name);
            let name = if taken.insert(name.clone()) {
                name
            } else {
                format!("{name}_by_id")
            };
            methods.push(list.method(&name, model)?);
        }
    }
    Ok(methods)
}

/// A list of objects with identifiers that the client can fetch.
struct List<'a> {
    operation: &'a Operation,
    type_name: &'a str,
    id: &'a Field,
    /// The parameter that restricts the list to one object.
    filter: Option<&'a Parameter>,
}

impl<'a> List<'a> {
    fn of(operation: &'a Operation, model: &'a Model) -> Option<Self> {
        let is_plain = operation.notes.session == SessionUse::None
            && !operation.notes.by_hand
            && operation.request == Body::Empty
            && !operation.parameters.iter().any(|parameter| parameter.required);
        let id = id_of_items(operation, model).filter(|id| is_plain && matches!(id.value, Value::Id(_)))?;
        let Body::List { value, .. } = &operation.response else {
            return None;
        };
        let filter = operation
            .parameters
            .iter()
            .find(|parameter| parameter.value == id.value);
        // Without the filter, a list that needs one cannot be fetched.
        if filter.is_none() && !operation.notes.require_any.is_empty() {
            return None;
        }
        Some(Self {
            operation,
            type_name: value.type_name()?,
            id,
            filter,
        })
    }

    fn method(&self, name: &str, model: &Model) -> Result<TokenStream> {
        let id = ident("id")?;
        let (argument_type, value) = argument(&id, &self.id.value, Scope::Operations)?;
        let item = type_of(&Value::Named(self.type_name.to_owned()), Scope::Operations)?;
        let (name, entry) = (ident(name)?, ident(&self.operation.notes.entry)?);
        let mut call = quote!(self.#entry());
        if let Some(filter) = self.filter {
            let setter = ident(&filter.setter)?;
            let id = if self.has_string(model) {
                quote!(id.clone())
            } else {
                quote!(id)
            };
            call = quote!(#call.#setter(#id));
        }
        if self.operation.paged {
            call = quote!(#call.all());
        }
        let is_item = if self.id.required {
            quote!(item.id == id)
        } else {
            quote!(item.id.as_ref() == Some(&id))
        };
        let doc = docs::doc(&docs::link_types(&self.documentation(), model));
        Ok(quote! {
            #doc
            pub async fn #name(&self, #id: #argument_type) -> Result<Option<#item>, Error> {
                let id = #value;
                find_item(#call.await, |item| #is_item)
            }
        })
    }

    /// Returns whether the identifier is a string, which is not `Copy`.
    fn has_string(&self, model: &Model) -> bool {
        let id = match &self.id.value {
            Value::Id(name) => model.ids.get(name),
            _ => None,
        };
        id.is_some_and(|id| id.inner == Primitive::String)
    }

    fn documentation(&self) -> String {
        let requests = if self.filter.is_some() {
            "It is requested alone."
        } else {
            "The whole list is requested, because the service has no parameter for one object."
        };
        format!(
            "Fetches the [`{}`] with an identifier; `None` if the service does not know it. See [`{}`].\n\n{requests}",
            names::type_name(self.type_name),
            self.operation.name
        )
    }
}
