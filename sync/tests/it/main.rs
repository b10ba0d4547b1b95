//! Tests of the sync, in one binary.

#[cfg(all(feature = "memcached", feature = "redis"))]
mod cache;
mod export;
mod foreign;
mod programme;
#[cfg(feature = "serve")]
mod serve;
#[cfg(all(feature = "memcached", feature = "redis"))]
mod servers;
