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
