//! The model as Rust: one module per output file.

mod calls;
mod clashes;
mod docs;
mod ids;
mod imports;
mod info;
mod operations;
mod required;
mod root;
mod rust_type;
mod target;
mod types;
mod xml;
mod xml_choice;

use proc_macro2::TokenStream;

pub use target::Target;

use crate::error::{Error, Result};
use crate::model::Model;
use crate::printable::visible;

/// A file of the generated folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// Renders every file, sorted by name.
pub fn render(model: &Model, target: Target) -> Result<Vec<GeneratedFile>> {
    let file = |name, tokens: &TokenStream| file(name, target, &imports::add(name, tokens, target, model));
    let mut files = vec![
        file("ids.rs", &ids::render(model, target)?)?,
        file("operations.rs", &operations::render(model, target)?)?,
        file("types.rs", &types::render(model, target)?)?,
        file("xml.rs", &xml::render(model)?)?,
    ];
    if target == Target::Crate {
        // Methods of the client can only be where the client is.
        files.insert(0, file("calls.rs", &calls::render(model)?)?);
        files.insert(2, file("mod.rs", &root::render())?);
    }
    Ok(files)
}

fn file(name: &'static str, target: Target, tokens: &TokenStream) -> Result<GeneratedFile> {
    let invalid = |error| Error::new(name, format!("was rendered as invalid Rust: {error}"));
    let parsed: syn::File = syn::parse2(tokens.clone()).map_err(invalid)?;
    clashes::check(name, &parsed)?;
    let mut text = String::from(target.header());
    text.push_str(&pretty(parsed.attrs, Vec::new()));
    let (imports, items): (Vec<_>, Vec<_>) = parsed.items.into_iter().partition(is_import);
    for group in std::iter::once(imports).chain(items.into_iter().map(|item| vec![item])) {
        text.push('\n');
        text.push_str(&pretty(Vec::new(), group));
    }
    // What is left of them is in string literals, which are written with the same escapes.
    let lines = text.lines().map(|line| visible(line) + "\n");
    Ok(GeneratedFile {
        name,
        text: lines.collect(),
    })
}

fn is_import(item: &syn::Item) -> bool {
    matches!(item, syn::Item::Use(_) | syn::Item::Mod(_))
}

fn pretty(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    })
}
