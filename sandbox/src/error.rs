//! The errors of starting a sandbox and of issuing certificates.

use std::error::Error;
use std::fmt;

/// A sandbox could not be started, or could not apply new settings.
///
/// The message describes what was attempted and what to do. [`Error::source`] returns the cause, if there is one.
#[derive(Debug)]
pub struct StartError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StartError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn caused_by(message: impl Into<String>, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            message: message.into(),
            source: Some(source.into()),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// A certificate could not be created.
#[derive(Debug)]
pub struct CertificateError {
    what: &'static str,
    source: rcgen::Error,
}

impl CertificateError {
    /// Returns a function that adds to an error which certificate or key could not be created.
    pub(crate) fn creating(what: &'static str) -> impl FnOnce(rcgen::Error) -> Self {
        move |source| Self { what, source }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not create {}", self.what)
    }
}

impl Error for CertificateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}
