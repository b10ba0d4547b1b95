//! Renders `operations.rs`: every operation as a value.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::{Scope, argument, field_value, ident, type_of};
use super::target::Target;
use super::{body_checks, by_id, docs, operation_info};
use crate::error::{Error, Result};
use crate::model::{Body, Model, Operation, Parameter, ParameterLocation, Range, Value};
use crate::names;
use crate::printable::code_span;

pub(super) fn render(model: &Model, target: Target) -> Result<TokenStream> {
    let operations = model.operations.values();
    let operations = operations.map(|operation| render_operation(operation, model, target));
    let operations = operations.collect::<Result<Vec<_>>>()?;
    let types = model.operations.values().map(|operation| ident(&operation.rust_name));
    let types = types.collect::<Result<Vec<_>>>()?;
    let names = model.operations.keys();
    Ok(quote! {
        //! Every operation of the API as a value.

        /// The facts about every operation, sorted by name.
        pub const ALL: &[OperationInfo] = &[#(#types::INFO),*];

        /// Calls a visitor with the type of an operation, by its name. Returns `None` if there is no such operation.
        pub fn visit<V: OperationVisitor>(name: &str, visitor: V) -> Option<V::Output> {
            match name {
                #(#names => Some(visitor.visit::<#types>()),)*
                _ => None,
            }
        }

        #(#operations)*
    })
}

fn render_operation(operation: &Operation, model: &Model, target: Target) -> Result<TokenStream> {
    let name = ident(&operation.rust_name)?;
    let doc = docs::doc_outside_types(&operation_info::documentation(operation, target), model);
    let fields = fields(operation, model)?;
    let constructor = constructor(operation)?;
    let optional = operation.parameters.iter().filter(|parameter| !parameter.required);
    let setters = optional.map(|parameter| setter(parameter, model));
    let ranges = operation.ranges.iter().map(|range| range_setter(range, model));
    let setters = setters.chain(ranges).collect::<Result<Vec<_>>>()?;
    let default = needs_nothing(operation).then(|| quote!(Default,));
    let implementation = implementation(operation, &name, model)?;
    let paged = operation.paged.then(|| paged(operation, &name, model)).transpose()?;
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        impl #name {
            #constructor
            #(#setters)*
        }

        #implementation
        #paged
    })
}

/// Returns whether the operation has no required parameters and no request body.
fn needs_nothing(operation: &Operation) -> bool {
    operation.request == Body::Empty && !operation.parameters.iter().any(|parameter| parameter.required)
}

