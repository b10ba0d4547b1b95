//! How a value of the model is spelled in Rust.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::error::{Error, Result};
use crate::model::{Field, Place, Primitive, Value};
use crate::names;

/// An identifier. Names from the pages were made legal before; the error is for what was not.
pub(super) fn ident(name: &str) -> Result<Ident> {
    let parsed = match name.strip_prefix("r#") {
        Some(raw) => syn::parse_str::<Ident>(name).map(|_| Ident::new_raw(raw, Span::call_site())),
        None => syn::parse_str(name),
    };
    parsed.map_err(|_| Error::new(name, "is no name that Rust allows: rename it in the overlay"))
}

/// The file that a type is spelled in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scope {
    /// Where the types themselves are declared.
    Types,
    /// Where operations are, which may have the name of a type.
    Operations,
}

/// The type of one value.
pub(super) fn of(value: &Value, scope: Scope) -> Result<TokenStream> {
    Ok(match value {
        Value::Text(primitive) => primitive_type(*primitive),
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
            let inner = of(&Value::Named(name.clone()), scope)?;
            quote!(Box<#inner>)
        }
        Value::Attribute => quote!(Attributes),
        Value::Secret => quote!(Secret),
        Value::QueryDate => quote!(QueryDate),
        Value::Tokens(item) => {
            let item = of(item, scope)?;
            quote!(Tokens<#item>)
        }
    })
}

/// The type of a field.
pub(super) fn of_field(field: &Field) -> Result<TokenStream> {
    let value = of(&field.value, Scope::Types)?;
    Ok(match (&field.place, &field.value) {
        (Place::List | Place::Wrapped(_), Value::Attribute) => value,
        (Place::List | Place::Wrapped(_) | Place::Choices, _) => quote!(Vec<#value>),
        _ if field.required => value,
        _ => quote!(Option<#value>),
    })
}

/// The type of an argument that becomes such a value, and the expression that makes it one.
pub(super) fn argument(name: &Ident, value: &Value, scope: Scope) -> Result<(TokenStream, TokenStream)> {
    let target = of(value, scope)?;
    Ok(match value {
        Value::Id(_) | Value::Secret | Value::QueryDate | Value::Text(Primitive::String | Primitive::Base64) => {
            (quote!(impl Into<#target>), quote!(#name.into()))
        }
        Value::Boxed(inner) => {
            let inner = of(&Value::Named(inner.clone()), scope)?;
            (quote!(#inner), quote!(Box::new(#name)))
        }
        _ => (target, quote!(#name)),
    })
}

/// A field of a struct expression.
pub(super) fn init(name: &Ident, value: &TokenStream) -> TokenStream {
    match *name == value.to_string() {
        true => quote!(#name),
        false => quote!(#name: #value),
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
