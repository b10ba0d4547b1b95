//! Names that would stand twice where Rust allows one. The compiler would find them too, but not say where they are from.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{ImplItem, Item, ItemImpl};

use crate::error::{Error, Result};

/// Whether the fields of every struct, and the methods of every type, have names of their own.
pub(super) fn check(file: &str, parsed: &syn::File) -> Result<()> {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in &parsed.items {
        match item {
            Item::Struct(item) => {
                let fields: Vec<String> = item
                    .fields
                    .iter()
                    .filter_map(|field| Some(field.ident.as_ref()?.to_string()))
                    .collect();
                check_distinct(file, &item.ident.to_string(), fields.iter().map(String::as_str))?;
            }
            Item::Impl(item) if item.trait_.is_none() => {
                methods
                    .entry(item.self_ty.to_token_stream().to_string().replace(' ', ""))
                    .or_default()
                    .extend(names(item));
            }
            _ => {}
        }
    }
    for (owner, names) in &methods {
        check_distinct(file, owner, names.iter().map(String::as_str))?;
    }
    Ok(())
}

fn names(item: &ItemImpl) -> impl Iterator<Item = String> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    })
}

fn check_distinct<'a>(file: &str, owner: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            let what = format!(
                "two parts of `{owner}` would both be called {name} in Rust: rename the field or parameter that one of \
                 them is made from in the overlay (`name = \"…\"`), or the entry point of the operation (`entry = \"…\"`)"
            );
            return Err(Error::new(file, what));
        }
    }
    Ok(())
}
