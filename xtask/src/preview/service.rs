//! A folder of help pages → the modules of a service, its examples, and what must come of each.

use std::collections::BTreeMap;

use spektrix_v2_codegen::examples::{self, Expectation};
use spektrix_v2_codegen::model::{Body, Model};
use spektrix_v2_codegen::{Report, Sources};

/// What a folder of help pages becomes.
#[derive(Debug)]
pub struct Service {
    /// The generated modules, by file name.
    pub modules: BTreeMap<String, String>,
    /// The examples of bodies that have a type, by path.
    pub examples: BTreeMap<String, Example>,
    /// What became of the pages.
    pub report: Report,
    /// The model behind the modules.
    pub model: Model,
}

/// An example page.
#[derive(Debug)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// What must come of it.
    pub expected: Expectation,
}

/// Generates the modules, and judges the examples.
pub fn generate(sources: &Sources, overlay: &str) -> anyhow::Result<Service> {
    let (generated, model, report) = spektrix_v2_codegen::preview(sources, overlay)?;
    let modules = generated.into_iter().map(|file| (file.name.to_owned(), file.text));
    Ok(Service {
        modules: modules.collect(),
        examples: examples_of(&model, sources.examples()),
        report,
        model,
    })
}

fn examples_of(model: &Model, all: BTreeMap<String, String>) -> BTreeMap<String, Example> {
    let examples = all.into_iter().filter_map(|(path, text)| {
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
    /// What is wrong with the examples themselves, a line each.
    pub fn faults(&self) -> Vec<String> {
        let faults = self.examples.iter().flat_map(|(path, example)| {
            example
                .expected
                .faults
                .iter()
                .map(move |fault| format!("{path}: {fault}"))
        });
        faults.collect()
    }

    /// The examples as a table in Rust.
    pub fn table(&self) -> String {
        let rows = self.examples.iter().map(|(path, example)| {
            let Expectation {
                skipped: passed_over,
                error: refusal,
                faults,
            } = &example.expected;
            let refused = refusal.as_ref().map(|refusal| (refusal.kind, &refusal.path));
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let passed_over: Vec<&String> = passed_over.iter().collect();
            format!(
                "    Example {{\n        path: {path:?},\n        passed_over: &{passed_over:?},\n        \
                 refused: {refused:?},\n        faults: &{faults:?},\n    }},\n"
            )
        });
        rows.collect()
    }
}
