//! A session as a text to keep between two requests of a visitor.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::SessionId;

/// What every saved session begins with, whatever its version.
const KIND: &str = "spektrix-session.";
/// The version that is written.
const VERSION: &str = "1.";

/// The text for a session at this address. The line break at its end shows that nothing is missing.
pub(super) fn save(id: &SessionId, root: &str) -> Secret {
    // `concat` knows the length beforehand: a string that grows would leave copies behind.
    let content = Zeroizing::new([root, "\n", id.expose(), "\n"].concat());
    let content = Zeroizing::new(URL_SAFE_NO_PAD.encode(content.as_bytes()));
    Secret::new([KIND, VERSION, &content].concat())
}

/// The session that a text is for, if it is one of this address.
pub(super) fn restore(saved: &str, root: &str) -> Result<SessionId, Error> {
    let versioned = saved.strip_prefix(KIND);
    let versioned = versioned.ok_or_else(|| Error::invalid_value("the text is no saved session"))?;
    let content = versioned.strip_prefix(VERSION).ok_or_else(|| {
        Error::invalid_value("the saved session is of a version that this version of spektrix-v2 does not know")
    })?;
    let (saved_root, id) = read(content).ok_or_else(damaged)?;
    if saved_root != root {
        let what = format!("the saved session belongs to another venue or another address than {root}");
        return Err(Error::invalid_value(what));
    }
    SessionId::new(id).map_err(|_| damaged())
}

fn read(content: &str) -> Option<(String, Secret)> {
    let content = Zeroizing::new(URL_SAFE_NO_PAD.decode(content).ok()?);
    let (root, id) = std::str::from_utf8(&content)
        .ok()?
        .strip_suffix('\n')?
        .split_once('\n')?;
    Some((root.to_owned(), Secret::new(id)))
}

fn damaged() -> Error {
    Error::invalid_value("the saved session is damaged: it may have been cut")
}
