//! `xml.rs`: how each struct is read from an element, and written as one.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::ident;
use super::xml_choice;
use crate::error::Result;
use crate::model::{Field, Model, Place, TypeKind, Value, local_name};
use crate::names;

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let mut elements = Vec::new();
    for (name, found) in &model.types {
        elements.push(match &found.kind {
            TypeKind::Struct(fields) => element(name, fields, model)?,
            TypeKind::Choice(branches) => xml_choice::choice(name, branches)?,
            TypeKind::Substitution(types) => xml_choice::substitution(name, types)?,
            TypeKind::Enumeration(_) => continue,
        });
    }
    Ok(quote! {
        //! How the types are read from XML, and written.

        #(#elements)*
    })
}

fn element(name: &str, fields: &[Field], model: &Model) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let read = read(fields, model)?;
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

fn read(fields: &[Field], model: &Model) -> Result<TokenStream> {
    let (mut starts, mut attributes, mut children, mut values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut text = None;
    for field in fields {
        let (local, name, wire) = (local(field)?, ident(&field.rust_name)?, local_name(&field.name));
        starts.push(match (&field.value, field.place.is_list()) {
            (Value::Attribute, true) => quote!(let mut #local = Attributes::new();),
            (_, true) => quote!(let mut #local = Vec::new();),
            (_, false) if field.place == Place::Text => quote!(let #local;),
            (_, false) => quote!(let mut #local = None;),
        });
        match &field.place {
            Place::Attribute => attributes.push(quote!(#wire => xml.attribute(&attribute, &mut #local)?,)),
            Place::Element => children.push(quote!(#wire => xml.field(child, &mut #local),)),
            Place::List => children.push(quote!(#wire => xml.item(child, &mut #local),)),
            Place::Wrapped(item) => {
                let item = local_name(item);
                children.push(quote!(#wire => xml.wrapped(child, #item, &mut #local),));
            }
            Place::Choice => {
                let names = branches(field, model);
                children.push(quote!(#(#names)|* => xml.choice(child, &mut #local),));
            }
            Place::Choices => {
                let names = branches(field, model);
                children.push(quote!(#(#names)|* => xml.choices(child, &mut #local),));
            }
            Place::Text => text = Some(quote!(#local = xml.content(&tag)?;)),
        }
        values.push(value(field, &local, &name));
    }
    let attributes = read_attributes(&attributes);
    if text.is_some() {
        return Ok(quote! {
            #(#starts)*
            #attributes
            #text
            Ok(Self { #(#values),* })
        });
    }
    Ok(quote! {
        #(#starts)*
        #attributes
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                #(#children)*
                _ => xml.skip(child),
            }?;
        }
        Ok(Self { #(#values),* })
    })
}

fn branches<'m>(field: &Field, model: &'m Model) -> Vec<&'m str> {
    let found = field.value.type_name().and_then(|name| model.types.get(name));
    let branches = found.into_iter().flat_map(|found| found.kind.fields());
    branches.map(|branch| local_name(&branch.name)).collect()
}

fn read_attributes(arms: &[TokenStream]) -> TokenStream {
    if arms.is_empty() {
        return quote!(xml.expect_no_attributes(&tag)?;);
    }
    quote! {
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml.next_attribute(&mut xml_attributes)? {
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
        _ => local_name(&field.name).to_owned(),
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
        (Place::Choice, true) => quote!(xml.choice(std::iter::once(&self.#name));),
        (Place::Choice, false) | (Place::Choices, _) => quote!(xml.choice(&self.#name);),
        (Place::Text, _) => quote!(xml.content(self.#name.as_ref());),
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
