//! The service that a folder of help pages describes: its generated modules, and the expected result of each example page.

use std::collections::BTreeMap;
use std::path::Path;

use spektrix_v2_codegen::examples::{self, Expectation};
use spektrix_v2_codegen::model::{Body, Model};
use spektrix_v2_codegen::{Report, Sources};

use crate::staging;

/// The result of codegen for a folder of help pages.
#[derive(Debug)]
pub struct Service {
    /// The generated modules, by file name.
    pub modules: BTreeMap<String, String>,
    /// The example pages of bodies that have a type, by path.
    pub examples: BTreeMap<String, Example>,
    /// The report about the pages.
    pub report: Report,
}

/// An example page.
#[derive(Debug)]
pub struct Example {
    /// Its content.
    pub text: String,
    /// The expected result of decoding it.
    pub expected: Expectation,
}

/// Generates the modules, and determines the expected result of each example.
pub fn generate(sources: &Sources, overlay: &str) -> anyhow::Result<Service> {
    let (generated, model, report) = spektrix_v2_codegen::preview(sources, overlay)?;
    let modules = generated.into_iter().map(|file| (file.name.to_owned(), file.text));
    Ok(Service {
        modules: modules.collect(),
        examples: examples_of(&model, sources.examples()),
        report,
    })
}

/// Writes a report about help pages as JSON.
pub fn write_report(path: &Path, report: &Report) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(report)? + "\n";
    staging::write_file(path, json.as_bytes())
}

fn examples_of(model: &Model, pages: BTreeMap<String, String>) -> BTreeMap<String, Example> {
    let examples = pages.into_iter().filter_map(|(path, text)| {
        let (operation, side) = path.strip_suffix(".xml")?.split_once('/')?;
        let found = model.operations.get(operation)?;
        let body = match side {
            "request" => &found.request,
            _ => &found.response,
        };
        if matches!(body, Body::Empty | Body::Bytes(_)) {
            return None;
        }
        let expected = examples::expect(model, body, &text);
        Some((path, Example { text, expected }))
    });
    examples.collect()
}

impl Service {
    /// Returns the faults of the examples themselves, one line each.
    pub fn faults(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (path, example) in &self.examples {
            lines.extend(example.expected.faults.iter().map(|fault| format!("{path}: {fault}")));
        }
        lines
    }

    /// Returns the examples as rows of a table in Rust, as `round_trip::Example` of the test support.
    pub fn example_table(&self) -> String {
        let rows = self.examples.iter().map(|(path, example)| {
            let Expectation { skipped, error, faults } = &example.expected;
            let error = error.as_ref().map(|error| (error.kind, &error.path));
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let skipped: Vec<&String> = skipped.iter().collect();
            format!(
                "    Example {{\n        path: {path:?},\n        skipped: &{skipped:?},\n        \
                 error: {error:?},\n        faults: &{faults:?},\n    }},\n"
            )
        });
        rows.collect()
    }
}
