//! A typed client for the Spektrix API v2: a venue's events, their dates, seat availability and prices, and a visitor's
//! basket and order.
//!
//! **Use it to read.** v2 is a legacy API: use v3 for new integrations. Since 2025 the service's documentation says that data
//! can be read, but no longer created, changed or deleted. This includes baskets and orders. Continued operation is not
//! guaranteed. This crate implements all 40 operations of the service. Its documentation starts with reads, and marks baskets
//! as retired.
//!
//! # Quick start
//!
//! ```toml
//! [dependencies]
//! spektrix-v2 = "0.1"
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! ```
//!
//! ```no_run
//! # async fn example() -> Result<(), spektrix_v2::Error> {
//! use spektrix_v2::Client;
//! use spektrix_v2::jiff::civil::date;
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
//! The example needs a few [environment variables](Client::from_env). If you have no access to a venue, follow the
//! [tutorial](guide::tutorial): it lists the performances of a sandbox, a fictional venue on your machine. The [guide] explains
//! each topic: [authentication](guide::authentication), [certificates](guide::certificates), [lists](guide::paging),
//! [errors](guide::errors), [testing](guide::testing), the [jobs of a website](guide::cookbook) and more.
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
//! - [`Client`] has a method for each operation. `client.events()` returns a [`Call`]. Add conditions to it. Then await
//!   it, read [the whole list in one request](Call::all), or read it [item by item](Call::items).
//! - [`catalogue`] loads the lists of a venue's programme together and resolves their references. Its
//!   [`LiveCatalogue`](catalogue::LiveCatalogue) keeps them up to date in the background: what a website shows.
//! - [`operations`] has a struct for each operation, for [`Client::call`] and [`Client::send`].
//! - [`builders`] has a builder for each type with more than four required fields, for tests and caches.
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
//! There is one error type, [`Error`]. Match on its [`kind`](Error::kind), or use its predicates, whose documentation gives
//! advice. Its `Display` says what was attempted, what happened, and what to do. It contains no secrets.
//!
//! # Secrets
//!
//! The API key, session identifiers, passwords, passphrases and key material appear in no error, no `Debug` output and
//! no log record of this crate or of its dependencies. If a server repeats a secret of the request, or a card number,
//! it is masked in errors, logs and hooks, or left out of them. This includes secrets that are percent-encoded, HTML-
//! or JSON-escaped, in base64 or in hexadecimal. The client follows no redirects, sends no `Referer`, and uses no proxy
//! from the environment. There is one exception: if `SSL_CERT_FILE` names a damaged file, the crate that reads the
//! system's roots logs lines of it (see [authentication](guide::authentication)).
//!
//! A [`Secret`], a [`SessionId`], and a request body that contains one are wiped from memory when they are dropped.
//! Copies that other crates make are not wiped: copies of the private key, to read it and to sign, and copies of a
//! request's URL, headers and body, to send it. A response that repeats a secret is not wiped either.
//!
//! # Features
//!
//! | feature | what it adds | further crates |
//! |---|---|---|
//! | `aws-lc-rs` | the cryptography of TLS, by aws-lc-rs; on by default | 2; needs a C compiler |
//! | `ring` | the cryptography of TLS, by ring; use it with `default-features = false` | 2; needs a C compiler, and compiles less C |
//! | `compression` | on by default: compressed responses (brotli, gzip, deflate) | 7 |
//! | `encrypted-keys` | encrypted private keys: PKCS#8 with PBES2 | about 30 |
//! | `pkcs12` | PKCS#12 files, as Windows exports them; includes `encrypted-keys` | about 70 |
//! | `testing` | transports for tests: replaying and capturing | none |
//! | `tower` | layers of tower around the transport | none: reqwest has the one that it needs |
//!
//! Features only add things. If a program enables both `aws-lc-rs` and `ring`, aws-lc-rs is used. The provider that
//! other crates use, or install as the default of the process, has no effect. With neither feature, the built-in
//! transport and [`Identity`] return [configuration errors](Error::is_configuration); a [`Transport`] of your own
//! works.

#![cfg_attr(docsrs, feature(doc_cfg))]

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
mod missing_fields;
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
#[doc(hidden)]
pub mod v3_id;
mod venue_time;

pub use attributes::{Attribute, Attributes, InvalidAttribute};
/// The crate of request and response bodies, for a [`Transport`].
pub use bytes;
pub use client::{
    Call, Client, ClientBuilder, Download, ItemStream, Measurement, Outcome, Paging, RawCall, RawResponse, Unfiltered,
    UpdateStyle,
};
pub use error::{Error, ErrorKind};
pub use generated::builders;
pub use generated::ids::*;
pub use generated::operations;
pub use generated::types::*;
/// The crate of statuses, headers and requests.
pub use http;
pub use id::Identified;
pub use identity::Identity;
/// The crate of the dates and times in fields and parameters.
pub use jiff;
pub use missing_fields::MissingFields;
#[doc(hidden)]
pub use operation::MissingParts;
pub use operation::{
    Effect, InvalidBody, InvalidParameters, Lifecycle, Method, Operation, OperationInfo, OperationVisitor, Page, Paged,
    Parameters, QueryDate, Requirement, SessionUse,
};
pub use reqwest_transport::HttpTransport;
pub use retry::Retry;
pub use runtime::{
    AnyXml, Base64, BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Decoded, EncodeError, Guid, InvalidGuid,
    InvalidXml, RawBody, Tokens,
};
/// The crate of the decimals in prices.
pub use rust_decimal;
pub use secret::Secret;
pub use session::Session;
pub use session_state::SessionId;
pub use transport::{
    BodyStream, ConnectionFacts, Transport, TransportError, TransportErrorKind, TransportFuture, TransportResponse,
};
#[cfg(feature = "tower")]
pub use transport::{TowerTransport, TransportService};
pub use v3_id::InvalidV3Id;
pub use venue_time::LONDON;

/// The program of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
