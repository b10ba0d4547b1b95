//! Bodies in files that are named after their operations.

use std::ffi::OsStr;
use std::fmt::Display;
use std::path::Path;

use crate::error::Error;
use crate::generated::operations;

/// The name of the operation and the body, for each XML file of a folder.
pub(super) fn bodies(folder: &Path) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
    let mut bodies = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension() == Some(OsStr::new("xml")) {
            let body = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
            bodies.push((operation(&path)?, body));
        }
    }
    if bodies.is_empty() {
        return Err(unreadable(folder, &"there is no XML file in it"));
    }
    Ok(bodies)
}

fn operation(path: &Path) -> Result<&'static str, Error> {
    let name = path.file_stem();
    let mut names = operations::ALL.iter().map(|info| info.name);
    let found = names.find(|operation| Some(OsStr::new(operation)) == name);
    found.ok_or_else(|| unreadable(path, &"it is named after no operation"))
}

fn unreadable(path: &Path, why: &dyn Display) -> Error {
    Error::configuration(
        format!("{} cannot be replayed: {why}", path.display()),
        "a replay takes a folder of files that are named after operations, like GetEvents.xml",
    )
}
