//! Renders what is known about an operation: its documentation and its `OperationInfo`.

use proc_macro2::TokenStream;
use quote::quote;

use super::target::Target;
use crate::model::{Body, Lifecycle, Operation, Parameter, ParameterLocation, SessionUse};
use crate::printable::{as_markdown, code_span};

/// The first line about an operation that the service no longer offers.
const RETIRED: &str = "**Retired:** since 2025 the service can be read, and refuses to create, change or delete anything \
    (documented).\n\n";

/// Returns the documentation of an operation.
pub(super) fn documentation(operation: &Operation, target: Target) -> String {
    let (retired, deprecated) = match operation.notes.lifecycle {
        Lifecycle::Maintained => ("", ""),
        Lifecycle::Deprecated => (
            "",
            "\n\n**Deprecated** by the service: it may continue to work, but there is no guarantee.",
        ),
        Lifecycle::Retired => (RETIRED, ""),
    };
    let doc = match operation.notes.doc.as_str() {
        "" if target == Target::Preview => "",
        "" => "What the operation does is not documented.\n\n",
        doc => &format!("{}\n\n", doc.trim_end()),
    };
    let bytes = [("request", &operation.request), ("response", &operation.response)];
    let bytes = bytes.iter().filter_map(|(side, body)| match body {
        Body::Bytes(reason) => Some(format!(
            "\n\nThe {side} body is bytes without a schema: {}.",
            as_markdown(reason.trim_end_matches('.'))
        )),
        _ => None,
    });
    let bytes: String = bytes.collect();
    let required = required(operation);
    let request = code_span(&format!("{} {}", operation.method, operation.path));
    format!("{retired}{doc}{request}{bytes}{deprecated}{required}")
}

/// Renders the `OperationInfo` of an operation.
pub(super) fn info(operation: &Operation) -> TokenStream {
    let Operation { name, path, notes, .. } = operation;
    let method = method(operation);
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
    let query = query_parameters(operation).map(|parameter| parameter.name.as_str());
    let parameters = paging.iter().copied().chain(query);
    let requirements = requirements(operation);
    let body_requirements = operation.notes.body_requires.iter().map(ToString::to_string);
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
    quote! {
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
    }
}

fn method(operation: &Operation) -> TokenStream {
    match operation.method.as_str() {
        "GET" => quote!(Get),
        "POST" => quote!(Post),
        "PATCH" => quote!(Patch),
        "DELETE" => quote!(Delete),
        "PUT" => quote!(Put),
        other => quote!(Other(#other)),
    }
}

fn query_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(|parameter| parameter.location == ParameterLocation::Query)
}

fn requirements(operation: &Operation) -> Vec<TokenStream> {
    let query = query_parameters(operation);
    let all: Vec<_> = query
        .filter(|parameter| parameter.required)
        .map(|parameter| parameter.name.as_str())
        .collect();
    let any = operation.notes.require_any.as_slice();
    let one = operation.notes.at_most_one.as_slice();
    let all = (!all.is_empty()).then(|| quote!(Requirement::All(&[#(#all),*])));
    let any = (!any.is_empty()).then(|| quote!(Requirement::AnyOf(&[#(#any),*])));
    let one = (!one.is_empty()).then(|| quote!(Requirement::AtMostOne(&[#(#one),*])));
    all.into_iter().chain(any).chain(one).collect()
}

fn body_names(body: &Body) -> TokenStream {
    let (root, item) = match body {
        Body::Empty | Body::Bytes(_) => return quote!(BodyNames::EMPTY),
        Body::One { root, .. } => (root.as_str(), ""),
        Body::List { root, item, .. } => (root.as_str(), item.as_str()),
    };
    quote!(BodyNames { root: #root, item: #item })
}

/// Returns a section about what is checked before the operation is sent, or an empty string.
fn required(operation: &Operation) -> String {
    let notes = &operation.notes;
    let mut lines = Vec::new();
    for (what, names) in [("one of", &notes.require_any), ("at most one of", &notes.at_most_one)] {
        lines.extend(
            (!names.is_empty()).then(|| format!("{what} the parameters {}", alternatives(names.iter().cloned()))),
        );
    }
    lines.extend(notes.body_requires.iter().map(|required| {
        let paths = alternatives(required.paths());
        let when = required.when.as_ref();
        when.map_or(paths.clone(), |(name, value)| {
            format!("{paths}, when `{name}` is `{value}`")
        })
    }));
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "\n\n# Required\n\nThis is checked before the operation is sent:\n\n- {}",
        lines.join("\n- ")
    )
}

fn alternatives(names: impl Iterator<Item = String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
