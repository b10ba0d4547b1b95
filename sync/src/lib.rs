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
//!
//! A [`Sync`] reads the lists of the Spektrix API v2 and stores what has changed in a database: SQLite, PostgreSQL, MySQL or
//! MariaDB. Each run is one transaction: readers see the data of before or of after, whatever fails or is killed. Nothing is
//! deleted by a run: what is no longer listed is marked, and an empty or implausibly short list stops the run.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use spektrix_v2::Client;
//! use spektrix_v2_sync::{Store, Sync};
//!
//! let store = Store::open("sqlite:season.db").await?;
//! let report = Sync::new(Client::from_env()?, store).run().await?;
//! println!("{report}");
//! # Ok(())
//! # }
//! ```
//!
//! A site that has a pool of `sqlx` passes it: `Store::from(pool)`. All tables and views start with `spektrix_`;
//! `docs/schema.md` has every column.

mod counts;
mod error;
mod extract;
mod guard;
mod health;
mod history;
mod kind;
mod merge;
mod repeat;
mod run;
mod schedule;
mod schema;
mod store;

pub use counts::Counts;
pub use error::{Error, ErrorKind, Result};
pub use guard::Guard;
pub use health::Health;
pub use history::{Purged, RunRecord};
pub use kind::{Kind, UnknownKind};
pub use repeat::Rhythm;
pub use run::{PlannedChange, Report, Sync};
pub use store::Store;

/// The program of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
