//! Shared code of the tests of several crates: compares XML, counts its parts, and reads bodies by operation name.

pub mod counts;
pub mod enumerations;
pub mod folder;
pub mod infoset;
pub mod inject;
pub mod pages;
pub mod reading;
pub mod stale;
