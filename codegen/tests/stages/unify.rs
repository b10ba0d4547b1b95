//! Pages → one model, before anything is said by the overlay.

use spektrix_v2_codegen::{load, unify};

use crate::{case, outline};

#[test]
fn pages_are_unified_or_refused() -> std::io::Result<()> {
    case::check("unify", |case| {
        let loaded = load::load(&case.sources()).map_err(|error| error.to_string())?;
        let unified = unify::unify(&loaded, &unify::PageNames::new()).map_err(|error| error.to_string())?;
        match unified.clashes.first() {
            Some(clash) => Err(clash.error.to_string()),
            None => Ok(format!("{}\n\n{}", outline::of_model(&unified.model), unified.report)),
        }
    })
}