fn fields(operation: &Operation, model: &Model) -> Result<Vec<TokenStream>> {
    let mut fields = Vec::new();
    if operation.paged {
        fields.push(quote!(#[doc = " The page of the list to request."] pub page: Page,));
    }
    for parameter in &operation.parameters {
        let (name, doc) = (ident(&parameter.rust_name)?, parameter_doc(parameter, model));
        let value = type_of(&parameter.value, Scope::Operations)?;
        let value = if parameter.required {
            value
        } else {
            quote!(Option<#value>)
        };
        fields.push(quote!(#doc pub #name: #value,));
    }
    if let Some((name, body)) = body_field(&operation.request)? {
        fields.push(quote!(#[doc = " The request body."] pub #name: #body,));
    }
    Ok(fields)
}

/// Renders the documentation of a parameter.
pub(super) fn parameter_doc(parameter: &Parameter, model: &Model) -> TokenStream {
    if !parameter.doc.is_empty() {
        return docs::doc_outside_types(&parameter.doc, model);
    }
    let location = match parameter.location {
        ParameterLocation::Query => "query",
        ParameterLocation::Path | ParameterLocation::PathRest => "path",
    };
    docs::doc(&format!(
        "{} in the {location}. Its meaning is not documented.",
        code_span(&parameter.name)
    ))
}

/// Returns the field that holds the request body, with its type.
fn body_field(body: &Body) -> Result<Option<(Ident, TokenStream)>> {
    body.rust_name()
        .map(|name| Ok((ident(&name)?, body_type(body)?)))
        .transpose()
}

fn body_type(body: &Body) -> Result<TokenStream> {
    Ok(match body {
        Body::Empty => quote!(()),
        Body::Bytes(_) => quote!(RawBody),
        Body::One { value, .. } => type_of(value, Scope::Operations)?,
        Body::List { value, .. } => {
            let item = type_of(value, Scope::Operations)?;
            quote!(Vec<#item>)
        }
    })
}

/// Returns the arguments of `new`, each with its name, type and value: the required parameters, then the body.
pub(super) fn new_arguments(operation: &Operation) -> Result<Vec<(Ident, TokenStream, TokenStream)>> {
    let mut arguments = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let name = ident(&parameter.rust_name)?;
        let (argument_type, value) = argument(&name, &parameter.value, Scope::Operations)?;
        arguments.push((name, argument_type, value));
    }
    if let Some((name, _)) = body_field(&operation.request)? {
        let (argument_type, value) = body_argument(&name, &operation.request)?;
        arguments.push((name, argument_type, value));
    }
    Ok(arguments)
}

/// Returns the type and value of the argument for a body. A list can be any iterator, such as an array.
fn body_argument(name: &Ident, body: &Body) -> Result<(TokenStream, TokenStream)> {
    match body {
        Body::Empty | Body::Bytes(_) => Ok((body_type(body)?, quote!(#name))),
        Body::One { value, .. } => {
            let value = type_of(value, Scope::Operations)?;
            Ok((quote!(impl Into<#value>), quote!(#name.into())))
        }
        Body::List { value, .. } => {
            let item = type_of(value, Scope::Operations)?;
            Ok((
                quote!(impl IntoIterator<Item = #item>),
                quote!(#name.into_iter().collect()),
            ))
        }
    }
}

fn constructor(operation: &Operation) -> Result<TokenStream> {
    if needs_nothing(operation) {
        return Ok(quote! {
            /// Creates the operation without parameters.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        });
    }
    let arguments = new_arguments(operation)?;
    let parameters = arguments.iter();
    let parameters = parameters.map(|(name, argument_type, _)| quote!(#name: #argument_type));
    let values = arguments.iter().map(|(name, _, value)| field_value(name, value));
    let mut values: Vec<_> = values.collect();
    if operation.paged {
        values.push(quote!(page: Page::default()));
    }
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        let name = ident(&parameter.rust_name)?;
        values.push(quote!(#name: None));
    }
    let has_required = operation.parameters.iter().any(|parameter| parameter.required);
    let doc = docs::doc(match (has_required, &operation.request) {
        (true, Body::Empty) => "Creates the operation with its required parameters.",
        (true, _) => "Creates the operation with its required parameters and its request body.",
        (false, _) => "Creates the operation with its request body.",
    });
    Ok(quote! {
        #doc
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    })
}

fn setter(parameter: &Parameter, model: &Model) -> Result<TokenStream> {
    let (doc, field) = (parameter_doc(parameter, model), ident(&parameter.rust_name)?);
    let name = ident(&parameter.setter)?;
    let (argument_type, value) = argument(&name, &parameter.value, Scope::Operations)?;
    Ok(quote! {
        #doc
        #[must_use]
        pub fn #name(mut self, #name: #argument_type) -> Self {
            self.#field = Some(#value);
            self
        }
    })
}

fn range_setter(range: &Range, model: &Model) -> Result<TokenStream> {
    let (doc, name) = (docs::doc_outside_types(&range.doc, model), ident(&range.name)?);
    let (from, to) = (ident(&names::field(&range.from))?, ident(&names::field(&range.to))?);
    Ok(quote! {
        #doc
        #[must_use]
        pub fn #name<D: Into<QueryDate> + Clone>(mut self, range: impl RangeBounds<D>) -> Self {
            (self.#from, self.#to) = QueryDate::ends_of(&range);
            self
        }
    })
}

fn implementation(operation: &Operation, name: &Ident, model: &Model) -> Result<TokenStream> {
    let info = operation_info::info(operation);
    let check_body = body_checks::check_body(operation, model)?;
    let (request, response) = (body_type(&operation.request)?, body_type(&operation.response)?);
    let sets = parameter_sets(operation)?;
    let parameters = if sets.is_empty() {
        format_ident!("_parameters")
    } else {
        format_ident!("parameters")
    };
    let body = match body_field(&operation.request)? {
        Some((name, _)) => quote!(&self.#name),
        None => quote!(&()),
    };
    Ok(quote! {
        impl Operation for #name {
            const INFO: OperationInfo = #info;

            type Request = #request;
            type Response = #response;
            type Codec = Xml;

            fn parameters(&self, #parameters: &mut Parameters) {
                #(#sets)*
            }

            fn request(&self) -> &Self::Request {
                #body
            }

            #check_body
        }
    })
}

fn parameter_sets(operation: &Operation) -> Result<Vec<TokenStream>> {
    let mut sets = Vec::new();
    if operation.paged {
        sets.push(quote!(self.page.parameters(parameters);));
    }
    for (name, value) in &operation.literals {
        sets.push(quote!(parameters.set(#name, Some(&String::from(#value)));));
    }
    for parameter in &operation.parameters {
        let (name, field) = (&parameter.name, ident(&parameter.rust_name)?);
        sets.push(match (parameter.location, parameter.required) {
            (ParameterLocation::Query, true) => quote!(parameters.set(#name, Some(&self.#field));),
            (ParameterLocation::Path | ParameterLocation::PathRest, true) => {
                quote!(parameters.set_path(#name, &self.#field);)
            }
            (_, false) => quote!(parameters.set(#name, self.#field.as_ref());),
        });
    }
    Ok(sets)
}

fn paged(operation: &Operation, name: &Ident, model: &Model) -> Result<TokenStream> {
    let Body::List { value, .. } = &operation.response else {
        return Err(Error::new(
            &operation.name,
            "has the parameters of paging, but does not return a list",
        ));
    };
    let item = type_of(value, Scope::Operations)?;
    // The identifiers show whether paging makes progress. Without one, the trait's default compares whole items.
    let id = by_id::id_of_items(operation, model).filter(|id| matches!(id.value, Value::Id(_)));
    let item_id = id.map(|id| {
        let id = if id.required {
            quote!(Some(item.id.to_string()))
        } else {
            quote!(item.id.as_ref().map(ToString::to_string))
        };
        quote! {
            fn item_id(item: &Self::Item) -> Option<String> {
                #id
            }
        }
    });
    Ok(quote! {
        impl Paged for #name {
            type Item = #item;

            fn page(&self) -> &Page {
                &self.page
            }

            fn page_mut(&mut self) -> &mut Page {
                &mut self.page
            }

            #item_id

            fn item_decoder(options: &DecodeOptions) -> ListDecoder<Self::Item> {
                ListDecoder::new(Self::INFO.response, options)
            }
        }
    })
}
