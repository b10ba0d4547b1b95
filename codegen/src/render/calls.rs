//! Renders `calls.rs`: the client methods that start an operation, and setters for its parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::{new_arguments, parameter_doc};
use super::rust_type::{Scope, argument, ident};
use super::{by_id, docs};
use crate::error::Result;
use crate::model::{Lifecycle, Model, Operation, Parameter, Range, SessionUse};

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let in_session = entry_points(model, |session| session != SessionUse::None)?;
    let others = entry_points(model, |session| session == SessionUse::None)?;
    let operations = model.operations.values();
    let setters = operations.filter_map(|operation| setters(operation, model));
    let setters = setters.collect::<Result<Vec<_>>>()?;
    let objects = by_id::render(model)?;
    let (find_item, error) = (
        (!objects.is_empty()).then(|| quote!(, find_item)),
        (!objects.is_empty()).then(|| {
            quote!(
                use crate::error::Error;
            )
        }),
    );
    let objects = (!objects.is_empty()).then(|| {
        quote! {
            /// One object by its identifier.
            impl Client {
                #(#objects)*
            }
        }
    });
    let filters = model.operations.values().filter(|operation| needs_filter(operation));
    let filters = filters.map(|operation| filters_of(operation, model));
    let filters = filters.collect::<Result<Vec<_>>>()?;
    let unfiltered = (!filters.is_empty()).then(|| quote!(, Unfiltered));
    Ok(quote! {
        //! Methods that start each operation, and setters for its parameters.

        use super::operations::*;
        use crate::client::{Call, Client #unfiltered #find_item};
        #error
        use crate::session::Session;

        impl Client {
            #(#others)*
        }

        #objects

        #(#filters)*

        impl Session {
            #(#in_session)*
        }

        #(#setters)*
    })
}

/// Renders the methods that start operations with a certain use of sessions.
fn entry_points(model: &Model, has_use: impl Fn(SessionUse) -> bool) -> Result<Vec<TokenStream>> {
    let operations = model.operations.values();
    operations
        .filter(|operation| has_use(operation.notes.session) && !operation.notes.by_hand)
        .map(|operation| entry_point(operation, model))
        .collect()
}

fn entry_point(operation: &Operation, model: &Model) -> Result<TokenStream> {
    let mut sentences = operation.notes.doc.split_inclusive(". ");
    let summary = docs::link_types(sentences.next().unwrap_or_default().trim(), model);
    let retired = match operation.notes.lifecycle {
        Lifecycle::Retired => "**Retired since 2025.** ",
        _ => "",
    };
    let doc = docs::doc(&format!("{retired}{summary} See [`{}`].", operation.name));
    let (name, type_name) = (ident(&operation.notes.entry)?, ident(&operation.rust_name)?);
    let arguments = new_arguments(operation)?;
    let parameters = arguments.iter();
    let parameters = parameters.map(|(name, argument_type, _)| quote!(#name: #argument_type));
    let values = arguments.iter().map(|(name, ..)| name);
    let call = quote!(self.call(#type_name::new(#(#values),*)));
    let (returned, call) = if needs_filter(operation) {
        (quote!(Unfiltered<#type_name>), quote!(Unfiltered::new(#call)))
    } else {
        (quote!(Call<#type_name>), call)
    };
    Ok(quote! {
        #doc
        pub fn #name(&self, #(#parameters),*) -> #returned {
            #call
        }
    })
}

/// Returns whether the operation requires one of several parameters, so that it cannot be sent before one is set.
fn needs_filter(operation: &Operation) -> bool {
    !operation.notes.require_any.is_empty() && operation.notes.session == SessionUse::None && !operation.notes.by_hand
}

/// Renders the setters of which one must be called before the operation can be sent.
fn filters_of(operation: &Operation, model: &Model) -> Result<TokenStream> {
    let operation_name = ident(&operation.rust_name)?;
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| operation.notes.require_any.contains(&parameter.name));
    let setters = required.map(|parameter| {
        let (doc, name) = (parameter_doc(parameter, model), ident(&parameter.setter)?);
        let (argument_type, _) = argument(&name, &parameter.value, Scope::Operations)?;
        Ok(quote! {
            #doc
            pub fn #name(self, #name: #argument_type) -> Call<#operation_name> {
                self.into_call().#name(#name)
            }
        })
    });
    let setters = setters.collect::<Result<Vec<TokenStream>>>()?;
    Ok(quote! {
        impl Unfiltered<#operation_name> {
            #(#setters)*
        }
    })
}

/// Renders the setters of an operation, if it has optional parameters.
fn setters(operation: &Operation, model: &Model) -> Option<Result<TokenStream>> {
    let parameters = operation.parameters.iter();
    let optional: Vec<&Parameter> = parameters.filter(|parameter| !parameter.required).collect();
    (!optional.is_empty()).then(|| setters_of(operation, &optional, model))
}

fn setters_of(operation: &Operation, optional: &[&Parameter], model: &Model) -> Result<TokenStream> {
    let name = ident(&operation.rust_name)?;
    let setters = optional.iter().map(|parameter| setter(parameter, model));
    let ranges = operation.ranges.iter().map(|range| range_setter(range, model));
    let setters = setters.chain(ranges).collect::<Result<Vec<_>>>()?;
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
