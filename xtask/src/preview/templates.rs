//! The files of a preview that hardly depend on the pages: its manifest, the root of its library, and its test.

use std::path::Path;

/// The first line of a preview's manifest.
pub(super) const MARK: &str = "# Written by `cargo xtask preview`. Do not edit.";

/// Returns the manifest.
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
spektrix-v2-test-support = {{ path = {}, features = ["client", "codegen"] }}

[workspace]
"#,
        path("spektrix-v2"),
        path("test-support"),
    )
}

/// Returns the root of the library, with these modules.
pub(super) fn library<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let modules = files.map(|file| {
        let module = file.trim_end_matches(".rs");
        // Nothing outside refers to the encoders and decoders.
        let visibility = if module == "xml" { "" } else { "pub " };
        format!("{visibility}mod {module};\n")
    });
    LIBRARY.to_owned() + &modules.collect::<String>()
}

const LIBRARY: &str = "\
//! The Rust code of a set of help pages: `operations` has a value for every operation, `types` the parts of bodies.

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

";

/// Returns the test, with the rows of its table.
pub(super) fn test(table: &str) -> String {
    TEST.replace("EXAMPLES_HERE", table)
}

const TEST: &str = r#"//! Every example page is decoded, encoded again, and compared with the original.

use std::path::Path;

use spektrix_v2_preview::operations;
use spektrix_v2_test_support::round_trip::{Example, failure};

/// The example pages, with the expected result of each.
const EXAMPLES: &[Example] = &[
EXAMPLES_HERE];

#[test]
fn every_example_gives_the_expected_result() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let failures: Vec<String> = EXAMPLES
        .iter()
        .filter_map(|example| {
            let text = std::fs::read_to_string(folder.join(example.path)).expect("an example page");
            failure(example, &text, |operation, round_trip| operations::visit(operation, round_trip))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
"#;
