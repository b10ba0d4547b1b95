//! Adds the imports of a file: exactly the names that it uses, which depend on the pages.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::target::Target;
use crate::model::Model;

/// The module that something is imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Std,
    Jiff,
    JiffCivil,
    RustDecimal,
    Serde,
    CrateRoot,
    Operation,
    Runtime,
}

/// The types of values.
const VALUES: &[(Origin, &str)] = &[
    (Origin::Jiff, "Timestamp"),
    (Origin::JiffCivil, "Date"),
    (Origin::JiffCivil, "DateTime"),
    (Origin::JiffCivil, "Time"),
    (Origin::RustDecimal, "Decimal"),
    (Origin::CrateRoot, "AnyXml"),
    (Origin::CrateRoot, "Attributes"),
    (Origin::CrateRoot, "Base64"),
    (Origin::CrateRoot, "Guid"),
    (Origin::CrateRoot, "RawBody"),
    (Origin::CrateRoot, "Secret"),
    (Origin::CrateRoot, "Tokens"),
];

const IN_TYPES: &[(Origin, &str)] = &[
    (Origin::Serde, "Deserialize"),
    (Origin::Serde, "Serialize"),
    (Origin::CrateRoot, "Identified"),
    (Origin::CrateRoot, "enumeration"),
];

const IN_BUILDERS: &[(Origin, &str)] = &[(Origin::CrateRoot, "MissingFields")];

const IN_OPERATIONS: &[(Origin, &str)] = &[
    (Origin::Std, "RangeBounds"),
    (Origin::Operation, "Effect"),
    (Origin::Operation, "InvalidBody"),
    (Origin::Operation, "Lifecycle"),
    (Origin::Operation, "Method"),
    (Origin::Operation, "MissingParts"),
    (Origin::Operation, "Operation"),
    (Origin::Operation, "OperationInfo"),
    (Origin::Operation, "OperationVisitor"),
    (Origin::Operation, "Page"),
    (Origin::Operation, "Paged"),
    (Origin::Operation, "Parameters"),
    (Origin::Operation, "QueryDate"),
    (Origin::Operation, "Requirement"),
    (Origin::Operation, "SessionUse"),
    (Origin::CrateRoot, "BodyNames"),
    (Origin::CrateRoot, "DecodeOptions"),
    (Origin::Runtime, "ListDecoder"),
    (Origin::Runtime, "Xml"),
];

const IN_XML: &[(Origin, &str)] = &[
    (Origin::Runtime, "Children"),
    (Origin::Runtime, "Choice"),
    (Origin::Runtime, "DecodeError"),
    (Origin::Runtime, "Decoder"),
    (Origin::Runtime, "Element"),
    (Origin::Runtime, "Encoder"),
    (Origin::Runtime, "Field"),
    (Origin::Runtime, "Tag"),
];

impl Origin {
    fn path(self, target: Target) -> TokenStream {
        let root = target.root();
        match self {
            Self::Std => quote!(std::ops),
            Self::Jiff => quote!(jiff),
            Self::JiffCivil => quote!(jiff::civil),
            Self::RustDecimal => quote!(rust_decimal),
            Self::Serde => quote!(serde),
            Self::CrateRoot => root,
            Self::Operation => target.operation(),
            Self::Runtime => quote!(#root::runtime),
        }
    }
}

/// Adds the imports of a file.
pub(super) fn add(file: &str, tokens: &TokenStream, target: Target, model: &Model) -> TokenStream {
    let of_file = match file {
        "types.rs" => IN_TYPES,
        "builders.rs" => IN_BUILDERS,
        "operations.rs" | "calls.rs" => IN_OPERATIONS,
        "xml.rs" => IN_XML,
        "ids.rs" => &[],
        _ => return tokens.clone(),
    };
    let mut used = BTreeSet::new();
    collect_idents(tokens.clone(), &mut used);
    // In a preview, two origins have the same path.
    let mut by_path: BTreeMap<String, (TokenStream, BTreeSet<&str>)> = BTreeMap::new();
    for (origin, name) in VALUES.iter().chain(of_file).filter(|(_, name)| used.contains(*name)) {
        let path = origin.path(target);
        let (_, names) = by_path.entry(path.to_string()).or_insert((path, BTreeSet::new()));
        names.insert(name);
    }
    let lines = by_path.into_values().map(|(path, names)| import(&path, &names));
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

fn import(path: &TokenStream, names: &BTreeSet<&str>) -> TokenStream {
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
