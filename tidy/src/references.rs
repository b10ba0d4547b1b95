//! Finds the paths by which Rust code refers to other modules of its crate: `crate::a::B`, `super::c`, in `use` items,
//! expressions, types and macros. Comments and code below `#[cfg(test)]` do not count.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path whose first segment is `crate`, `self` or `super`.
pub type Path = Vec<String>;

/// Returns the paths in the order of the code. A group such as `crate::{a, b::C}` becomes one path per name.
pub fn references(code: &str) -> Result<Vec<Path>> {
    let tokens: TokenStream = code.parse().map_err(|error| anyhow!("the file is not Rust: {error}"))?;
    let mut paths = Vec::new();
    scan(tokens, &mut paths);
    Ok(paths)
}

/// Returns, for each name that a `use` item brings into this module, the path that the name comes from, relative to the
/// module: `pub use error::Error` gives `(Error, [error])`. A glob has the name `*`.
pub fn imports(code: &str) -> Result<Vec<(String, Path)>> {
    let tokens: TokenStream = code.parse().map_err(|error| anyhow!("the file is not Rust: {error}"))?;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_ident(token, "use") {
            let mut paths = Vec::new();
            let end = tokens[at..].iter().position(|token| is_punct(token, ';')).unwrap_or(0);
            tree(&tokens[at + 1..at + end.max(1)], &Vec::new(), &mut paths);
            found.extend(paths.into_iter().filter_map(|mut path| Some((path.pop()?, path))));
        }
    }
    Ok(found)
}

fn scan(tokens: TokenStream, paths: &mut Vec<Path>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = end_of_test_item(&tokens, at) {
            at = end;
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => scan(group.stream(), paths),
            TokenTree::Ident(_) if begins_path(&tokens, at) => {
                let length = path_length(&tokens[at..]);
                tree(&tokens[at..at + length], &Vec::new(), paths);
                at += length - 1;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Where the item ends that `#[cfg(test)]` precedes, if such an attribute is here.
fn end_of_test_item(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let [hash, TokenTree::Group(attribute), ..] = &tokens[at..] else {
        return None;
    };
    let is_test = attribute.stream().to_string().replace(' ', "") == "cfg(test)";
    if !is_punct(hash, '#') || !is_test {
        return None;
    }
    let ends_item = |token: &TokenTree| {
        let is_body = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        is_body || is_punct(token, ';')
    };
    let end = tokens[at + 2..].iter().position(ends_item)?;
    Some(at + 2 + end + 1)
}

/// Whether a path of this crate begins here: not the visibility `pub(in crate::a)`, nor a path such as `x::self`.
fn begins_path(tokens: &[TokenTree], at: usize) -> bool {
    let is_start = ["crate", "self", "super"]
        .iter()
        .any(|name| is_ident(&tokens[at], name));
    let follows = at > 0 && (is_punct(&tokens[at - 1], ':') || is_ident(&tokens[at - 1], "in"));
    is_start && !follows && is_separator(&tokens[at + 1..])
}

/// How many tokens belong to the path that begins here.
fn path_length(tokens: &[TokenTree]) -> usize {
    let mut length = 1;
    while is_separator(&tokens[length..]) {
        match tokens.get(length + 2) {
            Some(TokenTree::Ident(_)) => length += 3,
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => return length + 3,
            Some(token) if is_punct(token, '*') => return length + 3,
            // `::<T>` ends what names a module.
            _ => break,
        }
    }
    length
}

/// Reads a use tree: `a::b`, `a::{b, c}`, `a::*`, `a as b`.
fn tree(tokens: &[TokenTree], prefix: &Path, paths: &mut Vec<Path>) {
    let mut path = prefix.clone();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if *ident == "as" => break,
            TokenTree::Ident(ident) => path.push(ident.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".into()),
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                inside
                    .split(|token| is_punct(token, ','))
                    .for_each(|one| tree(one, &path, paths));
                return;
            }
            _ => {}
        }
    }
    if path.len() > prefix.len() {
        paths.push(path);
    }
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [first, second, ..] if is_punct(first, ':') && is_punct(second, ':'))
}

fn is_ident(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if *ident == name)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

#[test]
fn every_form_of_a_reference_is_found() -> Result<()> {
    let table = [
        ("use crate::error::Error;", "crate::error::Error"),
        ("use crate::{a, b::{C, d as e}};", "crate::a crate::b::C crate::b::d"),
        ("use super::state::*;", "super::state::*"),
        ("fn f() { crate::a::g::<u8>() }", "crate::a::g"),
        // An exported macro is at the root of the crate. The module that defines it has the same name.
        ("fn f() { $crate::exported!(1) }", "crate::exported"),
        ("macro_rules! m { () => { $crate::a::B } }", "crate::a::B"),
        ("/// See [`crate::a`].\nfn f() {} // crate::b", ""),
        ("pub(in crate::a) struct B; pub struct C;", ""),
        ("#[cfg(test)] mod tests { use crate::a; } use crate::b;", "crate::b"),
        ("#[cfg(test)] use crate::a; use crate::b;", "crate::b"),
        ("use std::fmt::{self, Debug};", ""),
    ];
    for (code, expected) in table {
        let found: Vec<String> = references(code)?.iter().map(|path| path.join("::")).collect();
        assert_eq!(found.join(" "), expected, "{code}");
    }
    Ok(())
}

#[test]
fn imported_names_keep_their_origin() -> Result<()> {
    let code = "pub use error::Error; use a::{b::C, D}; pub use generated::types::*;";
    let found: Vec<String> = imports(code)?
        .iter()
        .map(|(name, path)| format!("{name}={}", path.join("::")))
        .collect();
    assert_eq!(found, ["Error=error", "C=a::b", "D=a", "*=generated::types"]);
    Ok(())
}
