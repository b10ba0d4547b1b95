//! Renders `xml.rs`: how each type is read from XML and written to it.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::rust_type::{Scope, ident, type_of};
use crate::error::Result;
use crate::model::{Field, FieldKind, Model, Substitute, TypeKind, Value, local_name, split_namespace};
use crate::names;

pub(super) fn render(model: &Model) -> Result<TokenStream> {
    let mut elements = Vec::new();
    for (name, found) in &model.types {
        elements.push(match &found.kind {
            TypeKind::Struct(fields) => element(name, fields, model)?,
            TypeKind::Choice(branches) => choice(name, branches, model)?,
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
    let (names, content) = read_content(fields, model)?;
    let values = fields.iter().map(field_value).collect::<Result<Vec<_>>>()?;
    let writes = fields.iter().map(write_field).collect::<Result<Vec<_>>>()?;
    Ok(quote! {
        impl Element for types::#name {
            fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
                #names
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
    if let [field] = attributes.as_slice()
        && let (None, wire_name) = split_namespace(&field.name)
    {
        let variable = variable(field)?;
        return Ok(quote!(xml.only_attribute(&tag, #wire_name, &mut #variable)?;));
    }
    let arms = attributes.into_iter().map(|field| {
        let (variable, (namespace, local)) = (variable(field)?, split_namespace(&field.name));
        let read = quote!(xml.attribute(&attribute, &mut #variable)?,);
        Ok(match namespace {
            None => quote!(#local => #read),
            Some(_) => quote!(_ if attribute.is_qualified(#local) => #read),
        })
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

/// Renders the names of the children of an element, and reading them, or reading its text.
fn read_content(fields: &[Field], model: &Model) -> Result<(TokenStream, TokenStream)> {
    if let Some(text) = fields.iter().find(|field| field.kind == FieldKind::Text) {
        let variable = variable(text)?;
        return Ok((quote!(), quote!(#variable = xml.content(&tag)?;)));
    }
    let repeated = RepeatedNames::of(fields, model);
    let (mut names, mut arms, mut predictions) = (Vec::new(), Vec::new(), Vec::new());
    for field in fields {
        let Some(read) = read_call(field, model)? else {
            continue;
        };
        let children = child_names(field, model);
        let children: Vec<&str> = children.into_iter().filter(|name| !repeated.contains(name)).collect();
        if !children.is_empty() {
            predictions.extend(prediction(field, names.len(), model)?);
            let numbers = (names.len()..names.len() + children.len()).map(Literal::usize_unsuffixed);
            arms.push(quote!(#(#numbers)|* => #read,));
            names.extend(children);
        }
    }
    let flags = repeated.flags();
    for (name, read) in repeated.reads(model)? {
        let number = Literal::usize_unsuffixed(names.len());
        arms.push(quote!(#number => #read,));
        names.push(name);
    }
    let count = Literal::usize_unsuffixed(names.len());
    let predict = (!predictions.is_empty()).then(|| {
        quote! {
            let mut predicted = xml.prediction();
            #(predicted.#predictions;)*
            xml.accept(predicted);
        }
    });
    let names = quote!(const FIELDS: [Field; #count] = Field::all([#(#names),*]););
    let content = quote! {
        #(#flags)*
        xml.enter(&tag)?;
        #predict
        let mut children = Children::new(&FIELDS);
        while let Some(child) = xml.child(&mut children)? {
            match child {
                #(#arms)*
                _ => xml.skip(),
            }?;
        }
    };
    Ok((names, content))
}

/// Renders the call that reads the children of a field where the schema has them, if the decoder predicts children of this
/// kind.
fn prediction(field: &Field, number: usize, model: &Model) -> Result<Option<TokenStream>> {
    if field.may_lack_id || field.default.is_some() && is_text(&field.value, model) {
        return Ok(None);
    }
    let (variable, number) = (variable(field)?, Literal::usize_unsuffixed(number));
    Ok(match field.kind {
        FieldKind::Element => Some(quote!(field(&FIELDS[#number], &mut #variable))),
        FieldKind::List => Some(quote!(list(&FIELDS[#number], &mut #variable))),
        FieldKind::WrappedList(_) => Some(quote!(empty(&FIELDS[#number]))),
        _ => None,
    })
}

/// Renders the call that reads a child that belongs to a field.
fn read_call(field: &Field, model: &Model) -> Result<Option<TokenStream>> {
    let variable = variable(field)?;
    Ok(Some(match (&field.kind, &field.default) {
        (FieldKind::Attribute | FieldKind::Text, _) => return Ok(None),
        (FieldKind::Element, _) if field.may_lack_id => quote!(xml.optional_reference(&mut #variable)),
        (FieldKind::Element, Some(default)) if is_text(&field.value, model) => {
            quote!(xml.field_or_default(&mut #variable, #default))
        }
        (FieldKind::Element, _) => quote!(xml.field(&mut #variable)),
        (FieldKind::List, _) if field.may_lack_id => quote!(xml.optional_references(&mut #variable)),
        (FieldKind::List, Some(default)) if is_text(&field.value, model) => {
            quote!(xml.item_or_default(&mut #variable, #default))
        }
        (FieldKind::List, _) => quote!(xml.item(&mut #variable)),
        (FieldKind::WrappedList(item), _) => {
            let item = local_name(item);
            let item = quote!(const { &Field::new(#item) });
            if field.may_lack_id {
                quote!(xml.wrapped_optional_references(#item, &mut #variable))
            } else {
                quote!(xml.wrapped(#item, &mut #variable))
            }
        }
        (FieldKind::Choice, _) => quote!(xml.choice(&mut #variable)),
        (FieldKind::RepeatedChoice, _) => quote!(xml.choices(&mut #variable)),
    }))
}

/// Returns whether a value is the text of its element, which a default can replace.
fn is_text(value: &Value, model: &Model) -> bool {
    match value {
        Value::Primitive(_) | Value::Tokens(_) => true,
        Value::Named(name) => {
            let found = model.types.get(name).map(|found| &found.kind);
            matches!(found, Some(TypeKind::Enumeration(_)))
        }
        _ => false,
    }
}

/// Returns the names of the children of a field.
fn child_names<'m>(field: &'m Field, model: &'m Model) -> Vec<&'m str> {
    match field.kind {
        FieldKind::Attribute | FieldKind::Text => Vec::new(),
        FieldKind::Element | FieldKind::List | FieldKind::WrappedList(_) => vec![local_name(&field.name)],
        FieldKind::Choice | FieldKind::RepeatedChoice => branch_names(field, model),
    }
}

/// The names that children of several fields have. Of such children, the first belongs to the first field.
struct RepeatedNames<'m>(Vec<(&'m str, Vec<&'m Field>)>);

impl<'m> RepeatedNames<'m> {
    fn of(fields: &'m [Field], model: &'m Model) -> Self {
        let mut names: BTreeMap<&str, Vec<&Field>> = BTreeMap::new();
        for field in fields {
            for name in child_names(field, model) {
                names.entry(name).or_default().push(field);
            }
        }
        Self(names.into_iter().filter(|(_, having)| having.len() > 1).collect())
    }

    fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Renders the variables that record whether a field had its child.
    fn flags(&self) -> Vec<TokenStream> {
        let flags = self.occurring_once().map(|(at, number, _)| flag(at, number));
        flags.map(|flag| quote!(let mut #flag = false;)).collect()
    }

    /// Returns the fields with a flag: elements that may occur once, except for the last field of each name.
    fn occurring_once(&self) -> impl Iterator<Item = (usize, usize, &Field)> {
        self.0.iter().enumerate().flat_map(|(at, (_, having))| {
            let but_last = having.iter().enumerate().take(having.len() - 1);
            let elements = but_last.filter(|(_, field)| field.kind == FieldKind::Element);
            elements.map(move |(number, field)| (at, number, *field))
        })
    }

    /// Renders reading a child of each name.
    fn reads(&self, model: &Model) -> Result<Vec<(&'m str, TokenStream)>> {
        let read = |(at, (name, having)): (usize, &(&'m str, Vec<&Field>))| {
            let mut calls = Vec::new();
            for field in having {
                calls.extend(read_call(field, model)?);
            }
            let last = calls.pop().unwrap_or_default();
            let read = calls
                .into_iter()
                .enumerate()
                .rev()
                .try_fold(last, |next, (number, call)| {
                    let variable = variable(having[number])?;
                    Ok::<_, crate::error::Error>(match having[number].kind {
                        FieldKind::Element => {
                            let flag = flag(at, number);
                            quote!(if std::mem::replace(&mut #flag, true) { #next } else { #call })
                        }
                        // Another branch may have been chosen.
                        _ => quote!(if #variable.is_some() { #next } else { #call }),
                    })
                })?;
            Ok((*name, read))
        };
        self.0.iter().enumerate().map(read).collect()
    }
}

fn flag(at: usize, number: usize) -> Ident {
    format_ident!("xml_had_{at}_{number}")
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
        FieldKind::Attribute => format!("@{}", local_name(&field.name)),
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
        (FieldKind::WrappedList(item), _) if field.wrapper_required => {
            quote!(xml.required_wrapper(#wire_name, #item, &self.#name);)
        }
        (FieldKind::WrappedList(item), _) => quote!(xml.wrapped(#wire_name, #item, &self.#name);),
    })
}

/// Returns the variable for a field. Its name differs from those that the decoding code itself uses.
fn variable(field: &Field) -> Result<Ident> {
    match field.rust_name.as_str() {
        taken @ ("xml" | "tag" | "child" | "children" | "attribute" | "xml_attributes" | "predicted") => {
            Ok(format_ident!("{taken}_"))
        }
        taken if taken.starts_with("xml_had_") => Ok(format_ident!("{taken}_")),
        name => ident(name),
    }
}

/// Renders the enum of a choice.
fn choice(name: &str, branches: &[Field], model: &Model) -> Result<TokenStream> {
    let name = ident(&names::type_name(name))?;
    let (mut reads, mut writes) = (Vec::new(), Vec::new());
    for branch in branches {
        let (variant, wire, local) = (ident(&branch.rust_name)?, &branch.name, local_name(&branch.name));
        let read = match &branch.default {
            Some(default) if is_text(&branch.value, model) => quote!(xml.value_or_default(&tag, #default)),
            _ => quote!(Element::read(xml, tag)),
        };
        reads.push(quote!(#local => #read.map(Self::#variant).map(Some),));
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
