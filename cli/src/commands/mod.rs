//! The commands, a file each.

pub mod cache;
pub mod call;
pub mod cert;
pub mod completions;
pub mod contract;
pub mod decode;
pub mod doctor;
mod duration;
pub mod export;
pub mod list;
pub mod man;
pub mod prices;
mod programme;
mod public_lists;
pub mod record;
pub mod sandbox;
pub mod serve;
mod store_url;
pub mod sync;
pub mod tester;
mod watch;
pub mod whats_on;
