//! Shared code of the tests of several crates and of the fuzz targets: checks that must hold for any bytes, and random
//! input.
#![expect(clippy::unwrap_used, reason = "a check panics where it fails")]
#![allow(clippy::missing_panics_doc, reason = "a check panics where it fails")]

#[cfg(feature = "client")]
pub mod body_checks;
#[cfg(feature = "canary")]
pub mod canary;
#[cfg(feature = "codegen")]
pub mod codegen_checks;
pub mod corruption;
#[cfg(feature = "client")]
pub mod list_checks;
#[cfg(feature = "client")]
pub mod predicates;
#[cfg(feature = "private-key")]
pub mod private_key;
#[cfg(feature = "client")]
pub mod random_value;
pub mod repository;
pub mod rng;
#[cfg(all(feature = "client", feature = "codegen"))]
pub mod round_trip;
