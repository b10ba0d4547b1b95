//! The overlay: what the pages cannot say. Documentation, names, grades, requirements, secrets.
//!
//! Every entry must apply. One that does not, or that is not needed any more, is an error.

mod apply;
mod body_requirements;
mod document;

pub use apply::{apply, record};
pub use document::{
    FieldEntry, OperationEntry, Overlay, PageEntry, ParameterEntry, ParameterType, RangeEntry, TypeEntry, ValueEntry,
};

use crate::error::{Error, Result};

/// Parses an overlay.
pub fn parse(text: &str) -> Result<Overlay> {
    toml::from_str(text).map_err(|error| Error::with_lines("overlay", error.to_string().trim_end()))
}
