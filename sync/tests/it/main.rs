//! Tests of the sync, in one binary.

mod export;
mod foreign;
mod programme;
#[cfg(feature = "serve")]
mod serve;
