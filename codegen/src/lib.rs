//! Turns the vendored help pages of the Spektrix API v2 into the types and operations of `spektrix-v2`.
//!
//! A pure library: no network, no clock, no files. Each stage is a function from one plain structure to the next:
//!
//! ```text
//! Sources --load--> Loaded --lower--> PageModel (one a page) --unify--> Model --overlay--> Model --render--> files
//! ```

pub mod diff;
mod distinct;
pub mod error;
pub mod examples;
pub mod feed;
pub mod load;
pub mod lower;
pub mod model;
pub mod names;
pub mod overlay;
pub mod page;
pub mod printable;
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

/// The same for a crate of its own. Overlay entries that do not apply are left out, and listed; of two things of one
/// name, one gets another.
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

/// The stages before rendering, and the first overlay entry that does not apply, or name that two things would have.
fn lenient_model(sources: &Sources, overlay: &str) -> Result<(Model, Report, Option<Error>)> {
    let overlay = overlay::parse(overlay)?;
    let loaded = load::load(sources)?;
    let mut unified = unify::unify(&loaded, &overlay.page_names())?;
    let mut left_out = std::mem::take(&mut unified.left_out);
    left_out.extend(overlay::apply_what_fits(&overlay, &mut unified.model));
    let named_apart = distinct::make(&mut unified.model);
    let (model, mut report) = (unified.model, unified.report);
    report.note_overlay(&overlay, &left_out);
    report.note_clashes(&named_apart);
    report.note_undocumented(&model);
    report.ids = model.ids.len();
    let clashes = unified.clashes.into_iter().chain(named_apart);
    let first = left_out.into_iter().chain(clashes.map(|clash| clash.error)).next();
    Ok((model, report, first))
}
