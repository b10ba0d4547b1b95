//! `ids.rs`: one identifier type per kind of object.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::Scope;
use super::{Target, docs, rust_type};
use crate::error::Result;
use crate::model::{Id, Model, Value};
use crate::names;

pub(super) fn render(model: &Model, target: Target) -> Result<TokenStream> {
    let runtime = target.runtime();
    let ids = model
        .ids
        .iter()
        .map(|(name, id)| declaration(name, id))
        .collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! Identifiers.

        use #runtime::id;

        #(#ids)*
    })
}

fn declaration(name: &str, id: &Id) -> Result<TokenStream> {
    let doc = docs::doc(&format!("Identifies {} `{}`.", names::article(&id.subject), id.subject));
    let name = rust_type::ident(name)?;
    let inner = rust_type::of(&Value::Text(id.inner), Scope::Types)?;
    Ok(quote!(id! { #doc #name(#inner) }))
}
