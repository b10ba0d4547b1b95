//! Formats generated tokens as a file, and refuses duplicate names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{ImplItem, Item, ItemImpl};

use super::target::Target;
use crate::error::{Error, Result};
use crate::printable::visible;

/// A file of the generated folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The name in the folder.
    pub name: &'static str,
    /// The content.
    pub text: String,
}

/// Formats a file: the header, the documentation, the imports, then the items with blank lines in between.
pub(super) fn format(name: &'static str, target: Target, tokens: &TokenStream) -> Result<GeneratedFile> {
    let invalid = |error| Error::new(name, format!("rendered as invalid Rust: {error}"));
    let parsed: syn::File = syn::parse2(tokens.clone()).map_err(invalid)?;
    refuse_duplicates(name, &parsed)?;
    let mut text = String::from(target.header());
    text.push_str(&pretty(parsed.attrs, Vec::new()));
    let (imports, items): (Vec<_>, Vec<_>) = parsed.items.into_iter().partition(is_import);
    for group in std::iter::once(imports).chain(items.into_iter().map(|item| vec![item])) {
        text.push('\n');
        text.push_str(&pretty(Vec::new(), group));
    }
    // Doc comments and identifiers have no invisible characters. String literals may have some, where the escapes of
    // `visible` mean the same.
    let lines = text.lines().map(|line| visible(line) + "\n");
    Ok(GeneratedFile {
        name,
        text: lines.collect(),
    })
}

fn is_import(item: &Item) -> bool {
    matches!(item, Item::Use(_) | Item::Mod(_))
}

fn pretty(attrs: Vec<syn::Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

/// Refuses structs with duplicate fields and types with duplicate methods.
///
/// The compiler would find them too, but could not tell which page or overlay entry they come from.
fn refuse_duplicates(file: &str, parsed: &syn::File) -> Result<()> {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in &parsed.items {
        match item {
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                check_names(file, &item.ident.to_string(), fields.map(ToString::to_string))?;
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let owner = item.self_ty.to_token_stream().to_string().replace(' ', "");
                methods.entry(owner).or_default().extend(method_names(item));
            }
            _ => {}
        }
    }
    for (owner, names) in methods {
        check_names(file, &owner, names.into_iter())?;
    }
    Ok(())
}

fn method_names(item: &ItemImpl) -> impl Iterator<Item = String> {
    item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    })
}

fn check_names(file: &str, owner: &str, names: impl Iterator<Item = String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.clone()) {
            let description = format!(
                "two parts of `{owner}` would both be called {name} in Rust. Rename a field or parameter (`name = \
                 \"…\"`) or the entry point of an operation (`entry = \"…\"`) in the overlay"
            );
            return Err(Error::new(file, description));
        }
    }
    Ok(())
}
