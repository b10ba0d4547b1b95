//! Where this workspace lies.

use std::path::PathBuf;

/// A path below the workspace's root.
pub fn path(below: &str) -> PathBuf {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.map_or_else(|| PathBuf::from(below), |root| root.join(below))
}
