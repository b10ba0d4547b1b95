//! Compares two sets of help pages: what differs, and what each difference breaks.
//!
//! Models are compared, never text, so equivalent XML is no difference.

mod changes;
mod format;
mod infoset;
mod labels;
mod operations;
mod round_trip;
mod types;

use std::collections::BTreeMap;

pub use changes::{Change, Drift};
pub use format::{json, markdown, text};
pub use round_trip::round_trip_difference;

use changes::Comparison;

use crate::error::Result;
use crate::load::{self, Sources};
use crate::lower;
use crate::model::{Model, PageTypeNames};
use crate::report::Collision;
use crate::{pipeline, unify};

/// Compares the vendored pages with others. The overlay only provides the names in Rust.
pub fn drift(vendored: &Sources, others: &Sources, overlay: &str) -> Result<Drift> {
    let (old, new) = (PageSet::read(vendored)?, PageSet::read(others)?);
    let named = named_model(vendored, overlay);
    let mut comparison = Comparison::new(&old.model, &new.model, &named, &new.renamed);
    operations::compare(&mut comparison);
    operations::compare_examples(&mut comparison, &old.examples, &new.examples);
    Ok(comparison.finish())
}

/// Returns the vendored model with the names of the overlay, or without them if the overlay does not apply.
fn named_model(vendored: &Sources, overlay: &str) -> Model {
    let named = pipeline::model(vendored, overlay).or_else(|_| pipeline::model(vendored, ""));
    named.map(|(model, _)| model).unwrap_or_default()
}

/// The contract that a set of pages describes.
struct PageSet {
    model: Model,
    /// The types that were renamed because pages disagree on them, by their new name.
    renamed: BTreeMap<String, Collision>,
    examples: BTreeMap<String, String>,
}

impl PageSet {
    fn read(sources: &Sources) -> Result<Self> {
        let loaded = load::load(sources)?;
        let pages = lower::lower_all(&loaded)?;
        let unified = unify::unify(&loaded, pages, &PageTypeNames::new())?;
        let collisions = unified.collisions.into_iter();
        Ok(Self {
            renamed: collisions
                .map(|collision| (collision.renamed_to.clone(), collision))
                .collect(),
            model: unified.model,
            examples: sources.examples(),
        })
    }
}
