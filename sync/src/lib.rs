//! Keeps a venue's data where a website wants it: in a database, in files, in a cache, or behind a JSON API.
//!
//! | item | what it does |
//! |---|---|
//! | [`Sync`] | stores what has changed in SQLite, PostgreSQL, MySQL or MariaDB |
//! | [`Fleet`] | is one of several processes that sync many venues of one PostgreSQL database |
//! | [`whats_on`] | joins each performance with its event, its availability and its prices |
//! | [`serve`] | serves the programme from memory as a JSON API, also while the service is down |
//! | [`cache`] | writes the programme to memcached or Redis, for pages in any language |
//! | [`export`] | writes a calendar, structured data for search engines, CSV or JSON lines |
//!
//! Each run of a [`Sync`] is one transaction: readers see the data of before or of after, whatever fails or is killed. Nothing
//! is deleted by a run: what is no longer listed is marked, and an empty or implausibly short list stops the run.
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
//!
//! All features are on by default: the databases `sqlite`, `postgres` and `mysql`, of which one is required, and `memcached`,
//! `redis` and `serve`.
// Some code is shared by two of three databases. With all features, these lints are on.
#![cfg_attr(
    not(all(
        feature = "memcached",
        feature = "mysql",
        feature = "postgres",
        feature = "redis",
        feature = "serve",
        feature = "sqlite"
    )),
    allow(
        dead_code,
        unreachable_patterns,
        unused_imports,
        unused_variables,
        clippy::unnecessary_wraps,
        clippy::unused_async,
        clippy::unused_self
    )
)]

#[cfg(not(any(feature = "mysql", feature = "postgres", feature = "sqlite")))]
compile_error!("enable at least one of the features `mysql`, `postgres` and `sqlite` of spektrix-v2-sync");

#[cfg(any(feature = "memcached", feature = "redis"))]
pub mod cache;
mod counts;
mod error;
pub mod export;
mod extract;
#[cfg(feature = "postgres")]
mod fleet;
mod guard;
mod health;
mod history;
#[cfg(any(feature = "memcached", feature = "redis", feature = "serve"))]
mod items;
mod kind;
mod merge;
mod repeat;
mod replace_file;
mod run;
mod schedule;
mod schema;
#[cfg(feature = "serve")]
pub mod serve;
mod store;
pub mod whats_on;

pub use counts::Counts;
pub use error::{Error, ErrorKind, Result};
#[cfg(feature = "postgres")]
pub use fleet::{Fleet, FleetEvent, FleetVenue};
pub use guard::Guard;
pub use health::Health;
pub use history::{Purged, RunRecord};
pub use kind::{Kind, UnknownKind};
pub use repeat::Rhythm;
pub use replace_file::replace_file;
pub use run::{PlannedChange, Report, Sync};
pub use store::Store;

/// The program of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
