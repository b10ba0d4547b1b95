//! Tests of the sync, in one binary: against the sandbox, with SQLite, and with the servers that run on this machine.

#![allow(clippy::unwrap_used, reason = "a test fails with the value")]
#![expect(clippy::print_stdout, reason = "a test prints its row, and what it did not run")]

#[cfg(all(feature = "memcached", feature = "redis"))]
mod cache;
#[cfg(all(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod database;
mod export;
mod foreign;
mod programme;
#[cfg(feature = "serve")]
mod serve;
#[cfg(all(feature = "memcached", feature = "redis"))]
mod servers;
#[cfg(all(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod store;
