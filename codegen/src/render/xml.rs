//! Renders `xml.rs`: how each type is read from XML and written to it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::{Scope, ident, type_of};
use crate::error::Result;
use crate::model::{Field, FieldKind, Model, Substitute, TypeKind, Value, local_name};
use crate::names;

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let mut elements = Vec::new();
    for (name, found) in &model.types {
        elements.push(match &found.kind {
            TypeKind::Struct(fields) => element(name, fields, model)?,
            TypeKind::Choice(branches) => choice(name, branches)?,
            TypeKind::Substitution(types) => substitution(name, types)?,
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
        starts.push(match (&field.value, field.kind.is_list()) {
            (Value::UserAttribute, true) => quote!(let mut #local = Attributes::new();),
            (_, true) => quote!(let mut #local = Vec::new();),
            (_, false) if field.kind == FieldKind::Text => quote!(let #local;),
            (_, false) => quote!(let mut #local = None;),
        });
        match &field.kind {
            FieldKind::Attribute => attributes.push(quote!(#wire => xml.attribute(&attribute, &mut #local)?,)),
            FieldKind::Element => children.push(quote!(#wire => xml.field(child, &mut #local),)),
            FieldKind::List => children.push(quote!(#wire => xml.item(child, &mut #local),)),
            FieldKind::WrappedList(item) => {
                let item = local_name(item);
                children.push(quote!(#wire => xml.wrapped(child, #item, &mut #local),));
            }
            FieldKind::Choice => {
                let names = branches(field, model);
                children.push(quote!(#(#names)|* => xml.choice(child, &mut #local),));
            }
            FieldKind::RepeatedChoice => {
                let names = branches(field, model);
                children.push(quote!(#(#names)|* => xml.choices(child, &mut #local),));
            }
            FieldKind::Text => text = Some(quote!(#local = xml.content(&tag)?;)),
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
    let wire = match field.kind {
        FieldKind::Attribute => format!("@{}", field.name),
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
    Ok(match (&field.kind, field.required) {
        (FieldKind::Attribute, true) => quote!(xml.attribute(#wire, &self.#name);),
        (FieldKind::Attribute, false) => quote!(xml.optional_attribute(#wire, self.#name.as_ref());),
        (FieldKind::Element, true) => quote!(xml.field(#wire, &self.#name);),
        (FieldKind::Element, false) => quote!(xml.optional(#wire, self.#name.as_ref());),
        (FieldKind::List, _) => quote!(xml.list(#wire, &self.#name);),
        (FieldKind::Choice, true) => quote!(xml.choice(std::iter::once(&self.#name));),
        (FieldKind::Choice, false) | (FieldKind::RepeatedChoice, _) => quote!(xml.choice(&self.#name);),
        (FieldKind::Text, _) => quote!(xml.content(self.#name.as_ref());),
        (FieldKind::WrappedList(item), _) => quote!(xml.wrapped(#wire, #item, &self.#name);),
    })
}

/// Returns the variable for a field. Its name differs from those that the decoding code itself uses.
fn local(field: &Field) -> Result<Ident> {
    match field.rust_name.as_str() {
        taken @ ("xml" | "tag" | "child" | "attribute" | "xml_attributes") => Ok(format_ident!("{taken}_")),
        name => ident(name),
    }
}

/// Renders the enum of a choice.
fn choice(name: &str, branches: &[Field]) -> Result<TokenStream> {
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

/// Renders the enum of a base type and the types that extend it.
fn substitution(name: &str, types: &[Substitute]) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let (mut reads, mut writes, mut declared) = (Vec::new(), Vec::new(), None);
    for substitute in types {
        let variant = type_of(&substitute.value, Scope::Types)?;
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
    // An element without `xsi:type` has the declared type, unless that is abstract.
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
