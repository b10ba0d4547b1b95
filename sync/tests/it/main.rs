//! Tests of the sync, in one binary.

#![allow(clippy::unwrap_used, reason = "a test fails with the value")]

#[cfg(all(feature = "memcached", feature = "redis"))]
mod cache;
mod export;
mod foreign;
mod programme;
#[cfg(feature = "serve")]
mod serve;
#[cfg(all(feature = "memcached", feature = "redis"))]
mod servers;
//! Tests of the sync against the sandbox, in SQLite, and in PostgreSQL and MariaDB if they run on this machine.
#![expect(clippy::unwrap_used, reason = "what a test sets up must not fail")]
#![expect(clippy::print_stdout, reason = "a test prints its row, and what it did not run")]

mod database;
mod store;
