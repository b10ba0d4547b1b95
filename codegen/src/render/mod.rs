//! Renders the model as Rust: one module per output file.

mod body_checks;
mod builders;
mod by_id;
mod calls;
mod docs;
mod file;
mod ids;
mod imports;
mod operation_info;
mod operations;
mod rust_type;
mod target;
mod types;
mod xml;

use proc_macro2::TokenStream;
use quote::quote;

pub use file::GeneratedFile;
pub use target::Target;

use crate::error::Result;
use crate::model::Model;

/// Renders every file, sorted by name.
pub fn render(model: &Model, target: Target) -> Result<Vec<GeneratedFile>> {
    let file = |name, tokens: &TokenStream| file::format(name, target, &imports::add(name, tokens, target, model));
    let mut files = vec![
        file("ids.rs", &ids::render(model, target)?)?,
        file("operations.rs", &operations::render(model, target)?)?,
        file("types.rs", &types::render(model, target)?)?,
        file("xml.rs", &xml::render(model)?)?,
    ];
    if let Some(builders) = builders::render(model)? {
        files.push(file("builders.rs", &builders)?);
    }
    if target == Target::Crate {
        // Only the crate that defines the client can add methods to it.
        files.push(file("calls.rs", &calls::render(model)?)?);
        files.push(file("mod.rs", &root())?);
    }
    files.sort_by_key(|file| file.name);
    Ok(files)
}

/// Renders `mod.rs`.
fn root() -> TokenStream {
    quote! {
        //! The contract of the help pages as Rust: only data and dispatch.

        #![allow(clippy::wildcard_imports, clippy::similar_names, clippy::default_trait_access, clippy::semicolon_if_nothing_returned, reason = "names come from the pages")]

        pub mod builders;
        mod calls;
        pub(crate) mod ids;
        pub mod operations;
        pub(crate) mod types;
        mod xml;
    }
}
