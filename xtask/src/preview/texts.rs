//! The files of a preview that no page has a part in, or nearly none.

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
//! What a set of help pages becomes in Rust: `operations` has a value for every operation, `types` what bodies are made of.

#![allow(
    clippy::pedantic,
    confusable_idents,
    mixed_script_confusables,
    non_camel_case_types,
    non_snake_case,
    uncommon_codepoints,
    unused_imports,
    reason = \"names and what is used come from the pages\"
)]

pub mod ids;
pub mod operations;
pub mod types;
mod xml;
";

/// How an example is tried.
pub(super) const AGAIN: &str = include_str!("again.rs");

/// The test: every example is read, written and compared.
pub(super) fn test(table: &str) -> String {
    TEST.replace("EXAMPLES_HERE", table)
}

const TEST: &str = r#"//! Every example page is read, written again, and must say the same.

mod again;

use std::path::Path;

use again::{Example, wrong};
use spektrix_v2_preview::operations;

/// The example pages. Those that are faulty themselves must fail as it says here.
const EXAMPLES: &[Example] = &[
EXAMPLES_HERE];

#[test]
fn every_example_says_the_same_when_written_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let wrong: Vec<String> = EXAMPLES
        .iter()
        .filter_map(|example| {
            let text = std::fs::read_to_string(folder.join(example.path)).expect("an example page");
            wrong(example, &text, |operation, again| operations::visit(operation, again))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
"#;
