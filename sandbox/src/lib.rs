//! An offline stand-in for the Spektrix API v2: one process, loopback only, mutual TLS.
//!
//! A [`Sandbox`] makes its own certificate authority, server certificate and client certificate when it starts, and
//! refuses what the service refuses: a missing or foreign client certificate, a certificate of another client, a wrong
//! API key, an unknown operation or parameter. It answers every operation, from a fictional venue whose season is laid
//! around [a day](SandboxBuilder::today), and keeps what is changed for as long as it runs. It serves the vendored help pages under `/{client}/api/v2/help`, and
//! with [`SandboxBuilder::replay`] it answers list operations from recorded bodies instead, a page at a time.
//!
//! ```
//! # async fn example() -> Result<(), spektrix_v2_sandbox::StartError> {
//! use spektrix_v2_sandbox::Sandbox;
//!
//! let sandbox = Sandbox::start().await?;
//! for (name, value) in sandbox.environment() {
//!     println!("{name}={value}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Everything ends when the [`Sandbox`] is dropped: the port is closed, connections end, and the folder with the
//! certificates is removed.
//!
//! # Where it differs from the service
//! - The session that it starts with, and its [basket](Sandbox::seeded_session_id), do not expire.
//! - Where the documentation is silent, it does what is likely. What does not exist is an empty list, but 404 for a
//!   basket and for an address; both ends of a period belong to it, and a day stands for its midnight.
//! - The keys are ECDSA P-256; the service's are RSA 2048.
//! - An unknown, repeated or malformed query parameter is an error here, so that a mistake in a client shows in a test.
//!   The service may well ignore it.
//! - The vendored help pages are a reconstruction; the sandbox serves them as they are, whatever client name it has.

mod answers;
mod builder;
mod certificates;
mod control;
mod data;
mod environment;
mod faults;
mod files;
mod log;
mod pages;
mod paging;
mod pdf;
mod reads;
mod replay;
mod routes;
mod sandbox;
mod server;
mod service;
mod start_error;
mod state;
mod tls;
mod venue;
mod when;
mod writes;

pub use builder::SandboxBuilder;
pub use certificates::{CertificateError, ClientCertificate, ClientCertificateBuilder};
pub use faults::{Fault, FaultId, InjectError, InjectedFault, Injection, RetryAfter};
pub use files::CertificateFiles;
pub use log::RecordedRequest;
pub use sandbox::Sandbox;
pub use start_error::StartError;
pub use state::{Mail, MailContent};
pub use tls::{ClientPolicy, HttpVersions, ServerCertificate, TlsSettings, TlsVersions};

/// The commands and programs of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The program of the guide.
#[cfg(doctest)]
#[doc = include_str!("../TESTING.md")]
struct Guide;
