//! Data of one's own in place of the fictional venue's lists: from one JSON file, or from a folder of bodies in XML.
//!
//! What the data refers to has to be there, or the sandbox does not start. What the venue itself has goes where its
//! references would lead nowhere: an order for an instance that was replaced, say.

mod lists;
mod read;
mod refers;
mod repair;

use std::path::Path;

use crate::start_error::StartError;
use crate::venue::Venue;
pub(crate) use lists::Lists;

impl Lists {
    /// Reads a JSON file, or a folder of bodies.
    pub(crate) fn load(path: &Path) -> Result<Self, StartError> {
        match path.is_dir() {
            true => Self::from_folder(path),
            false => read::json(path),
        }
    }

    /// Puts them in place of the venue's own. `path` is where they are from.
    pub(crate) fn replace(self, venue: &mut Venue, path: &Path) -> Result<(), StartError> {
        let given = self.put_into(venue);
        let checked = given.check(venue);
        checked
            .map_err(|problem| StartError::new(format!("the data in {} cannot be used: {problem}", path.display())))?;
        repair::repair(venue);
        Ok(())
    }
}
