//! Files of the repository that tests read: schemas, examples and the seeds of the fuzz targets.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the path of a folder or file of the repository.
pub fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(relative)
}

/// Returns what is in a folder, in the order of the names.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Reads a file that must exist.
pub fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads the seeds of a fuzz target: inputs to start from, and findings. There must be some.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = path("fuzz/seeds").join(target);
    let seeds: Vec<Vec<u8>> = entries(&folder).iter().map(|seed| read(seed)).collect();
    assert!(!seeds.is_empty(), "no seed in {}", folder.display());
    seeds
}

/// Reads the example of an operation's request or response on its help page, if there is one.
pub fn example(operation: &str, side: Side) -> Option<Vec<u8>> {
    let file = match side {
        Side::Request => "request.xml",
        Side::Response => "response.xml",
    };
    let path = path("schemas").join(operation).join(file);
    path.exists().then(|| read(&path))
}

/// A side of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What the client sends.
    Request,
    /// What the service sends.
    Response,
}
