//! `mod.rs`: the table of contents.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn render() -> TokenStream {
    quote! {
        //! What the help pages say, as Rust: data and dispatch only.

        #![allow(clippy::wildcard_imports, clippy::similar_names, clippy::default_trait_access, clippy::semicolon_if_nothing_returned, reason = "names come from the pages")]

        mod calls;
        pub(crate) mod ids;
        pub mod operations;
        pub(crate) mod types;
        mod xml;
    }
}
