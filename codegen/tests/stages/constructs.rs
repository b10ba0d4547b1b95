//! Tests of every construct that .NET's two exporters write: the model of its pages, and the predicted result of reading
//! its examples.
//!
//! The generated Rust is in the folder of each case. The tests in `tests/` compile it and read the examples with it.

use spektrix_v2_codegen::examples::expect;
use spektrix_v2_codegen::model::{Body, Model};
use spektrix_v2_codegen::preview;

use crate::{case, model_text};

#[test]
fn every_construct_has_its_case() -> std::io::Result<()> {
    case::check("constructs", |case| {
        let sources = case.sources();
        let (_, model, report) = preview(&sources, &case.text("overlay.toml")).map_err(|error| error.to_string())?;
        let examples = sources.examples().into_iter();
        let expected = examples.filter_map(|(path, text)| expected(&model, &path, &text));
        let expected = expected.collect::<Vec<_>>().join("\n");
        Ok(format!("{}\n\n{report}\n\n{expected}", model_text::of_model(&model)))
    })
}

fn expected(model: &Model, path: &str, text: &str) -> Option<String> {
    let (operation, side) = path.strip_suffix(".xml")?.split_once('/')?;
    let operation = model.operations.get(operation)?;
    let body: &Body = if side == "request" {
        &operation.request
    } else {
        &operation.response
    };
    let expected = expect(model, body, text);
    let mut lines = vec![match &expected.error {
        Some(error) => format!("example {path}: error, {} in {}", error.kind, error.path),
        None => format!("example {path}: equal after reading and writing"),
    }];
    lines.extend(expected.skipped.iter().map(|path| format!("  skipped: {path}")));
    lines.extend(
        expected
            .faults
            .iter()
            .map(|fault| format!("  fault of the example: {fault}")),
    );
    Some(lines.join("\n"))
}
