//! Keeps a venue's data where a website wants it: in files, in a cache, or behind a JSON API.
//!
//! | module | what it does |
//! |---|---|
//! | [`whats_on`] | joins each performance with its event, its availability and its prices |
//! | [`serve`] | serves the programme from memory as a JSON API, also while the service is down |
//! | [`cache`] | writes the programme to memcached or Redis, for pages in any language |
//! | [`export`] | writes a calendar, structured data for search engines, CSV or JSON lines |

#[cfg(any(feature = "memcached", feature = "redis"))]
pub mod cache;
pub mod export;
#[cfg(any(feature = "memcached", feature = "redis", feature = "serve"))]
mod items;
#[cfg(feature = "serve")]
pub mod serve;
pub mod whats_on;
//! Keeps a venue's data where a website wants it.
