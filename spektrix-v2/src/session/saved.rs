//! The string form of a session, to keep between two requests of a visitor: base64 of the base URL and the cookies.
//!
//! The content is lines: the base URL, the identifier, and in version 2 a line for each further cookie, with its name, its
//! path, when it expires in seconds since 1970, and its value, separated by tabs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::{OtherCookie, SessionId};

/// The prefix of every saved session, in all versions.
const PREFIX: &str = "spektrix-session.";
/// The version without further cookies. It is written if there are none, so that older versions of this crate read it.
const WITHOUT_OTHERS: &str = "1.";
const WITH_OTHERS: &str = "2.";
const NEVER: &str = "-";

/// Encodes a session of the client whose operations are below `root`.
pub(super) fn encode(id: &SessionId, others: &[OtherCookie], root: &str) -> Secret {
    let expiries: Vec<_> = others.iter().map(|cookie| expiry(cookie.expires)).collect();
    // The line break at the end shows that the string is not truncated.
    let mut parts = vec![root, "\n", id.expose(), "\n"];
    for (cookie, expires) in others.iter().zip(&expiries) {
        let value = cookie.value.expose();
        parts.extend([
            &cookie.name,
            "\t",
            &cookie.path,
            "\t",
            expires.as_str(),
            "\t",
            value,
            "\n",
        ]);
    }
    // `concat` allocates once: a string that grows would leave copies of the identifier behind.
    let content = Zeroizing::new(parts.concat());
    let content = Zeroizing::new(URL_SAFE_NO_PAD.encode(content.as_bytes()));
    let version = if others.is_empty() { WITHOUT_OTHERS } else { WITH_OTHERS };
    Secret::new([PREFIX, version, &content].concat())
}

/// Decodes a session, and checks that it belongs to the client whose operations are below `root`.
pub(super) fn decode(saved: &str, root: &str) -> Result<(SessionId, Vec<OtherCookie>), Error> {
    let versioned = saved.strip_prefix(PREFIX);
    let versioned = versioned.ok_or_else(|| Error::invalid_value("the string is not a saved session"))?;
    let (content, has_others) = match (
        versioned.strip_prefix(WITHOUT_OTHERS),
        versioned.strip_prefix(WITH_OTHERS),
    ) {
        (Some(content), _) => (content, false),
        (None, Some(content)) => (content, true),
        (None, None) => {
            return Err(Error::invalid_value(
                "the saved session has a version that this version of spektrix-v2 does not support",
            ));
        }
    };
    let (saved_root, id, others) = decode_content(content).ok_or_else(corrupted)?;
    if saved_root != root {
        let what = format!("the saved session belongs to another venue or base URL than {root}");
        return Err(Error::invalid_value(what));
    }
    if others.is_empty() == has_others {
        return Err(corrupted());
    }
    Ok((SessionId::new(id).map_err(|_| corrupted())?, others))
}

fn decode_content(content: &str) -> Option<(String, Secret, Vec<OtherCookie>)> {
    let content = Zeroizing::new(URL_SAFE_NO_PAD.decode(content).ok()?);
    let content = std::str::from_utf8(&content).ok()?.strip_suffix('\n')?;
    let mut lines = content.split('\n');
    let (root, id) = (lines.next()?, lines.next()?);
    let others: Option<Vec<_>> = lines.map(decode_cookie).collect();
    Some((root.to_owned(), Secret::new(id), others?))
}

fn decode_cookie(line: &str) -> Option<OtherCookie> {
    let mut parts = line.splitn(4, '\t');
    let (name, path, expires, value) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let expires = match expires {
        NEVER => None,
        seconds => Some(Timestamp::from_second(seconds.parse().ok()?).ok()?),
    };
    OtherCookie::new(name, Secret::new(value), path, expires)
}

fn expiry(expires: Option<Timestamp>) -> String {
    expires.map_or_else(|| NEVER.to_owned(), |expires| expires.as_second().to_string())
}

fn corrupted() -> Error {
    Error::invalid_value("the saved session is corrupted: it may be truncated")
}
