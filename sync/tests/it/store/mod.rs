//! Runs, and what they store.

mod concurrency;
mod edits;
mod faults;
mod fleet;
mod guards;
mod hashes;
mod kills;
#[cfg(target_os = "linux")]
mod mariadb_server;
mod other_servers;
mod outages;
#[cfg(target_os = "linux")]
mod postgres_server;
#[cfg(target_os = "linux")]
mod replication;
#[cfg(target_os = "linux")]
mod restarts;
mod runs;
mod schema;
#[cfg(target_os = "linux")]
mod settings;
mod slow_run;
mod views;
