//! Snapshots of all vendored pages: the report, every operation, and every field with its type in Rust.
//!
//! They show a change of the contract at a glance. Other tests check that the generated files are up to date.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use quote::ToTokens as _;
use spektrix_v2_codegen::model::{EnumValue, Field, FieldKind, Model, TypeKind};
use spektrix_v2_codegen::{GeneratedFile, generate, model, names};

use crate::case::Case;
use crate::model_text;

/// The structs of `types.rs`, with each field's name and type.
type Structs = BTreeMap<String, Vec<String>>;

#[test]
fn the_vendored_pages_have_these_operations_and_types() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let case = Case::new(
        "vendored-pages",
        root.join("tests/cases/vendored-pages"),
        &[&root.join("../schemas")],
    )?;
    let overlay = fs::read_to_string(root.join("overlay.toml"))?;
    let (model, report) = model(&case.sources(), &overlay)?;
    let (files, _) = generate(&case.sources(), &overlay)?;
    case.check("report", &report.to_string());
    case.check("operations", &operations(&model));
    case.check("types", &types(&model, &structs(&files)?)?);
    Ok(())
}

/// Returns the operations without their documentation, which would make the table long.
fn operations(model: &Model) -> String {
    let lines = model_text::operations(model)
        .into_iter()
        .filter(|line| !line.starts_with("  \""));
    let undocumented = lines.map(|line| line.split(" \"").next().unwrap_or_default().to_owned());
    undocumented.collect::<Vec<_>>().join("\n")
}

fn structs(files: &[GeneratedFile]) -> syn::Result<Structs> {
    let text = files
        .iter()
        .find(|file| file.name == "types.rs")
        .map_or("", |file| &file.text);
    let items = syn::parse_file(text)?.items.into_iter();
    let structs = items.filter_map(|item| match item {
        syn::Item::Struct(item) => Some((item.ident.to_string(), item.fields.iter().map(declared).collect())),
        _ => None,
    });
    Ok(structs.collect())
}

fn declared(field: &syn::Field) -> String {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{name}: {}", field.ty.to_token_stream().to_string().replace(' ', ""))
}

fn types(model: &Model, structs: &Structs) -> Result<String, Box<dyn std::error::Error>> {
    let mut table = String::new();
    for (name, found) in &model.types {
        let rust_name = names::type_name(name);
        let wire = if rust_name == *name {
            String::new()
        } else {
            format!(" (`{name}` on the pages)")
        };
        let sent = if found.sent { ", sent" } else { "" };
        let (kind, rows) = match &found.kind {
            TypeKind::Choice(_) | TypeKind::Substitution(_) => ("choice", Vec::new()),
            TypeKind::Enumeration(values) => ("enum", values.iter().map(variant).collect()),
            TypeKind::Struct(fields) => {
                let declared = structs
                    .get(&rust_name)
                    .ok_or_else(|| format!("{rust_name} was not rendered"))?;
                assert_eq!(fields.len(), declared.len(), "{rust_name}");
                (
                    "struct",
                    fields.iter().map(wire_name).zip(declared.iter().cloned()).collect(),
                )
            }
        };
        writeln!(table, "{kind} {rust_name}{wire}{sent}\n{}\n", columns(rows))?;
    }
    for (name, id) in &model.ids {
        writeln!(table, "id {name}: {:?}, of {}", id.inner, id.subject)?;
    }
    Ok(table)
}

fn columns(rows: Vec<(String, String)>) -> String {
    let width = rows.iter().map(|(wire, _)| wire.len()).max().unwrap_or_default();
    let lines: Vec<String> = rows
        .into_iter()
        .map(|(wire, rust)| format!("  {wire:width$}  {rust}"))
        .collect();
    lines.join("\n")
}

fn wire_name(field: &Field) -> String {
    match &field.kind {
        FieldKind::Attribute => format!("@{}", field.name),
        FieldKind::Element | FieldKind::Text | FieldKind::Choice | FieldKind::RepeatedChoice => field.name.clone(),
        FieldKind::List => format!("{}*", field.name),
        FieldKind::WrappedList(item) => format!("{}/{item}*", field.name),
    }
}

fn variant(value: &EnumValue) -> (String, String) {
    (format!("{:?}", value.value), names::variant(&value.value))
}
