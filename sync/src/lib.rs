//! Keeps a venue's data where a website wants it: in files, in a cache, or behind a JSON API.
//!
//! | module | what it does |
//! |---|---|
//! | [`whats_on`] | joins each performance with its event, its availability and its prices |

pub mod whats_on;
