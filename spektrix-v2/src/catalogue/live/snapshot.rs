//! What a live catalogue serves: the lists, their age, and what failed since.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::catalogue::Catalogue;
use crate::error::Error;

/// The catalogue as it was last loaded, and the errors since.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) catalogue: Arc<Catalogue>,
    /// When all lists were loaded.
    pub(super) loaded_at: Timestamp,
    /// When the availability was loaded, alone or with all lists.
    pub(super) statuses_at: Timestamp,
    /// At most one error for each part.
    errors: Vec<LiveError>,
}

/// Why a part of a [`LiveCatalogue`](super::LiveCatalogue) is not up to date.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LiveError {
    /// What failed.
    pub part: LivePart,
    /// When it failed, for the last time.
    pub at: Timestamp,
    /// Why.
    pub error: Error,
}

/// What a [`LiveCatalogue`](super::LiveCatalogue) does in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LivePart {
    /// It loads all lists.
    Season,
    /// It loads the availability.
    Availability,
    /// It writes its file.
    File,
}

impl fmt::Display for LiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at {:.0})", self.error, self.at)
    }
}

impl std::error::Error for LiveError {}

impl Snapshot {
    pub(super) fn new(catalogue: Catalogue, loaded_at: Timestamp) -> Self {
        Self {
            catalogue: Arc::new(catalogue),
            loaded_at,
            statuses_at: loaded_at,
            errors: Vec::new(),
        }
    }

    /// Returns the latest error.
    pub(super) fn last_error(&self) -> Option<&LiveError> {
        self.errors.iter().max_by_key(|error| error.at)
    }

    /// Takes a loaded catalogue. Returns whether it differs.
    pub(super) fn replace(&mut self, catalogue: Catalogue) -> bool {
        let differs = *self.catalogue != catalogue;
        // Subscriptions compare pointers first: an equal catalogue keeps the old one.
        if differs {
            self.catalogue = Arc::new(catalogue);
        }
        differs
    }

    pub(super) fn set_error(&mut self, part: LivePart, error: Error) {
        self.clear_error(part);
        let at = Timestamp::now();
        self.errors.push(LiveError { part, at, error });
    }

    pub(super) fn clear_error(&mut self, part: LivePart) {
        self.errors.retain(|error| error.part != part);
    }
}
