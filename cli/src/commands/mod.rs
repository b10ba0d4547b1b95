//! The commands, a file each.

pub mod call;
pub mod cert;
pub mod completions;
pub mod contract;
pub mod decode;
pub mod doctor;
pub mod list;
pub mod man;
pub mod prices;
mod public_lists;
pub mod record;
pub mod sandbox;
pub mod whats_on;
