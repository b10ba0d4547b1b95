//! `xml.rs`: how each struct is read from an element, and written as one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::ident;
use crate::error::Result;
use crate::model::{Field, Model, Place, TypeKind, Value};
use crate::names;

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let mut elements = Vec::new();
    for (name, found) in &model.types {
        if let TypeKind::Struct(fields) = &found.kind {
            elements.push(element(name, fields)?);
        }
    }
    Ok(quote! {
        //! How the types are read from XML, and written.

        #![allow(unused_imports, reason = "which of them are used depends on the pages")]

        use super::types;
        use crate::Attributes;
        use crate::xml::{DecodeError, Decoder, Element, Encoder, Tag};

        #(#elements)*
    })
}

fn element(name: &str, fields: &[Field]) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let read = read(fields)?;
    let writes = fields.iter().map(write).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        impl Element for types::#name {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                #read
            }

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                xml.start(name);
                #(#writes)*
                xml.end();
            }
        }
    })
}

fn read(fields: &[Field]) -> Result<TokenStream> {
    let (mut starts, mut attributes, mut children, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let (local, name, wire) = (local(field)?, ident(&field.rust_name)?, &field.name);
        starts.push(match (&field.value, field.place.is_list()) {
            (Value::Attribute, true) => quote!(let mut #local = Attributes::new();),
            (_, true) => quote!(let mut #local = Vec::new();),
            (_, false) => quote!(let mut #local = None;),
        });
        match &field.place {
            Place::Attribute => attributes.push(quote!(#wire => xml.attribute(&attribute, &mut #local)?,)),
            Place::Element => children.push(quote!(#wire => xml.field(child, &mut #local)?,)),
            Place::List => children.push(quote!(#wire => xml.item(child, &mut #local)?,)),
            Place::Wrapped(item) => children.push(quote!(#wire => xml.wrapped(child, #item, &mut #local)?,)),
        }
        values.push(value(field, &local, &name));
    }
    let attributes = read_attributes(&attributes);
    Ok(quote! {
        #(#starts)*
        #attributes
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                #(#children)*
                _ => xml.skip(child)?,
            }
        }
        Ok(Self { #(#values),* })
    })
}

fn read_attributes(arms: &[TokenStream]) -> TokenStream {
    if arms.is_empty() {
        return quote!(xml.expect_no_attributes(&tag)?;);
    }
    quote! {
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml_attributes.next(xml)? {
            match attribute.name() {
                #(#arms)*
                _ => xml.unknown_attribute(&attribute),
            }
        }
    }
}

fn value(field: &Field, local: &Ident, name: &Ident) -> TokenStream {
    let wire = match field.place {
        Place::Attribute => format!("@{}", field.name),
        _ => field.name.clone(),
    };
    match (field.required, local == name) {
        (true, _) => quote!(#name: xml.required(&tag, #wire, #local)?),
        (false, true) => quote!(#name),
        (false, false) => quote!(#name: #local),
    }
}

fn write(field: &Field) -> Result<TokenStream> {
    let (name, wire) = (ident(&field.rust_name)?, &field.name);
    Ok(match (&field.place, field.required) {
        (Place::Attribute, true) => quote!(xml.attribute(#wire, &self.#name);),
        (Place::Attribute, false) => quote!(xml.optional_attribute(#wire, self.#name.as_ref());),
        (Place::Element, true) => quote!(xml.field(#wire, &self.#name);),
        (Place::Element, false) => quote!(xml.optional(#wire, self.#name.as_ref());),
        (Place::List, _) => quote!(xml.list(#wire, &self.#name);),
        (Place::Wrapped(item), _) => quote!(xml.wrapped(#wire, #item, &self.#name);),
    })
}

/// The variable that gathers a field. Names that the reading code itself uses get out of its way.
fn local(field: &Field) -> Result<Ident> {
    match field.rust_name.as_str() {
        taken @ ("xml" | "tag" | "child" | "attribute" | "xml_attributes") => Ok(format_ident!("{taken}_")),
        name => ident(name),
    }
}
