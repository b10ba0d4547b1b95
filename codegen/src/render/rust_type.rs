//! Renders the Rust types of values.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::error::{Error, Result};
use crate::model::{Field, FieldKind, Primitive, Value};
use crate::names;

/// Returns an identifier. Names from the pages are legal already; names from the overlay may not be.
pub(super) fn ident(name: &str) -> Result<Ident> {
    let parsed = match name.strip_prefix("r#") {
        Some(raw) => syn::parse_str::<Ident>(name).map(|_| Ident::new_raw(raw, Span::call_site())),
        None => syn::parse_str(name),
    };
    parsed.map_err(|_| Error::new(name, "not a valid name in Rust. Rename it in the overlay"))
}

/// The file that refers to a type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scope {
    /// The file that declares the types.
    Types,
    /// A file that declares operations, which may have the names of types.
    Operations,
}

/// Returns the type of a single value.
pub(super) fn type_of(value: &Value, scope: Scope) -> Result<TokenStream> {
    Ok(match value {
        Value::Primitive(primitive) => primitive_type(*primitive),
        Value::Id(name) => {
            let name = ident(name)?;
            quote!(#name)
        }
        Value::Named(name) => {
            let name = ident(&names::type_name(name))?;
            match scope {
                Scope::Types => quote!(#name),
                Scope::Operations => quote!(types::#name),
            }
        }
        Value::Boxed(name) => {
            let inner = type_of(&Value::Named(name.clone()), scope)?;
            quote!(Box<#inner>)
        }
        Value::UserAttribute => quote!(Attributes),
        Value::Secret => quote!(Secret),
        Value::QueryDate => quote!(QueryDate),
        Value::AnyXml => quote!(AnyXml),
        Value::Tokens(item) => {
            let item = type_of(item, scope)?;
            quote!(Tokens<#item>)
        }
    })
}

/// Returns the type of a field.
pub(super) fn type_of_field(field: &Field) -> Result<TokenStream> {
    let value = type_of(&field.value, Scope::Types)?;
    Ok(match (&field.kind, &field.value) {
        (FieldKind::List | FieldKind::WrappedList(_), Value::UserAttribute) => value,
        (FieldKind::List | FieldKind::WrappedList(_) | FieldKind::RepeatedChoice, _) => quote!(Vec<#value>),
        _ if field.required => value,
        _ => quote!(Option<#value>),
    })
}

/// Returns the type of an argument for such a value, and the expression that converts it.
pub(super) fn argument(name: &Ident, value: &Value, scope: Scope) -> Result<(TokenStream, TokenStream)> {
    let target = type_of(value, scope)?;
    Ok(match value {
        Value::Id(_) | Value::Secret | Value::QueryDate | Value::Primitive(Primitive::String | Primitive::Base64) => {
            (quote!(impl Into<#target>), quote!(#name.into()))
        }
        Value::Boxed(inner) => {
            let inner = type_of(&Value::Named(inner.clone()), scope)?;
            (quote!(#inner), quote!(Box::new(#name)))
        }
        _ => (target, quote!(#name)),
    })
}

/// Returns a field of a struct expression.
pub(super) fn field_value(name: &Ident, value: &TokenStream) -> TokenStream {
    if *name == value.to_string() {
        quote!(#name)
    } else {
        quote!(#name: #value)
    }
}

fn primitive_type(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::String => quote!(String),
        Primitive::Int => quote!(i32),
        Primitive::Long => quote!(i64),
        Primitive::Decimal => quote!(Decimal),
        Primitive::Boolean => quote!(bool),
        Primitive::LocalTime => quote!(DateTime),
        Primitive::UtcTime => quote!(Timestamp),
        Primitive::Byte => quote!(i8),
        Primitive::UnsignedByte => quote!(u8),
        Primitive::Short => quote!(i16),
        Primitive::UnsignedShort => quote!(u16),
        Primitive::UnsignedInt => quote!(u32),
        Primitive::UnsignedLong => quote!(u64),
        Primitive::Float => quote!(f32),
        Primitive::Double => quote!(f64),
        Primitive::Date => quote!(Date),
        Primitive::Time => quote!(Time),
        Primitive::Guid => quote!(Guid),
        Primitive::Base64 => quote!(Base64),
    }
}
