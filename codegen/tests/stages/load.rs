//! Tests of `load`: a folder of pages → operations with the kind of each body.

use spektrix_v2_codegen::load::{LoadedBody, LoadedOperation, load};

use crate::case;

#[test]
fn pages_are_loaded_or_refused() -> std::io::Result<()> {
    case::check("load", |case| {
        let loaded = load(&case.sources()).map_err(|error| error.to_string())?;
        let lines: Vec<String> = loaded.iter().map(shown).collect();
        Ok(lines.join("\n"))
    })
}

fn shown(loaded: &LoadedOperation) -> String {
    let LoadedOperation {
        operation,
        request,
        response,
        ..
    } = loaded;
    format!(
        "{}: request {}; response {}",
        operation.name,
        body(request),
        body(response)
    )
}

fn body(body: &LoadedBody) -> String {
    match body {
        LoadedBody::Empty(evidence) => format!("empty ({evidence})"),
        LoadedBody::Bytes { reason, is_fault } => {
            format!("bytes ({reason}{})", if *is_fault { ": a fault" } else { "" })
        }
        LoadedBody::Schemas { text, .. } => format!("{} lines of schemas", text.lines().count()),
    }
}
