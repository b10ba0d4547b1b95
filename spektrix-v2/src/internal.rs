//! Functions of the client that the project's own commands use. They are not part of the public interface.

use std::path::Path;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::sign::CertifiedKey;

use crate::error::Error;
use crate::identity::Identity;
use crate::pem::{Purpose, Source};
use crate::reqwest_transport::trusted_roots;

/// Returns a client certificate and its key for a configuration of rustls.
pub fn certified_key(identity: &Identity) -> Arc<CertifiedKey> {
    identity.certified()
}

/// Reads root certificates from a PEM file.
pub fn trusted_roots_from_file(path: &Path) -> Result<RootCertStore, Error> {
    trusted_roots(&Source::file(path, Purpose::Roots)?)
}
