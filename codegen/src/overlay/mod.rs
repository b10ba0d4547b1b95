//! The overlay: documentation, names, grades, requirements and secrets, which the pages cannot express.
//!
//! Every entry must apply. An entry that does not apply, or is no longer needed, is an error.

mod apply;
mod body_requirements;
mod document;
mod unreadable;

pub use apply::{apply, record};
pub use document::{
    FieldEntry, OperationEntry, Overlay, PageEntry, ParameterEntry, ParameterType, RangeEntry, TypeEntry, ValueEntry,
};
pub use unreadable::{readable_pages, unreadable_pages};

use crate::error::{Error, Result};

/// Parses an overlay.
pub fn parse(text: &str) -> Result<Overlay> {
    toml::from_str(text).map_err(|error| Error::with_lines("overlay", error.to_string().trim_end()))
}
