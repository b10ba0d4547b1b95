//! Random tokens that a page of another origin cannot guess.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::crypto::aws_lc_rs;
use sha2::{Digest as _, Sha256};

use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// The field of a form with the token of the pages.
pub(super) const FORM_FIELD: &str = "form_token";

/// A secret of the page: it gives access, or proves that a form is the page's own.
pub(super) struct Token(String);

impl Token {
    /// Creates a token of 256 random bits.
    ///
    /// # Errors
    ///
    /// If the operating system has no random numbers.
    pub(super) fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        let source = aws_lc_rs::default_provider().secure_random;
        let failed = |_| Failure::new(Exit::Failure, "cannot create a token: no random numbers");
        source.fill(&mut bytes).map_err(failed)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Returns the token, for an address, a cookie or a form.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether this is the token. Digests are compared, so that the time does not depend on how much of it is right.
    pub(super) fn is(&self, given: &str) -> bool {
        Sha256::digest(&self.0) == Sha256::digest(given)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}
