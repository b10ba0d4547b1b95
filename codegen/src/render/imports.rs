//! What a file imports: exactly what it uses, since that depends on the pages.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::Target;
use crate::model::Model;

/// Types that values are of, in every file that spells them.
const VALUES: &[(From, &str)] = &[
    (From::Jiff, "Timestamp"),
    (From::JiffCivil, "Date"),
    (From::JiffCivil, "DateTime"),
    (From::JiffCivil, "Time"),
    (From::RustDecimal, "Decimal"),
    (From::Runtime, "Attributes"),
    (From::Runtime, "Secret"),
    (From::Runtime, "Base64"),
    (From::Runtime, "Guid"),
    (From::Runtime, "RawBody"),
    (From::Runtime, "Tokens"),
];

const IN_TYPES: &[(From, &str)] = &[
    (From::Serde, "Deserialize"),
    (From::Serde, "Serialize"),
    (From::Runtime, "enumeration"),
];

const IN_OPERATIONS: &[(From, &str)] = &[
    (From::Std, "RangeBounds"),
    (From::Operation, "BodyRequirement"),
    (From::Operation, "Effect"),
    (From::Operation, "Lifecycle"),
    (From::Operation, "Method"),
    (From::Operation, "Operation"),
    (From::Operation, "OperationInfo"),
    (From::Operation, "OperationVisitor"),
    (From::Operation, "Page"),
    (From::Operation, "Paged"),
    (From::Operation, "Parameters"),
    (From::Operation, "QueryDate"),
    (From::Operation, "Requirement"),
    (From::Operation, "SessionUse"),
    (From::Runtime, "BodyNames"),
    (From::Runtime, "DecodeOptions"),
    (From::Xml, "ListDecoder"),
    (From::Xml, "Xml"),
];

const IN_XML: &[(From, &str)] = &[
    (From::Xml, "Choice"),
    (From::Xml, "DecodeError"),
    (From::Xml, "Decoder"),
    (From::Xml, "Element"),
    (From::Xml, "Encoder"),
    (From::Xml, "Tag"),
];

/// Where something is imported from, in the order of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum From {
    Std,
    Jiff,
    JiffCivil,
    RustDecimal,
    Serde,
    Runtime,
    Operation,
    Xml,
}

/// Adds to a file what it uses.
pub(super) fn add(file: &str, tokens: &TokenStream, target: Target, model: &Model) -> TokenStream {
    let of_file = match file {
        "types.rs" => IN_TYPES,
        "operations.rs" | "calls.rs" => IN_OPERATIONS,
        "xml.rs" => IN_XML,
        "ids.rs" => &[],
        _ => return tokens.clone(),
    };
    let mut used = BTreeSet::new();
    gather(tokens.clone(), &mut used);
    let mut lines: BTreeMap<From, BTreeSet<&str>> = BTreeMap::new();
    for (from, name) in VALUES.iter().chain(of_file).filter(|(_, name)| used.contains(*name)) {
        lines.entry(*from).or_default().insert(name);
    }
    let lines = lines.into_iter().map(|(from, names)| line(from, &names, target));
    let spells_ids = !matches!(file, "xml.rs" | "ids.rs") && model.ids.keys().any(|name| used.contains(name));
    let ids = spells_ids.then(|| {
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

fn line(from: From, names: &BTreeSet<&str>, target: Target) -> TokenStream {
    let (runtime, operation) = (target.runtime(), target.operation());
    let path = match from {
        From::Std => quote!(std::ops),
        From::Jiff => quote!(jiff),
        From::JiffCivil => quote!(jiff::civil),
        From::RustDecimal => quote!(rust_decimal),
        From::Serde => quote!(serde),
        From::Runtime => runtime,
        From::Operation => operation,
        From::Xml => quote!(#runtime::runtime),
    };
    let names: Vec<Ident> = names.iter().map(|name| Ident::new(name, Span::call_site())).collect();
    match names.as_slice() {
        [only] => quote!(use #path::#only;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

fn gather(tokens: TokenStream, used: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => gather(group.stream(), used),
            TokenTree::Ident(ident) => drop(used.insert(ident.to_string())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
