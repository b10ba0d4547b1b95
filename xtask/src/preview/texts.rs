//! The files of a preview that no page has a part in, or nearly none.

use std::collections::BTreeMap;
use std::path::Path;

/// How the manifest of a preview begins.
pub(super) const MARK: &str = "# Written by `cargo xtask preview`. Do not edit.";

/// The manifest.
pub(super) fn manifest(workspace: &Path) -> String {
    let path = |below: &str| toml::Value::String(workspace.join(below).display().to_string());
    format!(
        r#"{MARK}

[package]
name = "spektrix-v2-preview"
version = "0.0.0"
edition = "2024"
publish = false
autoexamples = false

[dependencies]
jiff = {{ version = "0.2.16", default-features = false, features = ["serde", "std"] }}
rust_decimal = {{ version = "1.39", default-features = false, features = ["serde", "std"] }}
serde = {{ version = "1.0.228", features = ["derive"] }}
spektrix-v2 = {{ path = {}, default-features = false }}

[dev-dependencies]
spektrix-v2-codegen = {{ path = {} }}

[workspace]
"#,
        path("spektrix-v2"),
        path("codegen"),
    )
}

/// The library's root.
pub(super) const LIBRARY: &str = "\
//! What a set of help pages becomes in Rust.

#![allow(clippy::pedantic, unused_imports, reason = \"names and what is used come from the pages\")]

pub mod ids;
pub mod operations;
pub mod types;
mod xml;
";

/// The test: every example is read, written and compared.
pub(super) fn test(examples: &BTreeMap<String, String>, faults: &[(String, String)]) -> String {
    let examples: Vec<String> = examples.keys().map(|path| format!("    {path:?},\n")).collect();
    let faults: Vec<String> = faults
        .iter()
        .map(|(path, what)| format!("    ({path:?}, {what:?}),\n"))
        .collect();
    TEST.replace("EXAMPLES_HERE", &examples.concat())
        .replace("FAULTS_HERE", &faults.concat())
}

const TEST: &str = r#"//! Every example page is read, written again, and must say the same.

use std::collections::BTreeSet;
use std::path::Path;

use spektrix_v2::xml::{Body, BodyNames, DecodeOptions, Style};
use spektrix_v2::{Operation, OperationVisitor};
use spektrix_v2_codegen::diff::difference_when_written_again;
use spektrix_v2_preview::operations;

/// The example pages.
const EXAMPLES: &[&str] = &[
EXAMPLES_HERE];

/// What the pages themselves get wrong: those examples must not pass.
const FAULTS: &[(&str, &str)] = &[
FAULTS_HERE];

#[test]
fn every_example_says_the_same_when_written_again() {
    let mut wrong = Vec::new();
    for path in EXAMPLES {
        let outcome = read_and_write(path);
        let faults: Vec<_> = FAULTS.iter().filter(|(faulty, _)| faulty == path).collect();
        match outcome {
            Ok(()) if !faults.is_empty() => wrong.push(format!("{path}: passes in spite of {faults:?}")),
            Err(what) if faults.is_empty() => wrong.push(format!("{path}: {what}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read_and_write(path: &str) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(path);
    let example = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
    let (operation, side) = path.trim_end_matches(".xml").split_once('/').ok_or("no path of an example")?;
    let visitor = Again {
        example: &example,
        request: side == "request",
    };
    operations::visit(operation, visitor).ok_or("there is no such operation")?
}

struct Again<'a> {
    example: &'a str,
    request: bool,
}

impl OperationVisitor for Again<'_> {
    type Output = Result<(), String>;

    fn visit<O: Operation>(self) -> Self::Output {
        match self.request {
            true => again::<O::Request>(self.example, O::INFO.request),
            false => again::<O::Response>(self.example, O::INFO.response),
        }
    }
}

fn again<T: Body>(example: &str, names: BodyNames) -> Result<(), String> {
    let options = DecodeOptions::default().report_unknown(true);
    let decoded = T::decode(example.as_bytes(), names, &options).map_err(|error| error.to_string())?;
    let written = decoded.value.encode(names, Style::Request).map_err(|error| error.to_string())?;
    // Help pages write one constant for every time, without an offset.
    const TIME: &str = "1999-05-31T11:20:00";
    let example = example.replace(&format!("Utc>{TIME}<"), &format!("Utc>{TIME}Z<"));
    let example = example.replace(&format!("Utc=\"{TIME}\""), &format!("Utc=\"{TIME}Z\""));
    let passed_over: BTreeSet<String> = decoded.unknown;
    match difference_when_written_again(&example, &written.unwrap_or_default(), &passed_over) {
        Some(what) => Err(what),
        None => Ok(()),
    }
}
"#;
