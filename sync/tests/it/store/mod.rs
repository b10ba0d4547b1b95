//! Runs, and what they store.

mod edits;
mod faults;
mod fleet;
mod hashes;
mod kills;
mod other_servers;
mod outages;
#[cfg(target_os = "linux")]
mod postgres_server;
#[cfg(target_os = "linux")]
mod replication;
mod runs;
mod schema;
mod views;
