//! A model and an overlay → the model with what only the overlay knows.

use spektrix_v2_codegen::model;

use crate::{case, outline};

#[test]
fn an_overlay_is_applied_or_refused() -> std::io::Result<()> {
    case::check("overlay", |case| {
        let applied = model(&case.sources(), &case.text("overlay.toml"));
        let (model, report) = applied.map_err(|error| error.to_string())?;
        Ok(format!("{}\n\n{report}", outline::of_model(&model)))
    })
}
