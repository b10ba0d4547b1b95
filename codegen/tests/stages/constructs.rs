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

/// A page that cannot be read stops neither a preview nor a comparison: its body is bytes, and it is reported.
#[test]
fn one_unreadable_page_does_not_stop_the_others() -> std::io::Result<()> {
    let damaged: [(&str, &[u8]); 6] = [
        ("an HTML page", b"<!DOCTYPE html><title>Log in</title>"),
        ("a page that is cut off", b"<Schemas><xs:schema"),
        ("bytes that are not text", b"\xff\xfe\0"),
        ("a document type", b"<!DOCTYPE a><Schemas><a/></Schemas>"),
        ("a page without schemas", b"<Schemas/>"),
        ("an example", b"<Room/>"),
    ];
    let cases = case::all("constructs")?;
    let case = cases
        .iter()
        .find(|case| case.name() == "lists")
        .ok_or(std::io::ErrorKind::NotFound)?;
    let good = case.sources();
    let (_, model, _) = preview(&good, "").map_err(std::io::Error::other)?;
    let (name, side) = model
        .operations
        .values()
        .find_map(|operation| match (&operation.request, &operation.response) {
            (_, Body::One { .. } | Body::List { .. }) => Some((&operation.name, "response")),
            (Body::One { .. } | Body::List { .. }, _) => Some((&operation.name, "request")),
            _ => None,
        })
        .ok_or(std::io::ErrorKind::NotFound)?;
    for (what, bytes) in damaged {
        let mut sources = good.clone();
        sources.insert(format!("{name}/{side}.xsd"), bytes);
        let (_, degraded, report) = preview(&sources, "").map_err(std::io::Error::other)?;
        assert_eq!(degraded.operations.len(), model.operations.len(), "{what}");
        assert_eq!(report.unreadable.len(), 1, "{what}: {:?}", report.unreadable);
        let line = format!("cannot be read, so its body is bytes: {name}");
        assert!(report.to_string().contains(&line), "{what}: {report}");
        let found = spektrix_v2_codegen::diff::drift(&good, &sources, "").map_err(std::io::Error::other)?;
        let text = spektrix_v2_codegen::diff::text(&found);
        assert!(
            text.contains("and is bytes (the page cannot be read)"),
            "{what}: {text}"
        );
        let error = spektrix_v2_codegen::model(&sources, "")
            .map_err(|error| error.to_string())
            .err();
        let advice = format!("[page.\"{name} {side}\"] bytes = true");
        assert!(
            error.as_ref().is_some_and(|error| error.contains(&advice)),
            "{what}: {error:?}"
        );
    }
    Ok(())
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
