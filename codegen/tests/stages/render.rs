//! Tests of `render`: a model → the generated files.

use spektrix_v2_codegen::{GeneratedFile, generate};

use crate::case::{self, Case};

#[test]
fn types_are_rendered_or_refused() -> std::io::Result<()> {
    case::check("render-types", |case| rendered(case, &["ids.rs", "types.rs", "xml.rs"]))
}

#[test]
fn operations_are_rendered_or_refused() -> std::io::Result<()> {
    case::check("render-operations", |case| {
        rendered(case, &["operations.rs", "calls.rs"])
    })
}

fn rendered(case: &Case, wanted: &[&str]) -> Result<String, String> {
    let (files, _) = generate(&case.sources(), &case.text("overlay.toml")).map_err(|error| error.to_string())?;
    let files = files.iter().filter(|file| wanted.contains(&file.name)).map(shown);
    Ok(files.collect::<Vec<_>>().join("\n"))
}

/// Returns the text of a file without the header.
fn shown(file: &GeneratedFile) -> String {
    let lines = file
        .text
        .lines()
        .skip_while(|line| line.starts_with("//") || line.is_empty());
    let lines: Vec<&str> = lines.collect();
    format!("// {}\n{}\n", file.name, lines.join("\n"))
}
