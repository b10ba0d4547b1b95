//! Renders `types.rs`: the structs and enums.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::builders::has_builder;
use super::docs;
use super::rust_type::{Scope, argument, field_value, ident, type_of, type_of_field};
use super::target::Target;
use crate::error::Result;
use crate::model::{EnumValue, Field, FieldKind, Model, Substitute, Type, TypeKind, Value, local_name};
use crate::names;
use crate::printable::code_span;

pub(super) fn render(model: &Model, target: Target) -> Result<TokenStream> {
    let types = model.types.iter();
    let types = types.map(|(name, found)| declaration(name, found, target));
    let types = types.collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        //! The types of request and response bodies.

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

fn choice(name: &str, doc: &str, branches: &[Field]) -> Result<TokenStream> {
    let doc = docs::doc(or_default(doc, "One of several elements."));
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for branch in branches {
        let undocumented = format!("{} in XML.", code_span(local_name(&branch.name)));
        let doc = docs::doc(or_default(&branch.doc, &undocumented));
        let (variant, value) = (ident(&branch.rust_name)?, type_of(&branch.value, Scope::Types)?);
        variants.push(quote!(#doc #variant(#value),));
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

fn substitution(name: &str, doc: &str, types: &[Substitute]) -> Result<TokenStream> {
    let doc = docs::doc(or_default(
        doc,
        "A type, or one of the types that extend it: `xsi:type` names it.",
    ));
    let name = ident(&names::type_name(name))?;
    let mut variants = Vec::new();
    for substitute in types {
        let doc = docs::doc(&format!(
            "{} on the page.",
            code_span(local_name(&substitute.wire_name))
        ));
        let value = type_of(&substitute.value, Scope::Types)?;
        variants.push(quote!(#doc #value(#value),));
    }
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A type that the schema does not declare, with its name. Its content is skipped when reading, and nothing is
            /// written.
            UnknownType(String),
        }
    })
}

fn or_default<'a>(doc: &'a str, default: &'a str) -> &'a str {
    if doc.is_empty() { default } else { doc }
}

fn structure(name: &str, doc: &TokenStream, fields: &[Field], sent: bool, target: Target) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let declared = fields.iter().map(|field| declared_field(field, target));
    let declared = declared.collect::<Result<Vec<_>>>()?;
    let default = (!fields.iter().any(|field| field.required)).then(|| quote!(Default,));
    let new = if has_builder(fields) {
        None
    } else {
        Some(constructor(&name.to_string(), fields)?)
    };
    let identified = identified(&name, fields)?;
    let setters = if sent { fields } else { &[] };
    let setters = setters.iter().map(setter).collect::<Result<Vec<_>>>()?;
    let has_methods = new.is_some() || !setters.is_empty();
    let methods = has_methods.then(|| quote!(impl #name { #new #(#setters)* }));
    Ok(quote! {
        #doc
        #[derive(Debug, Clone, #default PartialEq, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#declared)*
        }

        #methods

        #identified
    })
}

/// Renders the implementation of `Identified`, if the type has an identifier.
fn identified(name: &Ident, fields: &[Field]) -> Result<Option<TokenStream>> {
    let is_id =
        |field: &&Field| field.kind == FieldKind::Attribute && field.required && local_name(&field.name) == "id";
    let Some(field) = fields.iter().find(is_id) else {
        return Ok(None);
    };
    let Value::Id(id) = &field.value else {
        return Ok(None);
    };
    let (id, kind, field) = (ident(id)?, name.to_string(), ident(&field.rust_name)?);
    Ok(Some(quote! {
        impl Identified for #name {
            const KIND: &'static str = #kind;

            type Id = #id;

            fn id(&self) -> &Self::Id {
                &self.#field
            }
        }
    }))
}

fn declared_field(field: &Field, target: Target) -> Result<TokenStream> {
    let wire_name = local_name(&field.name);
    let doc = docs::graded(&documentation(field, target), wire_name, field.grade, target);
    let (name, field_type) = (ident(&field.rust_name)?, type_of_field(field)?);
    let serde = match (&field.value, field.kind.is_list(), field.required) {
        // A cache must not contain secrets.
        (Value::Secret, ..) => quote!(#[serde(default, skip_serializing)]),
        // JSON of older versions lacks fields that were added since.
        (_, true, _) => quote!(#[serde(default)]),
        (_, false, false) => quote!(#[serde(default, skip_serializing_if = "Option::is_none")]),
        (_, false, true) => quote!(),
    };
    Ok(quote!(#doc #serde pub #name: #field_type,))
}

fn documentation(field: &Field, target: Target) -> String {
    let doc = match (&field.kind, field.doc.trim_end()) {
        (FieldKind::Text, "") => "The text of the element.",
        (FieldKind::Choice, "") => "The chosen element.",
        (FieldKind::RepeatedChoice, "") => "The elements, in order.",
        (_, doc) => doc,
    };
    let Some(default) = &field.default else {
        return doc.to_owned();
    };
    let undocumented = docs::undocumented(local_name(&field.name), target);
    format!(
        "{} If absent, its value is {}.",
        or_default(doc, &undocumented),
        code_span(default)
    )
}

/// Renders `new`, which takes the required fields.
fn constructor(type_name: &str, fields: &[Field]) -> Result<TokenStream> {
    let required = fields.iter().filter(|field| field.required).count();
    if required == 0 {
        let article = names::article(type_name);
        let doc = docs::doc(&format!("Creates {article} `{type_name}` with no fields set."));
        return Ok(quote! {
            #doc
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
    let doc = docs::doc(&format!(
        "Creates {} `{type_name}` with its required fields.",
        names::article(type_name)
    ));
    Ok(quote! {
        #doc
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    })
}

/// Renders `with_…`, for types that are sent.
fn setter(field: &Field) -> Result<TokenStream> {
    let name = ident(&field.rust_name)?;
    let plain_name = field.rust_name.trim_start_matches("r#");
    let method = format_ident!("with_{plain_name}");
    let doc = docs::doc(&format!("Sets [`{plain_name}`](Self::{plain_name})."));
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
            let value = if field.required { value } else { quote!(Some(#value)) };
            (argument_type, value)
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
        let undocumented = if value.value.is_empty() {
            "The empty string.".to_owned()
        } else {
            code_span(&value.value)
        };
        let doc = docs::doc(or_default(&value.doc, &undocumented));
        let (variant, text) = (ident(&value.rust_name)?, &value.value);
        variants.push(quote!(#doc #variant = #text,));
    }
    Ok(quote!(enumeration! { #doc #name { #(#variants)* } }))
}
