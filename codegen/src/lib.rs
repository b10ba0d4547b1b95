//! Turns the vendored help pages of the Spektrix API v2 into the types and operations of `spektrix-v2`.
//!
//! A pure library: no network, no clock, no files. Each stage is a function from one plain structure to the next:
//!
//! ```text
//! Sources --load--> Loaded --lower--> PageModel (one a page) --unify--> Model --overlay--> Model --render--> files
//! ```

pub mod diff;
pub mod error;
pub mod feed;
pub mod load;
pub mod lower;
pub mod model;
pub mod names;
pub mod overlay;
pub mod page;
pub mod render;
pub mod report;
pub mod template;
pub mod unify;

pub use error::{Error, Result};
pub use load::Sources;
pub use render::GeneratedFile;
pub use report::Report;

use model::Model;

/// Renders every operation and type of the pages, and says what became of each.
pub fn generate(sources: &Sources, overlay: &str) -> Result<(Vec<GeneratedFile>, Report)> {
    let (model, report) = model(sources, overlay)?;
    Ok((render::render(&model)?, report))
}

/// The stages before rendering.
pub fn model(sources: &Sources, overlay: &str) -> Result<(Model, Report)> {
    let overlay = overlay::parse(overlay)?;
    let loaded = load::load(sources)?;
    let (mut model, mut report) = unify::unify(&loaded, &overlay.naming())?;
    overlay::apply(&overlay, &mut model)?;
    report.count(&model);
    report.note_undocumented(&model);
    Ok((model, report))
}
