//! Formats generated tokens as a file, and refuses duplicate names.
//!
//! prettyplease formats items, but does not put blank lines between them, and leaves macros unformatted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{
    Attribute, ImplItem, Item, ItemImpl, ItemMacro, ItemUse, LitStr, Token, Type, UseTree, braced, parenthesized,
};

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

/// Formats a file: the header, the documentation, the imports, then the items.
pub(super) fn format(name: &'static str, target: Target, tokens: &TokenStream) -> Result<GeneratedFile> {
    let invalid = |error: syn::Error| Error::new(name, format!("rendered as invalid Rust: {error}"));
    let parsed: syn::File = syn::parse2(tokens.clone()).map_err(invalid)?;
    refuse_duplicates(name, &parsed)?;
    let is_doc = |attribute: &Attribute| attribute.path().is_ident("doc");
    let (docs, attributes): (Vec<_>, Vec<_>) = parsed.attrs.into_iter().partition(is_doc);
    let mut blocks = vec![unparse(docs, Vec::new()), unparse(attributes, Vec::new())];
    let mut imports = Vec::new();
    let mut modules = String::new();
    let mut items = Vec::new();
    for item in parsed.items {
        match item {
            Item::Use(item) => imports.push(item),
            Item::Mod(_) => modules.push_str(&unparse_item(item)),
            Item::Impl(item) => items.push(format_impl(&item)),
            Item::Macro(item) => items.push(format_macro(&item).map_err(invalid)?),
            _ => items.push(unparse_item(item)),
        }
    }
    blocks.extend(format_imports(imports));
    blocks.push(modules);
    blocks.extend(items);
    blocks.retain(|block| !block.is_empty());
    let text = target.header().to_owned() + &blocks.join("\n");
    // Doc comments and identifiers have no invisible characters. String literals may have some, where the escapes of
    // `visible` mean the same.
    let lines = text.lines().map(|line| visible(line) + "\n");
    Ok(GeneratedFile {
        name,
        text: lines.collect(),
    })
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}

fn unparse_item(item: Item) -> String {
    unparse(Vec::new(), vec![item])
}

/// Formats imports in groups, as the other crates do: the standard library, other crates, then this crate.
fn format_imports(imports: Vec<ItemUse>) -> Vec<String> {
    let mut groups: BTreeMap<u8, BTreeSet<String>> = BTreeMap::new();
    for import in imports {
        let root = match &import.tree {
            UseTree::Path(path) => path.ident.to_string(),
            _ => String::new(),
        };
        let group = match root.as_str() {
            "std" => 0,
            "super" | "crate" => 2,
            _ => 1,
        };
        groups.entry(group).or_default().insert(unparse_item(Item::Use(import)));
    }
    // rustfmt puts `super` before `crate`.
    let is_super = |line: &&String| line.starts_with("use super");
    let sorted = |lines: &BTreeSet<String>| -> String {
        let (supers, others): (Vec<&String>, Vec<&String>) = lines.iter().partition(is_super);
        supers.into_iter().chain(others).map(String::as_str).collect()
    };
    groups.values().map(sorted).collect()
}

/// Formats an impl with blank lines between its items, except between associated types.
fn format_impl(item: &ItemImpl) -> String {
    let with_items = |items: Vec<ImplItem>| unparse_item(Item::Impl(ItemImpl { items, ..item.clone() }));
    let empty = with_items(Vec::new());
    // An empty impl ends with `{}`, and one with items starts with the same text up to the brace.
    let Some(head) = empty.strip_suffix("{}\n").filter(|_| !item.items.is_empty()) else {
        return empty;
    };
    let mut text = format!("{head}{{\n");
    let mut after_type = false;
    for (at, part) in item.items.iter().enumerate() {
        let is_type = matches!(part, ImplItem::Type(_));
        if at > 0 && !(is_type && after_type) {
            text.push('\n');
        }
        let alone = with_items(vec![part.clone()]);
        let body = alone.strip_prefix(&format!("{head}{{\n"));
        text.push_str(body.and_then(|body| body.strip_suffix("}\n")).unwrap_or(&alone));
        after_type = is_type;
    }
    text + "}\n"
}

/// Formats a call of the macros `id!` and `enumeration!` like the item that it declares.
fn format_macro(item: &ItemMacro) -> syn::Result<String> {
    let name = item.mac.path.to_token_stream().to_string();
    let declared: Declaration = Declaration::parse.parse2(item.mac.tokens.clone())?;
    let mut text = format!("{name}! {{\n");
    write_docs(&mut text, "    ", &declared.docs);
    match &declared.content {
        Content::Wrapped(inner) => {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "    {}({})", declared.name, inner.to_token_stream());
        }
        Content::Values(values) => {
            let _ = writeln!(text, "    {} {{", declared.name);
            for value in values {
                write_docs(&mut text, "        ", &value.docs);
                let _ = writeln!(text, "        {} = {},", value.name, value.text.to_token_stream());
            }
            text.push_str("    }\n");
        }
    }
    Ok(text + "}\n")
}

fn write_docs(text: &mut String, indentation: &str, docs: &[String]) {
    for line in docs {
        let _ = writeln!(text, "{indentation}///{line}");
    }
}

/// The tokens of a macro call: `/// Doc` `EventId(i32)`, or `/// Doc` `Kind { /// Doc` `Postal = "Postal", }`.
struct Declaration {
    docs: Vec<String>,
    name: Ident,
    content: Content,
}

enum Content {
    Wrapped(Box<Type>),
    Values(Vec<DeclaredValue>),
}

struct DeclaredValue {
    docs: Vec<String>,
    name: Ident,
    text: LitStr,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let docs = parse_docs(input)?;
        let name = input.parse()?;
        let inner;
        let content = if input.peek(syn::token::Paren) {
            parenthesized!(inner in input);
            Content::Wrapped(inner.parse()?)
        } else {
            braced!(inner in input);
            let mut values = Vec::new();
            while !inner.is_empty() {
                values.push(inner.parse()?);
            }
            Content::Values(values)
        };
        Ok(Self { docs, name, content })
    }
}

impl Parse for DeclaredValue {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let docs = parse_docs(input)?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let text = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(Self { docs, name, text })
    }
}

fn parse_docs(input: ParseStream<'_>) -> syn::Result<Vec<String>> {
    let attributes = input.call(Attribute::parse_outer)?;
    let lines = attributes.iter().map(|attribute| {
        let value = &attribute.meta.require_name_value()?.value;
        let line: LitStr = syn::parse2(value.to_token_stream())?;
        Ok(line.value())
    });
    lines.collect()
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
