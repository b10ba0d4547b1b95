//! The commands, a file each.

pub mod cert;
pub mod completions;
pub mod list;
pub mod man;
