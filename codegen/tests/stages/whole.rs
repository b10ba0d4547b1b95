//! All vendored pages, in three tables: what became of them, every operation, every field with its type in Rust.
//!
//! A change of the contract shows here at a glance. That the generated files are up to date is tried elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use quote::ToTokens as _;
use spektrix_v2_codegen::model::{EnumValue, Field, Model, Place, TypeKind};
use spektrix_v2_codegen::{GeneratedFile, generate, model, names};

use crate::case::Case;
use crate::outline;

/// The structs of `types.rs`, with each field's name and type.
type Structs = BTreeMap<String, Vec<String>>;

#[test]
fn the_vendored_pages_become_what_the_tables_say() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let case = Case::new("whole", root.join("tests/cases/whole"), &[&root.join("../schemas")])?;
    let overlay = fs::read_to_string(root.join("overlay.toml"))?;
    let (model, report) = model(&case.sources(), &overlay)?;
    let (files, _) = generate(&case.sources(), &overlay)?;
    case.check("report", &report.to_string());
    case.check("operations", &operations(&model));
    case.check("types", &types(&model, &structs(&files)?)?);
    Ok(())
}

/// Without the documentation, which makes the table long.
fn operations(model: &Model) -> String {
    let lines = outline::operations(model)
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
    match &field.place {
        Place::Attribute => format!("@{}", field.name),
        Place::Element | Place::Text | Place::Choice | Place::Choices => field.name.clone(),
        Place::List => format!("{}*", field.name),
        Place::Wrapped(item) => format!("{}/{item}*", field.name),
    }
}

fn variant(value: &EnumValue) -> (String, String) {
    (format!("{:?}", value.value), names::variant(&value.value))
}
