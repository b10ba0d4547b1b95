//! The certificates of one sandbox: its own authority, made at start and forgotten at the end, and what it signs.

mod authority;
mod client;
mod common_name;
mod error;

pub(crate) use authority::{Authority, Validity};
pub use client::{ClientCertificate, ClientCertificateBuilder};
pub(crate) use common_name::common_name;
pub use error::CertificateError;
