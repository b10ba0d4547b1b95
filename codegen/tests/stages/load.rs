//! A folder of pages → operations, each side told apart by kind.

use spektrix_v2_codegen::load::{Loaded, Side, load};

use crate::case;

#[test]
fn pages_are_loaded_or_refused() -> std::io::Result<()> {
    case::check("load", |case| {
        let loaded = load(&case.sources()).map_err(|error| error.to_string())?;
        let lines: Vec<String> = loaded.iter().map(shown).collect();
        Ok(lines.join("\n"))
    })
}

fn shown(loaded: &Loaded) -> String {
    let Loaded {
        operation,
        request,
        response,
    } = loaded;
    format!(
        "{}: request {}; response {}",
        operation.name,
        side(request),
        side(response)
    )
}

fn side(side: &Side) -> String {
    match side {
        Side::Empty(how) => format!("empty ({how})"),
        Side::Bytes { why, is_fault } => format!("bytes ({why}{})", if *is_fault { ": a fault" } else { "" }),
        Side::Schemas(text, _) => format!("{} lines of schemas", text.lines().count()),
    }
}
