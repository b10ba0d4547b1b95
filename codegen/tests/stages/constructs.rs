//! Everything that .NET's two exporters write, a case for each construct: what becomes of its pages, and what its examples
//! must give. The Rust stands beside it, and is compiled and tried by `tests/`.

use spektrix_v2_codegen::examples::expect;
use spektrix_v2_codegen::model::{Body, Model};
use spektrix_v2_codegen::preview;

use crate::{case, outline};

#[test]
fn every_construct_has_its_case() -> std::io::Result<()> {
    case::check("constructs", |case| {
        let sources = case.sources();
        let (_, model, report) = preview(&sources, "").map_err(|error| error.to_string())?;
        let examples = sources.examples().into_iter();
        let expected = examples.filter_map(|(path, text)| expected(&model, &path, &text));
        let expected = expected.collect::<Vec<_>>().join("\n");
        Ok(format!("{}\n\n{report}\n\n{expected}", outline::of_model(&model)))
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
    let mut lines = vec![match &expected.refusal {
        Some(refusal) => format!("example {path}: refused, {} in {}", refusal.kind, refusal.path),
        None => format!("example {path}: says the same when written again"),
    }];
    lines.extend(expected.passed_over.iter().map(|path| format!("  but for {path}")));
    lines.extend(
        expected
            .faults
            .iter()
            .map(|fault| format!("  wrong in itself: {fault}")),
    );
    Some(lines.join("\n"))
}
