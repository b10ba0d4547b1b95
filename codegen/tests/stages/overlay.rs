//! Tests of `overlay`: a model and an overlay → the model with the facts of the overlay.

use spektrix_v2_codegen::model;

use crate::{case, model_text};

#[test]
fn overlays_are_applied_or_refused() -> std::io::Result<()> {
    case::check("overlay", |case| {
        let applied = model(&case.sources(), &case.text("overlay.toml"));
        let (model, report) = applied.map_err(|error| error.to_string())?;
        Ok(format!("{}\n\n{report}", model_text::of_model(&model)))
    })
}
