//! Renders `xml.rs`: how each type is read from XML and written to it.

use proc_macro2::{Ident, Literal, TokenStream};
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
        //! How each type is read from XML and written to it.

        #(#elements)*
    })
}

/// Renders the codec of a struct.
fn element(name: &str, fields: &[Field], model: &Model) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let variables = fields.iter().map(declare_variable).collect::<Result<Vec<_>>>()?;
    let attributes = read_attributes(fields)?;
    let content = read_content(fields, model)?;
    let values = fields.iter().map(field_value).collect::<Result<Vec<_>>>()?;
    let writes = fields.iter().map(write_field).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        impl Element for types::#name {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                #(#variables)*
                #attributes
                #content
                Ok(Self { #(#values),* })
            }

            fn write(&self, xml: &mut Encoder, name: &'static str) {
                xml.start(name);
                #(#writes)*
                xml.end();
            }
        }
    })
}

fn declare_variable(field: &Field) -> Result<TokenStream> {
    let variable = variable(field)?;
    Ok(match (&field.value, field.kind.is_list()) {
        (Value::UserAttribute, true) => quote!(let mut #variable = Attributes::new();),
        (_, true) => quote!(let mut #variable = Vec::new();),
        (_, false) if field.kind == FieldKind::Text => quote!(let #variable;),
        (_, false) => quote!(let mut #variable = None;),
    })
}

fn read_attributes(fields: &[Field]) -> Result<TokenStream> {
    let attributes = fields.iter().filter(|field| field.kind == FieldKind::Attribute);
    let attributes: Vec<&Field> = attributes.collect();
    if let [field] = attributes.as_slice() {
        let (variable, wire_name) = (variable(field)?, local_name(&field.name));
        return Ok(quote!(xml.only_attribute(&tag, #wire_name, &mut #variable)?;));
    }
    let arms = attributes.into_iter().map(|field| {
        let (variable, wire_name) = (variable(field)?, local_name(&field.name));
        Ok(quote!(#wire_name => xml.attribute(&attribute, &mut #variable)?,))
    });
    let arms = arms.collect::<Result<Vec<_>>>()?;
    if arms.is_empty() {
        return Ok(quote!(xml.expect_no_attributes(&tag)?;));
    }
    Ok(quote! {
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml.next_attribute(&mut xml_attributes)? {
            match attribute.name() {
                #(#arms)*
                _ => xml.unknown_attribute(&attribute),
            }
        }
    })
}

/// Renders reading the text of an element, or its children.
fn read_content(fields: &[Field], model: &Model) -> Result<TokenStream> {
    if let Some(text) = fields.iter().find(|field| field.kind == FieldKind::Text) {
        let variable = variable(text)?;
        return Ok(quote!(#variable = xml.content(&tag)?;));
    }
    let mut names = Vec::new();
    let mut arms = Vec::new();
    for field in fields {
        let children = child_names(field, model);
        if children.is_empty() {
            continue;
        }
        let numbers = (names.len()..names.len() + children.len()).map(Literal::usize_unsuffixed);
        let read = read_child(field)?;
        arms.push(quote!(#(#numbers)|* => #read,));
        names.extend(children);
    }
    Ok(quote! {
        xml.enter(&tag)?;
        let mut children = Children::new(const { &Field::all([#(#names),*]) });
        while let Some(child) = xml.child(&mut children)? {
            match child {
                #(#arms)*
                _ => xml.skip(),
            }?;
        }
    })
}

/// Returns the names of the children that belong to a field.
fn child_names<'m>(field: &'m Field, model: &'m Model) -> Vec<&'m str> {
    match field.kind {
        FieldKind::Attribute | FieldKind::Text => Vec::new(),
        FieldKind::Element | FieldKind::List | FieldKind::WrappedList(_) => vec![local_name(&field.name)],
        FieldKind::Choice | FieldKind::RepeatedChoice => branch_names(field, model),
    }
}

/// Renders reading a child that belongs to a field.
fn read_child(field: &Field) -> Result<TokenStream> {
    let variable = variable(field)?;
    Ok(match &field.kind {
        FieldKind::List => quote!(xml.item(&mut #variable)),
        FieldKind::WrappedList(item) => {
            let item = local_name(item);
            quote!(xml.wrapped(const { &Field::new(#item) }, &mut #variable))
        }
        FieldKind::Choice => quote!(xml.choice(&mut #variable)),
        FieldKind::RepeatedChoice => quote!(xml.choices(&mut #variable)),
        FieldKind::Element | FieldKind::Attribute | FieldKind::Text => quote!(xml.field(&mut #variable)),
    })
}

fn branch_names<'m>(field: &Field, model: &'m Model) -> Vec<&'m str> {
    let found = field.value.type_name().and_then(|name| model.types.get(name));
    let branches = found.into_iter().flat_map(|found| found.kind.fields());
    branches.map(|branch| local_name(&branch.name)).collect()
}

/// Renders a field of the struct expression.
fn field_value(field: &Field) -> Result<TokenStream> {
    let (variable, name) = (variable(field)?, ident(&field.rust_name)?);
    let wire_name = match field.kind {
        FieldKind::Attribute => format!("@{}", field.name),
        _ => local_name(&field.name).to_owned(),
    };
    Ok(match (field.required, variable == name) {
        (true, _) => quote!(#name: xml.required(&tag, #wire_name, #variable)?),
        (false, true) => quote!(#name),
        (false, false) => quote!(#name: #variable),
    })
}

fn write_field(field: &Field) -> Result<TokenStream> {
    let (name, wire_name) = (ident(&field.rust_name)?, &field.name);
    Ok(match (&field.kind, field.required) {
        (FieldKind::Attribute, true) => quote!(xml.attribute(#wire_name, &self.#name);),
        (FieldKind::Attribute, false) => quote!(xml.optional_attribute(#wire_name, self.#name.as_ref());),
        (FieldKind::Element, true) => quote!(xml.field(#wire_name, &self.#name);),
        (FieldKind::Element, false) => quote!(xml.optional(#wire_name, self.#name.as_ref());),
        (FieldKind::List, _) => quote!(xml.list(#wire_name, &self.#name);),
        (FieldKind::Choice, true) => quote!(xml.choice(std::iter::once(&self.#name));),
        (FieldKind::Choice, false) | (FieldKind::RepeatedChoice, _) => quote!(xml.choice(&self.#name);),
        (FieldKind::Text, _) => quote!(xml.content(self.#name.as_ref());),
        (FieldKind::WrappedList(item), _) => quote!(xml.wrapped(#wire_name, #item, &self.#name);),
    })
}

/// Returns the variable for a field. Its name differs from those that the decoding code itself uses.
fn variable(field: &Field) -> Result<Ident> {
    match field.rust_name.as_str() {
        taken @ ("xml" | "tag" | "child" | "children" | "attribute" | "xml_attributes") => {
            Ok(format_ident!("{taken}_"))
        }
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
                    _ => xml.skip_unknown(&tag).map(|()| None),
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
