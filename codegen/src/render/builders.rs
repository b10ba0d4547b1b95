//! Renders `builders.rs`: builders for types with many required fields, where the arguments of `new` would be mixed up.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::rust_type::{Scope, argument, ident, type_of};
use crate::error::Result;
use crate::model::{Field, FieldKind, Model, TypeKind, Value};
use crate::names;

/// The most required fields that `new` takes as arguments.
const MAX_ARGUMENTS: usize = 4;

/// Returns whether a type has a builder instead of `new`.
pub(super) fn has_builder(fields: &[Field]) -> bool {
    fields.iter().filter(|field| field.required).count() > MAX_ARGUMENTS
}

/// Renders the builders. Returns `None` if no type has one.
pub(super) fn render(model: &Model) -> Result<Option<TokenStream>> {
    let mut builders = Vec::new();
    for (name, found) in &model.types {
        match &found.kind {
            TypeKind::Struct(fields) if has_builder(fields) => builders.push(builder(name, fields)?),
            _ => {}
        }
    }
    Ok((!builders.is_empty()).then(|| {
        quote! {
            //! Builders for types with many required fields.

            #(#builders)*
        }
    }))
}

fn builder(name: &str, fields: &[Field]) -> Result<TokenStream> {
    let name = names::type_name(name);
    let article = names::article(&name);
    let linked = format!("[`{name}`](types::{name})");
    let of_function = docs::doc(&format!(
        "Creates a builder, with which {article} `{name}` is created field by field."
    ));
    let of_type = docs::doc(&format!(
        "Creates {article} {linked}, field by field. [`{name}::builder`](types::{name}::builder) returns it."
    ));
    let (type_name, builder) = (ident(&name)?, format_ident!("{name}Builder"));
    let declared = fields.iter().map(declared_field).collect::<Result<Vec<_>>>()?;
    let setters = fields
        .iter()
        .map(|field| setter(&name, field))
        .collect::<Result<Vec<_>>>()?;
    let build = build(&name, &type_name, fields)?;
    Ok(quote! {
        impl types::#type_name {
            #of_function
            pub fn builder() -> #builder {
                #builder::default()
            }
        }

        #of_type
        #[derive(Debug, Clone, Default, PartialEq)]
        #[must_use]
        pub struct #builder {
            #(#declared)*
        }

        impl #builder {
            #(#setters)*
            #build
        }
    })
}

fn is_attributes(field: &Field) -> bool {
    field.kind.is_list() && field.value == Value::UserAttribute
}

fn declared_field(field: &Field) -> Result<TokenStream> {
    let (name, value) = (ident(&field.rust_name)?, type_of(&field.value, Scope::Operations)?);
    Ok(if is_attributes(field) {
        quote!(#name: #value,)
    } else if field.kind.is_list() {
        quote!(#name: Vec<#value>,)
    } else {
        quote!(#name: Option<#value>,)
    })
}

fn setter(type_name: &str, field: &Field) -> Result<TokenStream> {
    let name = ident(&field.rust_name)?;
    let plain_name = field.rust_name.trim_start_matches("r#");
    let required = if field.required { " Required." } else { "" };
    let doc = docs::doc(&format!(
        "Sets [`{plain_name}`](types::{type_name}::{plain_name}).{required}"
    ));
    let method = if plain_name == BUILD {
        format_ident!("set_{BUILD}")
    } else {
        name.clone()
    };
    let (argument_type, value) = match field.kind {
        _ if is_attributes(field) => (quote!(Attributes), quote!(#name)),
        FieldKind::List | FieldKind::WrappedList(_) | FieldKind::RepeatedChoice => {
            let item = type_of(&field.value, Scope::Operations)?;
            (
                quote!(impl IntoIterator<Item = #item>),
                quote!(#name.into_iter().collect()),
            )
        }
        _ => {
            let (argument_type, value) = argument(&name, &field.value, Scope::Operations)?;
            (argument_type, quote!(Some(#value)))
        }
    };
    Ok(quote! {
        #doc
        pub fn #method(mut self, #name: #argument_type) -> Self {
            self.#name = #value;
            self
        }
    })
}

const BUILD: &str = "build";

fn build(name: &str, type_name: &Ident, fields: &[Field]) -> Result<TokenStream> {
    let doc = docs::doc(&format!("Creates the `{name}`."));
    let all = fields
        .iter()
        .map(|field| ident(&field.rust_name))
        .collect::<Result<Vec<_>>>()?;
    let required = fields.iter().map(|field| field.required);
    let patterns = all.iter().zip(required).map(|(name, required)| {
        if required {
            quote!(#name: Some(#name))
        } else {
            quote!(#name)
        }
    });
    let required = fields.iter().filter(|field| field.required);
    let unset = required.map(|field| {
        let (name, shown) = (ident(&field.rust_name)?, field.rust_name.trim_start_matches("r#"));
        Ok(quote!((#shown, unset.#name.is_none())))
    });
    let unset = unset.collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        #doc
        ///
        /// # Errors
        ///
        /// [`MissingFields`] names the required fields that are not set.
        pub fn build(self) -> Result<types::#type_name, MissingFields> {
            match self {
                Self { #(#patterns),* } => Ok(types::#type_name { #(#all),* }),
                unset => Err(MissingFields::new(#name, &[#(#unset),*])),
            }
        }
    })
}
