//! Tests of `overlay`: a model and an overlay → the model with the facts of the overlay.

use spektrix_v2_codegen::{model, preview};

use crate::{case, model_text};

#[test]
fn overlays_are_applied_or_refused() -> std::io::Result<()> {
    case::check("overlay", |case| {
        let applied = model(&case.sources(), &case.text("overlay.toml"));
        let (model, report) = applied.map_err(|error| error.to_string())?;
        Ok(format!("{}\n\n{report}", model_text::of_model(&model)))
    })
}

#[test]
fn a_preview_applies_the_entries_that_apply() -> std::io::Result<()> {
    let overlay = "[type.Thing]\ndoc = \"A thing.\"\ngrade = \"recorded\"\n[type.Gone]\ndoc = \"No thing.\"\ngrade = \"recorded\"\n";
    let case = case::all("overlay")?
        .into_iter()
        .find(|case| case.name() == "empty-overlay");
    let case = case.ok_or(std::io::ErrorKind::NotFound)?;
    let (_, model, report) = preview(&case.sources(), overlay).map_err(std::io::Error::other)?;
    assert_eq!(model.types["Thing"].doc, "A thing.");
    assert_eq!((report.overlay_entries, report.overlay_not_applied.len()), (1, 1));
    assert!(
        report.to_string().contains("not applied: overlay entry [type.Gone]"),
        "{report}"
    );
    Ok(())
}
