//! Secret strings: they cannot be printed, and are wiped from memory when dropped.

use std::fmt;

use serde::Deserialize;
use zeroize::Zeroize;

/// A password, an API key, a card number: a string that `Debug` does not show.
///
/// It cannot be serialized either, so that it is not stored in a cache or a log: types that contain a secret leave it
/// out when they are serialized.
///
/// It is wiped from memory when it is dropped. Some copies are not wiped: an earlier buffer of a string that had to
/// grow before it became a secret, the input that a deserializer keeps, and the copies that HTTP and TLS libraries hold
/// to send a request.
///
/// ```
/// let password = spektrix_v2::Secret::new("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(***)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Creates a secret from a string.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the string, for the code that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
