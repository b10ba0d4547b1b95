//! The identifier of a session.

use std::fmt;

use crate::error::Error;
use crate::secret::Secret;

/// The identifier of a session: the value of the service's cookie `SessionId`.
///
/// Anyone who has it acts as the visitor, so `Debug` does not show it.
///
/// ```
/// use spektrix_v2::SessionId;
///
/// let id = SessionId::new("5f2b0f")?;
/// assert_eq!(format!("{id:?}"), "SessionId(***)");
/// assert_eq!(id.expose(), "5f2b0f");
/// assert!(SessionId::new("two; values=1").is_err());
/// # Ok::<(), spektrix_v2::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SessionId(Secret);

impl SessionId {
    /// Creates an identifier from the value of the cookie, as the service sent it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if a cookie cannot carry the value: if it is empty, longer than
    /// 4096 bytes, or contains whitespace, a quote, a comma, a semicolon, a backslash, a control character, or a character
    /// outside ASCII.
    pub fn new(value: impl Into<Secret>) -> Result<Self, Error> {
        let value = value.into();
        let text = value.expose();
        if text.is_empty() || text.len() > 4096 || !text.bytes().all(is_cookie_octet) {
            return Err(Error::invalid_value(
                "the session identifier is not a valid cookie value",
            ));
        }
        Ok(Self(value))
    }

    /// Returns the value, for the cookie or for a store that is protected like passwords.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// Returns whether RFC 6265 allows the byte in a cookie value (`cookie-octet`).
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(***)")
    }
}
