//! What the service knows a session by.

use std::fmt;

use crate::error::Error;
use crate::secret::Secret;

/// What the service knows a session by: the value of its cookie `SessionId`.
///
/// Whoever holds it acts as the visitor, so `Debug` does not show it.
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
    /// Takes the value of the cookie, as the service sent it.
    ///
    /// # Errors
    ///
    /// It is refused if a cookie cannot carry it: if it is empty, longer than 4096 bytes, or holds a blank, a quote, a
    /// comma, a semicolon, a backslash, a control character, or one beyond ASCII.
    pub fn new(value: impl Into<Secret>) -> Result<Self, Error> {
        let value = value.into();
        let text = value.expose();
        if text.is_empty() || text.len() > 4096 || !text.bytes().all(is_cookie_octet) {
            return Err(Error::invalid_value(
                "the session's identifier is not the value of a cookie",
            ));
        }
        Ok(Self(value))
    }

    /// The value itself, for the cookie, or for a store that is kept as safe as a password.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The characters of RFC 6265.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(***)")
    }
}
