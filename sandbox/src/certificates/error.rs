//! Why a certificate could not be made.

use std::error::Error;
use std::fmt;

/// A certificate could not be made.
#[derive(Debug)]
pub struct CertificateError {
    what: &'static str,
    source: rcgen::Error,
}

impl CertificateError {
    pub(crate) fn making(what: &'static str) -> impl FnOnce(rcgen::Error) -> Self {
        move |source| Self { what, source }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not make {}", self.what)
    }
}

impl Error for CertificateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}
