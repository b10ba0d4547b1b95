//! Compares two sets of help pages: what differs, and what each difference breaks.
//!
//! Models are compared, never text, so equivalent XML is no difference. Each difference is reported once, at the part of the
//! pages that caused it, with two verdicts: whether the crate as it is now and the service misread each other, in the
//! direction in which the part is sent, and whether programs must be changed after the crate is generated again.

mod address;
mod bodies;
mod change;
mod comparison;
mod facets;
mod fields;
mod flattening;
mod format;
mod infoset;
mod labels;
mod namespaces;
mod operations;
mod round_trip;
mod types;
mod values;

use std::collections::BTreeMap;

pub use change::{Change, Drift};
pub use format::{json, markdown, text};
pub use round_trip::round_trip_difference;

use comparison::Comparison;
use labels::Names;

use crate::error::{Error, Result};
use crate::load::{self, Loaded, Sources, Unreadable};
use crate::lower;
use crate::model::{Model, PageTypeNames};
use crate::report::Collision;
use crate::{pipeline, unify};

/// Compares the vendored pages with others. The overlay only provides the names in Rust.
pub fn drift(vendored: &Sources, others: &Sources, overlay: &str) -> Result<Drift> {
    Baseline::read(vendored, overlay)?.drift(others)
}

/// The vendored pages, read once to be compared with others.
pub struct Baseline {
    pages: PageSet,
    names: Names,
}

impl Baseline {
    /// Reads the vendored pages. The overlay only provides the names in Rust.
    pub fn read(vendored: &Sources, overlay: &str) -> Result<Self> {
        Ok(Self {
            pages: PageSet::read(vendored)?,
            names: names(vendored, overlay),
        })
    }

    /// Compares the vendored pages with others.
    pub fn drift(&self, others: &Sources) -> Result<Drift> {
        let (old, new) = (&self.pages, PageSet::read(others)?);
        let mut comparison = Comparison::new(&old.model, &new.model, &self.names, [&old.renamed, &new.renamed]);
        let renamed = operations::compare(&mut comparison, &new.left_out);
        bodies::compare_examples(&mut comparison, &renamed, &old.examples, &new.examples);
        for page in &new.unreadable {
            comparison.note(format!(
                "the page {} cannot be read, so its body is bytes here: {}",
                page.page, page.error
            ));
        }
        let is_new = |name: &&String| !old.model.operations.contains_key(*name);
        for name in new.left_out.keys().filter(is_new) {
            let error = &new.left_out[name];
            comparison.note(format!("the new operation {name} would be left out: {error}"));
        }
        Ok(comparison.finish())
    }
}

/// Returns the names of the vendored pages in Rust, or those without the overlay if it does not apply.
fn names(vendored: &Sources, overlay: &str) -> Names {
    let named = pipeline::model(vendored, overlay).or_else(|_| pipeline::model(vendored, ""));
    named.map_or_else(
        |_| Names::default(),
        |(model, report)| Names {
            model,
            renamed: report.renamed,
        },
    )
}

/// The contract that a set of pages describes.
struct PageSet {
    model: Model,
    /// The types that were renamed because pages disagree on them, by their new name.
    renamed: BTreeMap<String, Collision>,
    /// The pages that cannot be read.
    unreadable: Vec<Unreadable>,
    /// The operations without a representation in Rust, with the reason.
    left_out: BTreeMap<String, Error>,
    examples: BTreeMap<String, String>,
}

impl PageSet {
    fn read(sources: &Sources) -> Result<Self> {
        let Loaded {
            operations: mut loaded,
            mut unreadable,
            left_out,
        } = load::load_readable(sources)?;
        // Without a page, the folder is not complete, and nothing is known about the service.
        if let Some(missing) = unreadable.iter().find(|page| page.is_missing) {
            return Err(missing.error.clone());
        }
        let (pages, unlowered) = lower::lower_readable(&mut loaded);
        unreadable.extend(unlowered);
        let unified = unify::unify(&loaded, pages, &PageTypeNames::new())?;
        let collisions = unified.collisions.into_iter();
        Ok(Self {
            renamed: collisions
                .map(|collision| (collision.renamed_to.clone(), collision))
                .collect(),
            model: unified.model,
            unreadable,
            left_out,
            examples: sources.examples(),
        })
    }
}
