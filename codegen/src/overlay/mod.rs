//! What the pages cannot say: documentation, names, requirements, secrets. Every entry must apply.

mod apply;
mod body;
mod document;

pub use apply::apply_what_fits;
pub use document::{
    FieldEntry, OperationEntry, Overlay, PageEntry, ParameterEntry, ParameterType, RangeEntry, TypeEntry, ValueEntry,
};

use crate::error::{Error, Result};

/// Reads an overlay.
pub fn parse(text: &str) -> Result<Overlay> {
    toml::from_str(text).map_err(|error| Error::with_lines("overlay", error.to_string().trim_end()))
}
