//! A typed client for the Spektrix API v2: what a venue plays, when, how many seats are left, what they cost, and how a
//! visitor's basket becomes an order.
//!
//! # Quick start
//!
//! ```toml
//! [dependencies]
//! jiff = "0.2"
//! spektrix-v2 = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! # async fn example() -> Result<(), spektrix_v2::Error> {
//! use jiff::civil::date;
//! use spektrix_v2::Client;
//!
//! let client = Client::from_env()?;
//! for event in client.events().starting(date(2026, 12, 1)..date(2027, 1, 1)).all().await? {
//!     println!("{} ({} minutes)", event.name, event.duration);
//!     let mut instances = client.instances().event(event.id).items();
//!     while let Some(instance) = instances.next().await {
//!         println!("  {}", instance?.start);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! This needs a few [environment variables](Client::from_env). Without a venue at hand, `cargo run --example whats-on` in
//! the repository does the same against a sandbox. The [guide] goes through everything topic by topic: from
//! [authentication](guide::authentication) and [certificates](guide::certificates) to [sessions](guide::sessions),
//! [errors](guide::errors) and [testing](guide::testing).
//!
//! # The words of the service
//!
//! An [`Event`] is a show, an [`Instance`] one occurrence of it. A [`Plan`] says which seats there are, an
//! [`InstancePlanStatus`] how many of them are left for an instance. A [`PriceList`] prices each combination of a
//! [`TicketType`] (adult, student) and a [`Band`] (premium, restricted view). Objects refer to each other by
//! identifiers, which have a type each. What a venue defines itself stands in [`Attributes`].
//!
//! # Ways in
//!
//! - [`Client`] has a method per operation: `client.events()` is a [`Call`], which is narrowed and then awaited, read
//!   [at once](Call::all), or walked [item by item](Call::items).
//! - [`operations`] has a value per operation, for [`Client::call`] and [`Client::send`].
//! - [`Session`] has the operations that belong to a visitor's basket: see [`session`].
//! - [`catalogue`] loads the lists that a season is made of together, and resolves their references.
//! - [`iframe`] has the addresses of the pages that a website shows in a frame: seats, basket, payment.
//! - [`xml`] reads and writes bodies without a client.
//! - `testing`, behind the feature of that name, answers from a table and records what was sent.
//!
//! # How sure we are
//!
//! The types are generated from a reconstruction of the service's help pages, because the live ones cannot be reached
//! without a venue's certificate. Every type and field says what it rests on: *recorded* in a real response, *read by
//! clients* that worked with the service, *documented* by the service, or *inferred* from those. A field that turns out
//! to be missing is a [decode error](Error::is_decode) that says so; one that turns up is skipped, and listed on request.
//!
//! # Errors
//!
//! There is one [`Error`]. Its predicates say what kind it is, each with advice; its `Display` says what was tried, what
//! happened, and what to do. No secret is in it.
//!
//! # Secrets
//!
//! The API key, session identifiers, passwords, passphrases and key material occur in no error, no `Debug` output and no
//! log record of this crate or of the crates below it. What a server repeats of a request's secrets is masked or left out
//! of errors, logs and hooks, also percent-encoded, as HTML references, in JSON escapes, in base64 or in hexadecimal, and so
//! are card numbers. No redirect is followed, no `Referer` sent, no proxy of the environment used.
//!
//! A [`Secret`], a [`SessionId`], and a request body that holds one are wiped from memory when they are dropped. Not wiped
//! are the copies that other crates make, of the private key to read it and to sign, and of a request's address, headers
//! and body to send it, and a response that repeats a secret.
//!
//! # Features
//!
//! | feature | | further crates |
//! |---|---|---|
//! | `aws-lc-rs` | on by default: the cryptography of TLS by aws-lc-rs | 2, and much C to compile |
//! | `ring` | the same by ring, with `default-features = false` | 2, and less C |
//! | `encrypted-keys` | private keys that are encrypted, PKCS#8 with PBES2 | about 30 |
//! | `pkcs12` | PKCS#12 files, as Windows exports them; includes `encrypted-keys` | about 70 |
//! | `testing` | transports for tests: replaying and capturing | none |
//!
//! Each only adds something. If some crate of a program asks for `aws-lc-rs` and another for `ring`, it is aws-lc-rs;
//! what other crates use, or install as the default of the process, does not matter. With neither, the built-in transport
//! and [`Identity`] are [configuration errors](Error::is_configuration), and a [`Transport`] of your own is still of use.

mod attributes;
pub mod catalogue;
mod client;
mod crypto;
mod enumeration;
mod error;
#[rustfmt::skip]
mod generated;
pub mod guide;
mod http_date;
mod id;
mod identity;
pub mod iframe;
#[doc(hidden)]
pub mod internal;
mod operation;
mod parts;
mod pem;
mod reqwest_transport;
mod retry;
mod secret;
pub mod session;
mod session_state;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;
pub mod xml;

pub use attributes::{Attribute, Attributes};
pub use client::{Call, Client, ClientBuilder, Download, ItemStream, Measurement, Outcome, Paging, UpdateStyle};
pub use error::Error;
pub use generated::ids::*;
pub use generated::operations;
pub use generated::types::*;
pub use identity::Identity;
/// Dates and times in fields and parameters are this crate's.
pub use jiff;
pub use operation::{
    BodyRequirement, Effect, InvalidBody, InvalidParameters, Lifecycle, Method, Operation, OperationInfo,
    OperationVisitor, Page, Paged, Parameters, QueryDate, Requirement, SessionUse,
};
pub use retry::Retry;
/// Prices are this crate's decimals.
pub use rust_decimal;
pub use secret::Secret;
pub use session::Session;
pub use session_state::SessionId;
pub use transport::{BodyStream, Transport, TransportError, TransportFault, TransportFuture, TransportResponse};
