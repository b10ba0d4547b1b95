//! The TLS of the server: what it shows, what it speaks, whom it lets in; and a switch that changes it while it runs.

mod clients;
mod config;
mod settings;
mod switch;

pub use settings::{ClientPolicy, HttpVersions, ServerCertificate, TlsSettings, TlsVersions};
pub(crate) use switch::{TlsSwitch, Using};
