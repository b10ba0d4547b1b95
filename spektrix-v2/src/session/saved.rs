//! The string form of a session, to keep between two requests of a visitor: base64 of the base URL and the identifier.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::SessionId;

/// The prefix of every saved session, in all versions.
const PREFIX: &str = "spektrix-session.";
/// The version that this crate writes.
const VERSION: &str = "1.";

/// Encodes a session of the client whose operations are below `root`.
pub(super) fn encode(id: &SessionId, root: &str) -> Secret {
    // The line break at the end shows that the string is not truncated. `concat` allocates once: a string that grows would
    // leave copies of the identifier behind.
    let content = Zeroizing::new([root, "\n", id.expose(), "\n"].concat());
    let content = Zeroizing::new(URL_SAFE_NO_PAD.encode(content.as_bytes()));
    Secret::new([PREFIX, VERSION, &content].concat())
}

/// Decodes a session, and checks that it belongs to the client whose operations are below `root`.
pub(super) fn decode(saved: &str, root: &str) -> Result<SessionId, Error> {
    let versioned = saved.strip_prefix(PREFIX);
    let versioned = versioned.ok_or_else(|| Error::invalid_value("the string is not a saved session"))?;
    let content = versioned.strip_prefix(VERSION).ok_or_else(|| {
        Error::invalid_value("the saved session has a version that this version of spektrix-v2 does not support")
    })?;
    let (saved_root, id) = decode_content(content).ok_or_else(corrupted)?;
    if saved_root != root {
        let what = format!("the saved session belongs to another venue or base URL than {root}");
        return Err(Error::invalid_value(what));
    }
    SessionId::new(id).map_err(|_| corrupted())
}

fn decode_content(content: &str) -> Option<(String, Secret)> {
    let content = Zeroizing::new(URL_SAFE_NO_PAD.decode(content).ok()?);
    let (root, id) = std::str::from_utf8(&content)
        .ok()?
        .strip_suffix('\n')?
        .split_once('\n')?;
    Some((root.to_owned(), Secret::new(id)))
}

fn corrupted() -> Error {
    Error::invalid_value("the saved session is corrupted: it may be truncated")
}
