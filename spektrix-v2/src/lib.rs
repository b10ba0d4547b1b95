//! A typed client for the Spektrix API v2: a venue's events, their dates, seat availability and prices, and a visitor's
//! basket and order.
//!
//! **Use it to read.** Since 2025 the service's documentation says that data can be read and no longer created, changed or
//! deleted, baskets and orders included, and that continued operation is not guaranteed. This crate implements all 40
//! operations of the service; this documentation starts with reads, and marks baskets as retired.
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
//! This needs a few [environment variables](Client::from_env). If you have no access to a venue, run
//! `cargo run --example whats-on` in the repository: it does the same with a sandbox. The [guide] explains each topic:
//! [authentication](guide::authentication), [certificates](guide::certificates), [lists](guide::paging),
//! [errors](guide::errors), [testing](guide::testing), [sessions](guide::sessions) and more.
//!
//! # Terms of the service
//!
//! | type | meaning |
//! |---|---|
//! | [`Event`] | a show |
//! | [`Instance`] | one occurrence of an event |
//! | [`Plan`] | a seating plan |
//! | [`InstancePlanStatus`] | how many seats of a plan are available at an instance |
//! | [`TicketType`] | adult, student, … |
//! | [`Band`] | premium, restricted view, … |
//! | [`PriceList`] | the price of each combination of ticket type and band |
//! | [`Attributes`] | fields that a venue has defined itself |
//!
//! Objects refer to each other by identifier. Each kind of object has its own identifier type, such as [`EventId`].
//!
//! # Where to start
//!
//! - [`Client`] has a method for each operation. `client.events()` returns a [`Call`]: restrict it, then await it, read
//!   [the whole list in one request](Call::all), or read it [item by item](Call::items).
//! - [`catalogue`] loads the lists of a venue's programme together and resolves their references.
//! - [`operations`] has a struct for each operation, for [`Client::call`] and [`Client::send`].
//! - `testing`, with the feature of the same name, has transports for your tests: one that responds from a table, and one
//!   that records requests.
//! - [`iframe`] builds the URLs of the service's pages that a website shows in an iframe: seats, basket, payment.
//! - [`Operation::decode_response`] and the functions next to it read and write bodies without a client.
//! - [`Session`] has the operations on a visitor's basket (retired): see [`session`].
//!
//! # How sure we are
//!
//! The types are generated from a reconstruction of the service's help pages, because the live pages are only accessible
//! with a venue's certificate. The documentation of every type and field names its source: *recorded* in a real response,
//! *read by clients* that worked with the service, *documented* by the service, or *inferred* from these. If a required
//! field is missing in a response, the [decode error](Error::is_decode) mentions the reconstruction. Unknown fields are
//! skipped, and [reported on request](ClientBuilder::on_unknown).
//!
//! # Errors
//!
//! There is one [`Error`]. Its predicates, each with advice, tell what kind of error it is. Its `Display` says what was
//! attempted, what happened, and what to do. It contains no secrets.
//!
//! # Secrets
//!
//! The API key, session identifiers, passwords, passphrases and key material are in no error, no `Debug` output and no log
//! record of this crate or of its dependencies. If a server repeats a secret of the request, or a card number, it is masked
//! or left out of errors, logs and hooks. This includes secrets that are percent-encoded, HTML- or JSON-escaped, in base64
//! or in hexadecimal. The client follows no redirects, sends no `Referer`, and uses no proxy from the environment. There is
//! one exception: if `SSL_CERT_FILE` names a damaged file, the crate that reads the system's roots logs lines of it (see
//! [authentication](guide::authentication)).
//!
//! A [`Secret`], a [`SessionId`], and a request body that contains one are wiped from memory when they are dropped. Not
//! wiped are the copies that other crates make (of the private key, to read it and to sign; of a request's URL, headers and
//! body, to send it), and a response that repeats a secret.
//!
//! # Features
//!
//! | feature | what it adds | further crates |
//! |---|---|---|
//! | `aws-lc-rs` | on by default: the cryptography of TLS, by aws-lc-rs | 2; needs a C compiler |
//! | `ring` | the same by ring, with `default-features = false` | 2; needs a C compiler, and compiles less C |
//! | `encrypted-keys` | encrypted private keys: PKCS#8 with PBES2 | about 30 |
//! | `pkcs12` | PKCS#12 files, as Windows exports them; includes `encrypted-keys` | about 70 |
//! | `testing` | transports for tests: replaying and capturing | none |
//!
//! A feature only adds something. If one crate of a program enables `aws-lc-rs` and another `ring`, aws-lc-rs is used;
//! which provider other crates use, or install as the default of the process, has no effect. With neither, the built-in
//! transport and [`Identity`] return [configuration errors](Error::is_configuration); a [`Transport`] of your own works.

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
mod pem;
mod request_builders;
mod reqwest_transport;
mod retry;
#[doc(hidden)]
pub mod runtime;
mod secret;
pub mod session;
mod session_state;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;

pub use attributes::{Attribute, Attributes};
pub use client::{Call, Client, ClientBuilder, Download, ItemStream, Measurement, Outcome, Paging, UpdateStyle};
pub use error::Error;
pub use generated::ids::*;
pub use generated::operations;
pub use generated::types::*;
pub use identity::Identity;
/// The crate of the dates and times in fields and parameters.
pub use jiff;
pub use operation::{
    BodyRequirement, Effect, InvalidBody, InvalidParameters, Lifecycle, Method, Operation, OperationInfo,
    OperationVisitor, Page, Paged, Parameters, QueryDate, Requirement, SessionUse,
};
pub use retry::Retry;
pub use runtime::{
    Base64, BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Decoded, EncodeError, Guid, InvalidGuid, RawBody,
    Tokens,
};
/// The crate of the decimals in prices.
pub use rust_decimal;
pub use secret::Secret;
pub use session::Session;
pub use session_state::SessionId;
pub use transport::{BodyStream, Transport, TransportError, TransportErrorKind, TransportFuture, TransportResponse};
