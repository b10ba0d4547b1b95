//! Adds the imports of a file: exactly what it uses, which depends on the pages.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::target::Target;
use crate::model::Model;

/// The types of values.
const VALUES: &[(Origin, &str)] = &[
    (Origin::Jiff, "Timestamp"),
    (Origin::JiffCivil, "Date"),
    (Origin::JiffCivil, "DateTime"),
    (Origin::JiffCivil, "Time"),
    (Origin::RustDecimal, "Decimal"),
    (Origin::Runtime, "Attributes"),
    (Origin::Runtime, "Secret"),
    (Origin::Runtime, "Base64"),
    (Origin::Runtime, "Guid"),
    (Origin::Runtime, "RawBody"),
    (Origin::Runtime, "Tokens"),
];

const IN_TYPES: &[(Origin, &str)] = &[
    (Origin::Serde, "Deserialize"),
    (Origin::Serde, "Serialize"),
    (Origin::Runtime, "enumeration"),
];

const IN_OPERATIONS: &[(Origin, &str)] = &[
    (Origin::Std, "RangeBounds"),
    (Origin::Operation, "BodyRequirement"),
    (Origin::Operation, "Effect"),
    (Origin::Operation, "Lifecycle"),
    (Origin::Operation, "Method"),
    (Origin::Operation, "Operation"),
    (Origin::Operation, "OperationInfo"),
    (Origin::Operation, "OperationVisitor"),
    (Origin::Operation, "Page"),
    (Origin::Operation, "Paged"),
    (Origin::Operation, "Parameters"),
    (Origin::Operation, "QueryDate"),
    (Origin::Operation, "Requirement"),
    (Origin::Operation, "SessionUse"),
    (Origin::Runtime, "BodyNames"),
    (Origin::Runtime, "DecodeOptions"),
    (Origin::Xml, "ListDecoder"),
    (Origin::Xml, "Xml"),
];

const IN_XML: &[(Origin, &str)] = &[
    (Origin::Xml, "Choice"),
    (Origin::Xml, "DecodeError"),
    (Origin::Xml, "Decoder"),
    (Origin::Xml, "Element"),
    (Origin::Xml, "Encoder"),
    (Origin::Xml, "Tag"),
];

/// The module that something is imported from, in the order of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Std,
    Jiff,
    JiffCivil,
    RustDecimal,
    Serde,
    Runtime,
    Operation,
    Xml,
}

/// Adds the imports of a file.
pub(super) fn add(file: &str, tokens: &TokenStream, target: Target, model: &Model) -> TokenStream {
    let of_file = match file {
        "types.rs" => IN_TYPES,
        "operations.rs" | "calls.rs" => IN_OPERATIONS,
        "xml.rs" => IN_XML,
        "ids.rs" => &[],
        _ => return tokens.clone(),
    };
    let mut used = BTreeSet::new();
    collect_idents(tokens.clone(), &mut used);
    let mut lines: BTreeMap<Origin, BTreeSet<&str>> = BTreeMap::new();
    for (from, name) in VALUES.iter().chain(of_file).filter(|(_, name)| used.contains(*name)) {
        lines.entry(*from).or_default().insert(name);
    }
    let lines = lines.into_iter().map(|(from, names)| import(from, &names, target));
    let uses_ids = !matches!(file, "xml.rs" | "ids.rs") && model.ids.keys().any(|name| used.contains(name));
    let ids = uses_ids.then(|| {
        quote!(
            use super::ids::*;
        )
    });
    let types = (file != "types.rs" && used.contains("types")).then(|| {
        quote!(
            use super::types;
        )
    });
    quote! {
        #tokens
        #(#lines)*
        #ids
        #types
    }
}

fn import(from: Origin, names: &BTreeSet<&str>, target: Target) -> TokenStream {
    let (runtime, operation) = (target.runtime(), target.operation());
    let path = match from {
        Origin::Std => quote!(std::ops),
        Origin::Jiff => quote!(jiff),
        Origin::JiffCivil => quote!(jiff::civil),
        Origin::RustDecimal => quote!(rust_decimal),
        Origin::Serde => quote!(serde),
        Origin::Runtime => runtime,
        Origin::Operation => operation,
        Origin::Xml => quote!(#runtime::runtime),
    };
    let names: Vec<Ident> = names.iter().map(|name| Ident::new(name, Span::call_site())).collect();
    match names.as_slice() {
        [only] => quote!(use #path::#only;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

fn collect_idents(tokens: TokenStream, used: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_idents(group.stream(), used),
            TokenTree::Ident(ident) => drop(used.insert(ident.to_string())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
