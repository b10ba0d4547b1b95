//! One schema page → the types on it.

use spektrix_v2_codegen::lower::lower;

use crate::{case, outline};

#[test]
fn a_page_is_lowered_or_refused() -> std::io::Result<()> {
    case::check("lower", |case| {
        let lowered = lower("GetThing response", &case.text("page.xsd"), None);
        lowered
            .map(|page| outline::of_page(&page))
            .map_err(|error| error.to_string())
    })
}
