//! Tests of `lower`: a schema page → its types.

use spektrix_v2_codegen::lower::lower;

use crate::{case, model_text};

#[test]
fn schema_pages_are_lowered_or_refused() -> std::io::Result<()> {
    case::check("lower", |case| {
        let lowered = lower("GetThing response", &case.text("page.xsd"), None);
        lowered
            .map(|page| model_text::of_page(&page))
            .map_err(|error| error.to_string())
    })
}
