//! Placeholder.

pub mod feed;
pub mod page;
