//! The configuration of venues: `spektrix.toml`.

mod file;
mod location;

pub use file::{Config, Venue};
pub use location::find;
