//! An offline stand-in for the Spektrix API v2: one process, loopback only, mutual TLS.
//!
//! A [`Sandbox`] makes its own certificate authority, server certificate and client certificate when it starts, and
//! refuses what the service refuses: a missing or foreign client certificate, a certificate of another client, a wrong
//! API key, an unknown operation or parameter. It answers every operation, from a fictional venue whose season is laid
//! around [a day](SandboxBuilder::today), and keeps what is changed for as long as it runs. It serves the vendored help
//! pages under `/{client}/api/v2/help`.
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
//! # What can be had of it
//! - Faults: [`Sandbox::inject`] has answers come late, broken or not at all, by operation and by count, and
//!   [`Sandbox::set_tls`] changes what is shown and spoken before there is any request.
//! - What it was asked, without secrets: [`Sandbox::requests`], [`Sandbox::requests_for`].
//! - Time: [`Sandbox::advance`]. Mails: [`Sandbox::outbox`]. A new start: [`Sandbox::reset`].
//! - A venue of another size, with other numbers, or with lists of one's own: [`SandboxBuilder::scale`],
//!   [`SandboxBuilder::seed`], [`SandboxBuilder::data`]. With [`SandboxBuilder::replay`] it answers list operations from
//!   recorded bodies instead, byte for byte, a page at a time.
//! - All of it from other languages: [`SandboxBuilder::control`]. TESTING.md beside this crate's README shows how to test a
//!   website with it in Rust, curl, Python and PHP.
//!
//! # Baskets
//! The first change of a basket begins a session and sets its cookie. The session lives for ten minutes after its
//! last change, on a clock that [`Sandbox::advance`] puts forward, and `keep-alive` renews it; reading does not. Then
//! its seats and its stock are free again. Without a live session there is no basket: 404. An unknown cookie is none,
//! so a change that carries one begins another session.
//!
//! A change is done as a whole, or refused with 400 and not done at all. Prices, discounts, offers, delivery options,
//! fees and the total follow from what lies in the basket; what a request says of them does not count, but for a
//! price that is overridden. An overridden price has no discount. Tickets take seats of a plan, not certain ones, and
//! all bands of a plan share its seats.
//!
//! `basket/confirm-order` needs a customer, and a delivery for the tickets and for the merchandise that there are. It
//! makes an order that is paid by card, and leaves the session with an empty basket of the same customer. Tickets to
//! print at home are ready two minutes later.
//!
//! # Customers
//! They can be created and changed, although the service has retired that: [`SandboxBuilder::retired_customers`]
//! refuses it. Those that the sandbox starts with have [one password](Sandbox::seeded_password). New passwords and
//! confirmations go to the [`outbox`](Sandbox::outbox). A wrong password is refused with 400, as 401 is about the API
//! key.
//!
//! # Request bodies
//! They are read as .NET's `XmlSerializer` reads them. Children may stand in any order. Unknown elements and
//! attributes are dropped, and so is all that is in a namespace, without a word; a root in a namespace is refused. An
//! empty element for a number or a flag is refused, and so is `True`. The `Content-Type` must be XML, in UTF-8, or
//! the answer is 415.
//!
//! # Where it differs from the service, or may
//! - Where the documentation is silent, it does what is likely. To read what does not exist gives an empty list, but
//!   404 for a basket, an address and a document; to change it is refused with 400. Both ends of a period belong to
//!   it, and a day stands for its midnight.
//! - An update of a list (statements, tags, promotional codes) puts what is sent in the place of what was there, so
//!   that none cannot be said; an empty promotional code says it. Attributes are told apart by name, may have any,
//!   and none is required.
//! - The session that it starts with, and its [basket](Sandbox::seeded_session_id), do not expire.
//! - What is on sale is decided by the clock and by `IsOnSale`, which stays as it was at the start however far the
//!   clock is put forward.
//! - The page `basket/payment` is not served, and JSON is not read.
//! - In a body, `xsi:type` is passed over, and so are elements inside a text, which the serializer refuses. A date needs
//!   its time, which the serializer does not ask for.
//! - The keys are ECDSA P-256; the service's are RSA 2048.
//! - An unknown, repeated or malformed query parameter is an error here, so that a mistake in a client shows in a
//!   test. The service may well ignore it.
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
mod starting;
mod state;
mod steering;
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
