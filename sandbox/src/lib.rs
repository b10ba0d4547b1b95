//! An offline replacement for the Spektrix API v2: one process on loopback, with mutual TLS.
//!
//! A [`Sandbox`] creates a certificate authority, a server certificate and a client certificate when it starts. It
//! refuses what the service refuses: a missing or unknown client certificate, a certificate of another client, a wrong API
//! key, an unknown operation or parameter. It supports every operation. Its data is a fictional venue whose season is
//! planned around [a date](SandboxBuilder::today). Changes are kept while it runs. The vendored help pages are at
//! `/{client}/api/v2/help`.
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
//! When the [`Sandbox`] is dropped, the port is closed, connections end, and the folder with the certificates is removed.
//!
//! # What it can do
//! - Faults: [`Sandbox::inject`] delays, breaks or loses responses, by operation and by count. [`Sandbox::set_tls`] makes
//!   connections fail.
//! - The requests that it received, without secrets: [`Sandbox::requests`], [`Sandbox::requests_for`].
//! - Time: [`Sandbox::advance`]. Emails: [`Sandbox::outbox`]. Resets: [`Sandbox::reset`].
//! - Changes of the venue: [`Sandbox::edit`].
//! - Several venues at one address: [`SandboxBuilder::venues`].
//! - Another venue: [`SandboxBuilder::scale`] and [`SandboxBuilder::seed`] change its size and its numbers,
//!   [`SandboxBuilder::data`] replaces its lists. With [`SandboxBuilder::replay`], operations return recorded bodies
//!   instead, byte for byte, as a whole or in pages, and with edits.
//! - Pages for browsers: [`Sandbox::site`] leads to the payment page and to plain versions of the service's booking pages,
//!   on a separate port without certificates. A website shows them in a frame, and a visitor buys tickets.
//! - Use from other languages: [`SandboxBuilder::control`]. `TESTING.md` next to this crate's README shows how to test
//!   a website with it in Rust, curl, Python and PHP.
//!
//! # Baskets
//! The first change of a basket starts a session and sets its cookie. The session expires ten minutes after its last
//! change, on a clock that [`Sandbox::advance`] advances. `keep-alive` renews it. Reads do not. When it has expired,
//! its seats and stock are free again. Without a valid session there is no basket, and the response is 404. A change
//! with an unknown cookie starts a new session.
//!
//! A change is either applied as a whole, or refused with 400 and not applied at all. Prices, discounts, offers, delivery
//! options, fees and the total are calculated from the items. Values that a request sends for them are ignored, except for
//! an overridden price. An item with an overridden price has no discount. Tickets are for a number of seats in a plan, not
//! for particular seats, and all bands of a plan share its seats.
//!
//! `basket/confirm-order` needs a customer, and a delivery for tickets and for merchandise if the basket has them. It
//! creates an order that is paid by card. The session then has an empty basket of the same customer. Tickets to print at
//! home are ready two minutes later.
//!
//! # Customers
//! Customers can be created and changed, although the service has retired that. [`SandboxBuilder::retired_customers`]
//! refuses it. Customers that the sandbox starts with have [one password](Sandbox::seeded_password). New passwords and
//! confirmations are in the [`outbox`](Sandbox::outbox). A wrong password is refused with 400, because 401 is for the API
//! key.
//!
//! # Read-only
//! [`SandboxBuilder::read_only`] refuses every write, as the service is documented since 2025. It lists what is known and
//! what is assumed. Without it, everything can be written, because a website that sells tickets cannot be tested otherwise.
//!
//! # Request bodies
//! Bodies are decoded as .NET's `XmlSerializer` does. Children can be in any order. Unknown elements and attributes, and
//! everything in a namespace, are dropped silently. A root in a namespace is refused. An empty element for a number or a
//! flag is refused, and so is `True`. The `Content-Type` must be XML in UTF-8. Otherwise the response is 415.
//!
//! # Differences from the service
//! - Where the documentation does not describe a case, the sandbox does what is likely. A read of an object that does
//!   not exist returns an empty list. If the object is a basket, an address or a document, it returns 404. A change of
//!   an object that does not exist is refused with 400. Both ends of a period are included, and a date means midnight
//!   at its start.
//! - An update of a list (statements, tags, promotional codes) replaces the list. An empty list changes nothing. An empty
//!   promotional code removes all codes. Attributes are identified by name, can have any name, and none is required.
//! - The session that it starts with, and its [basket](Sandbox::seeded_session_id), do not expire.
//! - The clock and `IsOnSale` decide what is on sale. `IsOnSale` does not change when the clock is advanced.
//! - JSON is not supported.
//! - The pages for browsers are plain, and have no seats to choose. On the payment page, buttons replace the card: pay, be
//!   sent to the bank first, be declined, leave. How the service uses the checkout link for its redirects is unknown: the
//!   sandbox only compares its host. The cookie is `SameSite=None; Secure`, which browsers require in a frame on another
//!   site; what the service sends is unknown. Requests for pages are not in the request log, and faults do not apply to
//!   them. [`SandboxBuilder::read_only`] refuses the payment page, which is a part of the API, but the booking pages still
//!   sell: that is what the service's own pages are for. There are no pages for memberships, gift vouchers and donations,
//!   and no custom style sheets.
//! - `xsi:type` in a body is ignored, and so are elements inside a string, which the serializer refuses. A date needs a
//!   time, which the serializer does not require.
//! - The keys are ECDSA P-256. Those of the service are RSA 2048.
//! - An unknown, repeated or malformed query parameter is an error, so that a mistake in a client is found in a test. The
//!   service may ignore it.
//! - A response is compressed if the request accepts that. Whether the service compresses responses is not known.
//! - The vendored help pages are a reconstruction. The sandbox serves them unchanged, for any client name.

mod api;
mod backend;
mod builder;
mod control;
mod custom_data;
mod error;
mod faults;
mod files;
mod help_pages;
mod pages;
mod pdf;
mod reads;
mod replay;
mod request_log;
mod routes;
mod sandbox;
mod server;
mod service;
mod start;
mod state;
mod tenants;
mod test_api;
mod tls;
mod venue;
mod venue_handle;
mod writes;

pub use api::ContentCoding;
pub use builder::SandboxBuilder;
pub use custom_data::{EditError, VenueData};
pub use error::{CertificateError, StartError};
pub use faults::{CertificatePage, Fault, FaultId, InjectError, InjectedFault, Injection, RetryAfter};
pub use files::CertificateFiles;
pub use request_log::RecordedRequest;
pub use sandbox::Sandbox;
pub use state::{Mail, MailContent};
pub use tls::{
    ClientCertificate, ClientCertificateBuilder, ClientPolicy, HttpVersions, ServerCertificate, TlsSettings,
    TlsVersions,
};
pub use venue_handle::VenueHandle;

/// The commands and programs of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The program of the guide.
#[cfg(doctest)]
#[doc = include_str!("../TESTING.md")]
struct Guide;
