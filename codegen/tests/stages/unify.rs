//! Pages → one model, before anything is said by the overlay.

use spektrix_v2_codegen::{load, unify};

use crate::{case, outline};

#[test]
fn pages_are_unified_or_refused() -> std::io::Result<()> {
    case::check("unify", |case| {
        let unified = load::load(&case.sources()).and_then(|loaded| unify::unify(&loaded, &unify::Naming::default()));
        let (model, report) = unified.map_err(|error| error.to_string())?;
        Ok(format!("{}\n\n{report}", outline::of_model(&model)))
    })
}
