//! How choices are read and written, and types that others may stand for.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{Scope, ident, of};
use crate::error::Result;
use crate::model::{Field, Substitute, local_name};
use crate::names;

/// An enumeration of elements.
pub(super) fn choice(name: &str, branches: &[Field]) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let (mut reads, mut writes) = (Vec::new(), Vec::new());
    for branch in branches {
        let (variant, wire, local) = (ident(&branch.rust_name)?, &branch.name, local_name(&branch.name));
        reads.push(quote!(#local => Element::read(xml, tag).map(Self::#variant).map(Some),));
        writes.push(quote!(Self::#variant(value) => xml.field(#wire, value),));
    }
    Ok(quote! {
        impl Choice for types::#name {
            fn read_branch<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Option<Self>, DecodeError> {
                match tag.name() {
                    #(#reads)*
                    _ => xml.skip(tag).map(|()| None),
                }
            }

            fn write_branch(&self, xml: &mut Encoder) {
                match self {
                    #(#writes)*
                }
            }
        }
    })
}

/// An enumeration of types.
pub(super) fn substitution(name: &str, types: &[Substitute]) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let (mut reads, mut writes, mut declared) = (Vec::new(), Vec::new(), None);
    for substitute in types {
        let variant = of(&substitute.value, Scope::Types)?;
        let (wire, local) = (&substitute.wire_name, local_name(&substitute.wire_name));
        let read = quote!(Element::read(xml, tag).map(Self::#variant));
        if substitute.is_declared {
            declared = Some(read.clone());
            writes.push(quote!(Self::#variant(value) => xml.field(name, value),));
        } else {
            writes.push(quote!(Self::#variant(value) => xml.typed(name, #wire, value),));
        }
        reads.push(quote!(Some(#local) => #read,));
    }
    // Without a type of its own, an element is of the type that is declared. If that is abstract, nothing can be.
    let untyped = declared.map(|read| quote!(None => #read,));
    Ok(quote! {
        impl Element for types::#name {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                match tag.type_name() {
                    #untyped
                    #(#reads)*
                    _ => xml.unknown_type(tag).map(Self::UnknownType),
                }
            }

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                match self {
                    #(#writes)*
                    Self::UnknownType(_) => {}
                }
            }
        }
    })
}
