//! Keeps a venue's data where a website wants it: in files, in a cache, or behind a JSON API.
//!
//! | module | what it does |
//! |---|---|
//! | [`whats_on`] | joins each performance with its event, its availability and its prices |
//! | [`export`] | writes a calendar, structured data for search engines, CSV or JSON lines |

pub mod export;
pub mod whats_on;
