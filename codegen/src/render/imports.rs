//! Imports that only some pages need.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::Target;

/// Types that no vendored page needs.
const OF_RUNTIME: [&str; 4] = ["Base64", "Guid", "RawBody", "Tokens"];
const OF_JIFF: [&str; 2] = ["Date", "Time"];

/// Adds what is used behind the file's own attributes.
pub(super) fn add(tokens: &TokenStream, target: Target) -> TokenStream {
    let mut used = BTreeSet::new();
    gather(tokens.clone(), &mut used);
    let names = |names: &[&str]| -> Vec<Ident> {
        let used = names.iter().filter(|name| used.contains(**name));
        used.map(|name| Ident::new(name, Span::call_site())).collect()
    };
    let runtime = target.runtime();
    let (of_runtime, of_jiff) = (names(&OF_RUNTIME), names(&OF_JIFF));
    quote! {
        #tokens
        #(use #runtime::xml::#of_runtime;)*
        #(use jiff::civil::#of_jiff;)*
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
