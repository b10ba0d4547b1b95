//! What the tests across crate borders share: comparing XML, counting its parts, reading bodies by operation name.

pub mod counts;
pub mod enumerations;
pub mod folder;
pub mod infoset;
pub mod inject;
pub mod pages;
pub mod reading;
pub mod stale;
