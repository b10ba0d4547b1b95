//! What is known about an operation, as data and in words.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Target, required};
use crate::error::{Error, Result};
use crate::model::{Body, Lifecycle, Operation, ParameterPlace, SessionUse};
use crate::printable::{as_markdown, code_span};

/// Its documentation.
pub(super) fn documentation(operation: &Operation, target: Target) -> String {
    let lifecycle = match operation.notes.lifecycle {
        Lifecycle::Maintained => "",
        Lifecycle::Deprecated => "\n\n**Deprecated** by the service: it may go on working, without a promise.",
        Lifecycle::Retired => {
            "\n\n**Retired** by the service: since 2025 these objects can be read, but not created, changed or deleted."
        }
    };
    let doc = match operation.notes.doc.as_str() {
        "" if target == Target::Preview => "",
        "" => "What it does is not documented.\n\n",
        doc => &format!("{}\n\n", doc.trim_end()),
    };
    let bytes = [("takes", &operation.request), ("answers", &operation.response)];
    let bytes = bytes.iter().filter_map(|(verb, body)| match body {
        Body::Bytes(why) => Some(format!(
            "\n\nIt {verb} bytes of which no more is known: {}.",
            as_markdown(why.trim_end_matches('.'))
        )),
        _ => None,
    });
    let bytes: String = bytes.collect();
    let required = required::documentation(operation);
    let request = code_span(&format!("{} {}", operation.method, operation.path));
    format!("{doc}{request}{bytes}{lifecycle}{required}")
}

/// Its `OperationInfo`.
pub(super) fn info(operation: &Operation) -> Result<TokenStream> {
    let Operation { name, path, notes, .. } = operation;
    let method = method(operation)?;
    let effect = if matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
        quote!(Read)
    } else {
        quote!(Write)
    };
    let paging = if operation.paged {
        ["offset", "limit", "all"].as_slice()
    } else {
        &[]
    };
    let query = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Query);
    let parameters = paging
        .iter()
        .copied()
        .chain(query.map(|parameter| parameter.name.as_str()));
    let requirements = requirements(operation);
    let body_requirements = operation.notes.body_requires.iter().map(required::render);
    let (request, response) = (body_names(&operation.request), body_names(&operation.response));
    let session = match notes.session {
        SessionUse::None => quote!(None),
        SessionUse::Begins => quote!(Begins),
        SessionUse::MayBegin => quote!(MayBegin),
        SessionUse::Needs => quote!(Needs),
    };
    let lifecycle = match notes.lifecycle {
        Lifecycle::Maintained => quote!(Maintained),
        Lifecycle::Deprecated => quote!(Deprecated),
        Lifecycle::Retired => quote!(Retired),
    };
    Ok(quote! {
        OperationInfo {
            name: #name,
            method: Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            requirements: &[#(#requirements),*],
            body_requirements: &[#(#body_requirements),*],
            request: #request,
            response: #response,
            effect: Effect::#effect,
            session: SessionUse::#session,
            lifecycle: Lifecycle::#lifecycle,
        }
    })
}

fn method(operation: &Operation) -> Result<TokenStream> {
    Ok(match operation.method.as_str() {
        "GET" => quote!(Get),
        "POST" => quote!(Post),
        "PATCH" => quote!(Patch),
        "DELETE" => quote!(Delete),
        "PUT" => quote!(Put),
        other if !other.is_empty() && other.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') => {
            quote!(Other(#other))
        }
        other => {
            return Err(Error::new(
                &operation.name,
                format!("its method is `{other}`, which is none of HTTP's"),
            ));
        }
    })
}

fn requirements(operation: &Operation) -> Vec<TokenStream> {
    let notes = &operation.notes;
    let any = notes.require_any.as_slice();
    let one = notes.at_most_one.as_slice();
    let any = (!any.is_empty()).then(|| quote!(Requirement::AnyOf(&[#(#any),*])));
    let one = (!one.is_empty()).then(|| quote!(Requirement::AtMostOne(&[#(#one),*])));
    any.into_iter().chain(one).collect()
}

fn body_names(body: &Body) -> TokenStream {
    let (root, item) = match body {
        Body::Empty | Body::Bytes(_) => return quote!(BodyNames::EMPTY),
        Body::One { root, .. } => (root.as_str(), ""),
        Body::List { root, item, .. } => (root.as_str(), item.as_str()),
    };
    quote!(BodyNames { root: #root, item: #item })
}
