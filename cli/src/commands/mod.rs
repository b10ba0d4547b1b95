//! The commands, a file each.

pub mod cert;
pub mod completions;
pub mod decode;
pub mod list;
pub mod man;
pub mod prices;
pub mod whats_on;
