//! TLS: the sandbox's certificate authority, server and client certificates, and settings that can change at run time.

mod authority;
mod client_certificate;
mod server_config;
mod settings;
mod switch;

pub(crate) use authority::Authority;
pub(crate) use client_certificate::Peer;
pub use client_certificate::{ClientCertificate, ClientCertificateBuilder};
pub use settings::{ClientPolicy, HttpVersions, ServerCertificate, TlsSettings, TlsVersions};
pub(crate) use switch::{ActiveTlsReceiver, TlsSwitch};
