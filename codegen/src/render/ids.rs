//! Renders `ids.rs`: an identifier type per kind of object.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{Scope, ident, type_of};
use super::{docs, target::Target};
use crate::error::Result;
use crate::model::{Id, Model, Value};
use crate::names;

pub(super) fn render(model: &Model, target: Target) -> Result<TokenStream> {
    let root = target.root();
    let ids = model.ids.iter().map(|(name, id)| declaration(name, id));
    let ids = ids.collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! Identifiers.

        use #root::id;

        #(#ids)*
    })
}

fn declaration(name: &str, id: &Id) -> Result<TokenStream> {
    let doc = docs::doc(&format!("Identifies {} `{}`.", names::article(&id.subject), id.subject));
    let name = ident(name)?;
    let inner = type_of(&Value::Primitive(id.inner), Scope::Types)?;
    Ok(quote!(id! { #doc #name(#inner) }))
}
