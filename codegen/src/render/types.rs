//! Renders `types.rs`: the structs and enums.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::rust_type::{Scope, argument, field_value, ident, type_of, type_of_field};
use super::{docs, target::Target};
use crate::error::Result;
use crate::model::{EnumValue, Field, FieldKind, Model, Substitute, Type, TypeKind, Value, local_name};
use crate::names;
use crate::printable::code_span;

pub(super) fn render(model: &Model, target: Target) -> Result<TokenStream> {
    let types = model
        .types
        .iter()
        .map(|(name, found)| declaration(name, found, target))
        .collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! What bodies are made of.

        #(#types)*
    })
}

fn declaration(name: &str, found: &Type, target: Target) -> Result<TokenStream> {
    let doc = docs::graded(&found.doc, name, found.grade, target);
    match &found.kind {
        TypeKind::Struct(fields) => structure(name, &doc, fields, found.sent, target),
        TypeKind::Enumeration(values) => enumeration(name, &doc, values),
        TypeKind::Choice(branches) => choice(name, &found.doc, branches),
        TypeKind::Substitution(types) => substitution(name, &found.doc, types),
    }
}

fn choice(name: &str, said: &str, branches: &[Field]) -> Result<TokenStream> {
    let doc = docs::doc(match said {
        "" => "Elements of which one stands.",
        said => said,
    });
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for branch in branches {
        let doc = match branch.doc.as_str() {
            "" => docs::doc(&format!("{} in XML.", code_span(local_name(&branch.name)))),
            said => docs::doc(said),
        };
        let (variant, held) = (ident(&branch.rust_name)?, type_of(&branch.value, Scope::Types)?);
        variants.push(quote!(#doc #variant(#held),));
    }
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    })
}

fn substitution(name: &str, said: &str, types: &[Substitute]) -> Result<TokenStream> {
    let doc = docs::doc(match said {
        "" => "A type, or one of those that extend it: which, the element says itself.",
        said => said,
    });
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for substitute in types {
        let doc = docs::doc(&format!(
            "{} on the page.",
            code_span(local_name(&substitute.wire_name))
        ));
        let held = type_of(&substitute.value, Scope::Types)?;
        variants.push(quote!(#doc #held(#held),));
    }
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A type that the schema does not know, by its name. Of what it held nothing was read, and nothing is
            /// written.
            UnknownType(String),
        }
    })
}

fn structure(name: &str, doc: &TokenStream, fields: &[Field], sent: bool, target: Target) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let declared = fields
        .iter()
        .map(|found| field(found, target))
        .collect::<Result<Vec<_>>>()?;
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

fn field(field: &Field, target: Target) -> Result<TokenStream> {
    let doc = docs::graded(
        &documentation(field, target),
        local_name(&field.name),
        field.grade,
        target,
    );
    let name = ident(&field.rust_name)?;
    let field_type = type_of_field(field)?;
    let serde = match (&field.value, field.kind.is_list(), field.required) {
        (Value::Secret, ..) => quote!(#[serde(default, skip_serializing)]),
        (_, true, _) => quote!(#[serde(default)]),
        (_, false, false) => quote!(#[serde(default, skip_serializing_if = "Option::is_none")]),
        (_, false, true) => quote!(),
    };
    Ok(quote!(#doc #serde pub #name: #field_type,))
}

fn documentation(field: &Field, target: Target) -> String {
    let said = match (&field.kind, field.doc.trim_end()) {
        (FieldKind::Text, "") => "The text of the element.",
        (FieldKind::Choice | FieldKind::RepeatedChoice, "") => "What was chosen.",
        (_, said) => said,
    };
    match &field.default {
        Some(default) if said.is_empty() => {
            let undocumented = docs::undocumented(local_name(&field.name), target);
            format!("{undocumented} Its absence stands for {}.", code_span(default))
        }
        Some(default) => format!("{said} Its absence stands for {}.", code_span(default)),
        None => said.to_owned(),
    }
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
            values.push(field_value(&name, &value));
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
    let (argument_type, value) = match (&field.kind, &field.value) {
        (FieldKind::List | FieldKind::WrappedList(_), Value::UserAttribute) => (quote!(Attributes), quote!(#name)),
        (FieldKind::List | FieldKind::WrappedList(_) | FieldKind::RepeatedChoice, item) => {
            let item = type_of(item, Scope::Types)?;
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
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for value in values {
        let doc = match value.doc.as_str() {
            "" if value.value.is_empty() => docs::doc("The empty string."),
            "" => docs::doc(&code_span(&value.value)),
            text => docs::doc(text),
        };
        let (variant, text) = (ident(&value.rust_name)?, &value.value);
        variants.push(quote!(#doc #variant = #text,));
    }
    Ok(quote!(enumeration! { #doc #name { #(#variants)* } }))
}
