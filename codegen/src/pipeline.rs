//! Runs the stages in order.

use crate::error::{Error, Result};
use crate::load::{Loaded, Sources};
use crate::model::Model;
use crate::render::{GeneratedFile, Target};
use crate::report::Report;
use crate::{collisions, load, lower, overlay, render, unify};

/// Generates the files of `spektrix-v2/src/generated`, and reports the result for each part of the pages.
pub fn generate(sources: &Sources, overlay: &str) -> Result<(Vec<GeneratedFile>, Report)> {
    let (model, report) = model(sources, overlay)?;
    Ok((render::render(&model, Target::Crate)?, report))
}

/// Generates the files of a separate crate.
///
/// Overlay entries that do not apply are skipped and reported. Of two parts with the same name, one is renamed. The bodies of
/// pages that cannot be read are bytes. Operations that Rust cannot represent are left out.
pub fn preview(sources: &Sources, overlay: &str) -> Result<(Vec<GeneratedFile>, Model, Report)> {
    let (model, report, _) = lenient_model(sources, overlay)?;
    Ok((render::render(&model, Target::Preview)?, model, report))
}

/// Runs all stages but the last, and returns the model.
pub fn model(sources: &Sources, overlay: &str) -> Result<(Model, Report)> {
    match lenient_model(sources, overlay)? {
        (model, report, None) => Ok((model, report)),
        (.., Some(error)) => Err(error),
    }
}

/// Returns the model, and the first error of the overlay or of a name collision, if there is one.
fn lenient_model(sources: &Sources, overlay: &str) -> Result<(Model, Report, Option<Error>)> {
    let overlay = overlay::parse(overlay)?;
    let Loaded {
        operations: mut loaded,
        mut unreadable,
        left_out,
    } = load::load_readable(sources)?;
    let (pages, unlowered) = lower::lower_readable(&mut loaded);
    unreadable.extend(unlowered);
    let mut unified = unify::unify(&loaded, pages, &overlay.page_names())?;
    unified.report.left_out = left_out.values().map(ToString::to_string).collect();
    unified.report.unreadable = unreadable.iter().map(|page| page.error.to_string()).collect();
    let mut not_applied = unified.not_applied;
    not_applied.extend(overlay::readable_pages(&overlay, &unreadable));
    not_applied.extend(overlay::apply(&overlay, &mut unified.model));
    let collisions = collisions::resolve(&mut unified.model);

    let (model, mut report) = (unified.model, unified.report);
    overlay::record(&overlay, &not_applied, &mut report);
    report.collisions.extend(collisions.iter().cloned());
    report.record_undocumented(&model);
    report.ids = model.ids.len();
    let collisions = unified.collisions.into_iter().chain(collisions);
    let errors = left_out
        .into_values()
        .chain(overlay::unreadable_pages(&overlay, unreadable))
        .chain(not_applied)
        .chain(collisions.map(|collision| collision.error));
    Ok((model, report, errors.into_iter().next()))
}
