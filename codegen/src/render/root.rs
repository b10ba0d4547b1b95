//! `mod.rs`: the table of contents.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn render() -> TokenStream {
    quote! {
        //! What the help pages say, as Rust: data and dispatch only.

        pub(crate) mod ids;
        pub mod operations;
        pub(crate) mod types;
        mod xml;
    }
}
