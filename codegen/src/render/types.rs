//! `types.rs`: the structs and enumerations.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::rust_type::{Scope, argument, ident, init, of, of_field};
use crate::error::Result;
use crate::model::{EnumValue, Field, Model, Place, Type, TypeKind, Value};
use crate::names;

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let types = model
        .types
        .iter()
        .map(|(name, found)| declaration(name, found))
        .collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! What bodies are made of.

        #![allow(unused_imports, reason = "which of them are used depends on the pages")]

        use jiff::Timestamp;
        use jiff::civil::DateTime;
        use rust_decimal::Decimal;
        use serde::{Deserialize, Serialize};

        use super::ids::*;
        use crate::enumeration::enumeration;
        use crate::{Attributes, Secret};

        #(#types)*
    })
}

fn declaration(name: &str, found: &Type) -> Result<TokenStream> {
    let doc = docs::graded(&found.doc, name, found.grade);
    match &found.kind {
        TypeKind::Struct(fields) => structure(name, &doc, fields, found.sent),
        TypeKind::Enumeration(values) => enumeration(name, &doc, values),
    }
}

fn structure(name: &str, doc: &TokenStream, fields: &[Field], sent: bool) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let declared = fields.iter().map(field).collect::<Result<Vec<_>>>()?;
    let default = (!fields.iter().any(|field| field.required)).then(|| quote!(Default,));
    let new = constructor(fields)?;
    let setters = if sent {
        fields.iter().map(setter).collect::<Result<Vec<_>>>()?
    } else {
        Vec::new()
    };
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#declared)*
        }

        impl #name {
            #new
            #(#setters)*
        }
    })
}

fn field(field: &Field) -> Result<TokenStream> {
    let doc = docs::graded(&field.doc, &field.name, field.grade);
    let name = ident(&field.rust_name)?;
    let field_type = of_field(field)?;
    let serde = match (&field.value, field.place.is_list(), field.required) {
        (Value::Secret, ..) => quote!(#[serde(default, skip_serializing)]),
        (_, true, _) => quote!(#[serde(default)]),
        (_, false, false) => quote!(#[serde(default, skip_serializing_if = "Option::is_none")]),
        (_, false, true) => quote!(),
    };
    Ok(quote!(#doc #serde pub #name: #field_type,))
}

/// `new`, with what the object cannot be without.
fn constructor(fields: &[Field]) -> Result<TokenStream> {
    let required: Vec<&Field> = fields.iter().filter(|field| field.required).collect();
    if required.is_empty() {
        return Ok(quote! {
            /// One with nothing set.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        });
    }
    let (mut arguments, mut values) = (Vec::new(), Vec::new());
    for field in fields {
        let name = ident(&field.rust_name)?;
        if field.required {
            let (argument_type, value) = argument(&name, &field.value, Scope::Types)?;
            arguments.push(quote!(#name: #argument_type));
            values.push(init(&name, &value));
        } else {
            values.push(quote!(#name: Default::default()));
        }
    }
    let many = (required.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments, reason = "all are required")]));
    Ok(quote! {
        /// One with what it cannot be without; the rest is not set.
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    })
}

/// `with_…`, for types that are sent.
fn setter(field: &Field) -> Result<TokenStream> {
    let name = ident(&field.rust_name)?;
    let method = format_ident!("with_{}", field.rust_name.trim_start_matches("r#"));
    let doc = docs::doc(&format!(
        "Sets [`{0}`](Self::{0}).",
        field.rust_name.trim_start_matches("r#")
    ));
    let (argument_type, value) = match (&field.place, &field.value) {
        (Place::List | Place::Wrapped(_), Value::Attribute) => (quote!(Attributes), quote!(#name)),
        (Place::List | Place::Wrapped(_), item) => {
            let item = of(item, Scope::Types)?;
            (
                quote!(impl IntoIterator<Item = #item>),
                quote!(#name.into_iter().collect()),
            )
        }
        (_, value) => {
            let (argument_type, value) = argument(&name, value, Scope::Types)?;
            (argument_type, if field.required { value } else { quote!(Some(#value)) })
        }
    };
    Ok(quote! {
        #doc
        #[must_use]
        pub fn #method(mut self, #name: #argument_type) -> Self {
            self.#name = #value;
            self
        }
    })
}

fn enumeration(name: &str, doc: &TokenStream, values: &[EnumValue]) -> Result<TokenStream> {
    let names: Vec<String> = values.iter().map(|value| names::variant(&value.value)).collect();
    names::check_distinct("types.rs", name, names.iter().map(String::as_str))?;
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for value in values {
        let doc = match value.doc.as_str() {
            "" => docs::doc(&format!("`{}`", value.value)),
            text => docs::doc(text),
        };
        let (variant, text) = (ident(&names::variant(&value.value))?, &value.value);
        variants.push(quote!(#doc #variant = #text,));
    }
    Ok(quote!(enumeration! { #doc #name { #(#variants)* } }))
}
