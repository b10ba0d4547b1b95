//! Lists that replace those of the fictional venue: at the start, from a JSON file or from a folder of bodies in XML, and
//! later by edits.
//!
//! Everything that replaced lists refer to must exist. Objects of other lists that would refer to something that was
//! replaced are removed, such as instances of removed events.

mod edit;
mod edit_error;
mod lists;
mod references;
mod repair;

pub(crate) use edit::edited_recording;
pub use edit_error::EditError;
pub use lists::VenueData;
pub(crate) use lists::{ListVisitor, Lists, decode, visit_lists};
pub(crate) use references::Referring;
