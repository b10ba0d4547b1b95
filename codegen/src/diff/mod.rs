//! Two sets of help pages → what differs between them, and whom it breaks. Models are compared, never text.

mod again;
mod examples;
mod fields;
mod format;
mod infoset;
mod operations;
mod renames;
mod types;
mod variants;
mod words;

use std::collections::BTreeMap;

pub use again::difference_when_written_again;
pub use format::{json, markdown, text};

use crate::error::Result;
use crate::load::{self, Sources};
use crate::model::Model;
use crate::printable::visible;
use crate::unify::{self, Clash};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Change {
    /// Where it is on the pages: `GetEvents`, `Event/Name`.
    pub place: String,
    /// What it is.
    pub what: String,
    /// Whether code that uses the crate stops compiling once it is generated anew.
    pub breaks_crate: bool,
    /// Whether the crate as it is now misreads the service, or is misread by it.
    pub breaks_wire: bool,
    /// What it touches in Rust.
    pub rust: String,
}

/// What two sets of pages differ in.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Drift {
    /// The differences, by place.
    pub changes: Vec<Change>,
    /// What is no difference, but is good to know before generating anew.
    pub notes: Vec<String>,
}

impl Drift {
    /// Whether the pages say the same.
    pub fn is_none(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares the vendored pages with others. The overlay only tells what things are called in Rust.
pub fn drift(vendored: &Sources, others: &Sources, overlay: &str) -> Result<Drift> {
    let (old, new) = (Read::new(vendored)?, Read::new(others)?);
    let named = named(vendored, overlay);
    let mut found = Found::new(&old, &new, &named);
    operations::compare(&mut found);
    examples::compare(&mut found, &old.examples, &new.examples);
    Ok(found.finish())
}

/// The vendored model with the names that the overlay gives; without them, if the overlay does not apply.
fn named(vendored: &Sources, overlay: &str) -> Model {
    let with_overlay = crate::model(vendored, overlay);
    let plain = || crate::model(vendored, "");
    with_overlay
        .or_else(|_| plain())
        .map(|(model, _)| model)
        .unwrap_or_default()
}

/// What one set of pages says.
struct Read {
    model: Model,
    /// Types that share their name with another one, by the name that they have instead.
    named_apart: BTreeMap<String, Clash>,
    examples: BTreeMap<String, String>,
}

impl Read {
    fn new(sources: &Sources) -> Result<Self> {
        let loaded = load::load(sources)?;
        let unified = unify::unify(&loaded, &unify::PageNames::new())?;
        let named_apart = unified.clashes.into_iter().map(|clash| (clash.now.clone(), clash));
        Ok(Self {
            named_apart: named_apart.collect(),
            model: unified.model,
            examples: sources.examples(),
        })
    }
}

/// What was found so far.
struct Found<'a> {
    old: &'a Model,
    new: &'a Model,
    /// The old model with the names that things have in Rust.
    named: &'a Model,
    /// Types of the new pages that share their name with another one.
    named_apart: &'a BTreeMap<String, Clash>,
    changes: Vec<Change>,
    notes: Vec<String>,
    /// Types that were compared with each other, or are about to be.
    pairs: types::Pairs,
}

/// Whom a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Breaks {
    users: bool,
    wire: bool,
}

impl Breaks {
    const NOTHING: Self = Self::new(false, false);
    const USERS: Self = Self::new(true, false);
    const BOTH: Self = Self::new(true, true);

    const fn new(users: bool, wire: bool) -> Self {
        Self { users, wire }
    }
}

impl<'a> Found<'a> {
    fn new(old: &'a Read, new: &'a Read, named: &'a Model) -> Self {
        Self {
            old: &old.model,
            new: &new.model,
            named,
            named_apart: &new.named_apart,
            changes: Vec::new(),
            notes: Vec::new(),
            pairs: types::Pairs::default(),
        }
    }

    fn add(&mut self, place: impl Into<String>, what: impl Into<String>, breaks: Breaks, rust: impl Into<String>) {
        self.changes.push(Change {
            place: place.into(),
            what: what.into(),
            breaks_crate: breaks.users,
            breaks_wire: breaks.wire,
            rust: rust.into(),
        });
    }

    fn finish(mut self) -> Drift {
        // All of it quotes names from the pages.
        let changes = self.changes.iter_mut();
        let shown = changes.flat_map(|change| [&mut change.place, &mut change.what, &mut change.rust]);
        for text in shown.chain(&mut self.notes) {
            *text = visible(text).into_owned();
        }
        self.changes.sort();
        self.changes.dedup();
        self.notes.sort();
        self.notes.dedup();
        Drift {
            changes: self.changes,
            notes: self.notes,
        }
    }
}
