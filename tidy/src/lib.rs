//! House rules that a program can check: its tests read the repository's own files.
//!
//! - `tests/layers.rs`: dependencies point one way, in the order of `layers.toml`.
//! - `tests/words.rs`: the terms of the glossary in `CONTRIBUTING.md`.
//! - `tests/layout.rs`: sizes of files, one style of modules, names of tests.
//!
//! Each rule says why it exists, and names the file and the line that break it. The crate needs no other crate of the
//! workspace, so it builds in seconds, and runs even if the other crates do not compile.

pub mod references;
pub mod repository;
