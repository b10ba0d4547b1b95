//! Tests of `unify`: pages → one model, without an overlay.

use spektrix_v2_codegen::model::PageTypeNames;
use spektrix_v2_codegen::{load, lower, unify};

use crate::{case, model_text};

#[test]
fn pages_are_unified_or_refused() -> std::io::Result<()> {
    case::check("unify", |case| {
        let loaded = load::load(&case.sources()).map_err(|error| error.to_string())?;
        let pages = lower::lower_all(&loaded).map_err(|error| error.to_string())?;
        let unified = unify::unify(&loaded, pages, &PageTypeNames::new()).map_err(|error| error.to_string())?;
        match unified.collisions.first() {
            Some(collision) => Err(collision.error.to_string()),
            None => Ok(format!(
                "{}\n\n{}",
                model_text::of_model(&unified.model),
                unified.report
            )),
        }
    })
}
