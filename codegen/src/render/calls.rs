//! Renders `calls.rs`: the client methods that start an operation, and the setters of its parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::operations::{new_arguments, parameter_doc};
use super::rust_type::{Scope, argument, ident};
use crate::error::Result;
use crate::model::{Model, Operation, Parameter, Range, SessionUse};

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let in_session = entries(model, |session| session != SessionUse::None)?;
    let others = entries(model, |session| session == SessionUse::None)?;
    let refinements = model
        .operations
        .values()
        .filter_map(|operation| refinement(operation, model))
        .collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! Fluent entry points: one method per operation, and what narrows it.

        use super::operations::*;
        use crate::client::{Call, Client};
        use crate::session::Session;

        impl Client {
            #(#others)*
        }

        impl Session {
            #(#in_session)*
        }

        #(#refinements)*
    })
}

/// The methods that begin the operations of a kind.
fn entries(model: &Model, of_kind: impl Fn(SessionUse) -> bool) -> Result<Vec<TokenStream>> {
    let operations = model.operations.values();
    operations
        .filter(|operation| of_kind(operation.notes.session) && !operation.notes.by_hand)
        .map(|operation| entry(operation, model))
        .collect()
}

/// The method that begins an operation.
fn entry(operation: &Operation, model: &Model) -> Result<TokenStream> {
    let first_sentence = operation
        .notes
        .doc
        .split_inclusive(". ")
        .next()
        .unwrap_or_default()
        .trim();
    let doc = docs::doc(&format!(
        "{} See [`{}`].",
        docs::link_types(first_sentence, model),
        operation.name
    ));
    let (name, type_name) = (ident(&operation.notes.entry)?, ident(&operation.rust_name)?);
    let arguments = new_arguments(operation)?;
    let parameters = arguments
        .iter()
        .map(|(name, argument_type, _)| quote!(#name: #argument_type));
    let values = arguments.iter().map(|(name, ..)| name);
    Ok(quote! {
        #doc
        pub fn #name(&self, #(#parameters),*) -> Call<#type_name> {
            self.call(#type_name::new(#(#values),*))
        }
    })
}

/// The methods that narrow an operation, if it has any.
fn refinement(operation: &Operation, model: &Model) -> Option<Result<TokenStream>> {
    let optional: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required)
        .collect();
    if optional.is_empty() {
        return None;
    }
    Some(refinement_of(operation, &optional, model))
}

fn refinement_of(operation: &Operation, optional: &[&Parameter], model: &Model) -> Result<TokenStream> {
    let name = ident(&operation.rust_name)?;
    let mut setters = optional
        .iter()
        .map(|parameter| setter(parameter, model))
        .collect::<Result<Vec<_>>>()?;
    for range in &operation.ranges {
        setters.push(range_setter(range, model)?);
    }
    Ok(quote! {
        impl Call<#name> {
            #(#setters)*
        }
    })
}

fn setter(parameter: &Parameter, model: &Model) -> Result<TokenStream> {
    let (doc, name) = (parameter_doc(parameter, model), ident(&parameter.setter)?);
    let (argument_type, _) = argument(&name, &parameter.value, Scope::Operations)?;
    Ok(quote! {
        #doc
        pub fn #name(self, #name: #argument_type) -> Self {
            self.map(|operation| operation.#name(#name))
        }
    })
}

fn range_setter(range: &Range, model: &Model) -> Result<TokenStream> {
    let (doc, name) = (docs::doc_outside_types(&range.doc, model), ident(&range.name)?);
    Ok(quote! {
        #doc
        pub fn #name<D: Into<QueryDate> + Clone>(self, range: impl RangeBounds<D>) -> Self {
            self.map(|operation| operation.#name(range))
        }
    })
}
