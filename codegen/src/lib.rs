//! Turns the vendored help pages of the Spektrix API v2 into the types and operations of `spektrix-v2`.
//!
//! A pure library: no network, no clock, no files. Each stage is a function from one plain structure to the next:
//!
//! ```text
//! Sources --load--> Loaded --lower--> PageModel (one a page) --unify--> Model --overlay--> Model --render--> files
//! ```

pub mod diff;
pub mod error;
pub mod faults;
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
pub use render::{GeneratedFile, Target};
pub use report::Report;

use model::Model;

/// Renders every operation and type of the pages, and says what became of each.
pub fn generate(sources: &Sources, overlay: &str) -> Result<(Vec<GeneratedFile>, Report)> {
    let (model, report) = model(sources, overlay)?;
    Ok((render::render(&model, Target::Crate)?, report))
}

/// The same for a crate of its own. Overlay entries that do not apply are left out, and listed.
pub fn preview(sources: &Sources, overlay: &str) -> Result<(Vec<GeneratedFile>, Model, Report)> {
    let (model, report, _) = lenient_model(sources, overlay)?;
    Ok((render::render(&model, Target::Preview)?, model, report))
}

/// The stages before rendering.
pub fn model(sources: &Sources, overlay: &str) -> Result<(Model, Report)> {
    match lenient_model(sources, overlay)? {
        (model, report, None) => Ok((model, report)),
        (.., Some(error)) => Err(error),
    }
}

/// The stages before rendering, and the first overlay entry that does not apply.
fn lenient_model(sources: &Sources, overlay: &str) -> Result<(Model, Report, Option<Error>)> {
    let overlay = overlay::parse(overlay)?;
    let loaded = load::load(sources)?;
    let (mut model, mut report) = unify::unify(&loaded, &overlay.naming())?;
    let left_out = overlay::apply_what_fits(&overlay, &mut model)?;
    report.note_overlay(&overlay, &left_out);
    report.note_undocumented(&model);
    report.ids = model.ids.len();
    Ok((model, report, left_out.into_iter().next()))
}
