//! `mod.rs`: the table of contents.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn render() -> TokenStream {
    quote! {
        //! What the help pages say, as Rust: data and dispatch only.

        #![allow(clippy::wildcard_imports, reason = "each file needs most of what the others declare")]

        mod calls;
        pub(crate) mod ids;
        pub mod operations;
        pub(crate) mod types;
        mod xml;
    }
}
