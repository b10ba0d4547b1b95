//! The string form of a session, to keep between two requests of a visitor: base64 of the base URL and the cookies.
//!
//! The content is lines: the base URL, the identifier, in version 3 the number of items that the basket has for certain, and
//! in versions 2 and 3 a line for each further cookie, with its name, its path, when it expires in seconds since 1970, and its
//! value, separated by tabs. The lowest version that can hold a session is written, so that older versions of this crate
//! read it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::{OtherCookie, SessionId};

/// The prefix of every saved session, in all versions.
const PREFIX: &str = "spektrix-session.";
const WITHOUT_OTHERS: &str = "1.";
const WITH_OTHERS: &str = "2.";
const WITH_ITEMS: &str = "3.";
const NEVER: &str = "-";

/// What is saved of a session.
pub(super) struct Saved {
    pub(super) id: SessionId,
    pub(super) others: Vec<OtherCookie>,
    pub(super) items: usize,
}

/// Encodes a session of the client whose operations are below `root`.
pub(super) fn encode(saved: &Saved, root: &str) -> Secret {
    let Saved { id, others, items } = saved;
    let version = match (items, others.as_slice()) {
        (1.., _) => WITH_ITEMS,
        (0, [_, ..]) => WITH_OTHERS,
        (0, []) => WITHOUT_OTHERS,
    };
    let items = items.to_string();
    let expiries: Vec<_> = others.iter().map(|cookie| expiry(cookie.expires)).collect();
    // The line break at the end shows that the string is not truncated.
    let mut parts = vec![root, "\n", id.expose(), "\n"];
    if version == WITH_ITEMS {
        parts.extend([items.as_str(), "\n"]);
    }
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
    Secret::new([PREFIX, version, &content].concat())
}

/// Decodes a session, and checks that it belongs to the client whose operations are below `root`.
pub(super) fn decode(saved: &str, root: &str) -> Result<Saved, Error> {
    let versioned = saved.strip_prefix(PREFIX);
    let versioned = versioned.ok_or_else(|| Error::invalid_value("the string is not a saved session"))?;
    let known = [WITHOUT_OTHERS, WITH_OTHERS, WITH_ITEMS];
    let found = known
        .into_iter()
        .find_map(|version| Some((version, versioned.strip_prefix(version)?)));
    let (version, content) = found.ok_or_else(|| {
        Error::invalid_value("the saved session has a version that this version of spektrix-v2 does not support")
    })?;
    let (saved_root, saved) = decode_content(content, version).ok_or_else(corrupted)?;
    if saved_root != root {
        let what = format!("the saved session belongs to another venue or base URL than {root}");
        return Err(Error::invalid_value(what));
    }
    Ok(saved)
}

/// Returns the base URL and the session, if the content is one of this version.
fn decode_content(content: &str, version: &str) -> Option<(String, Saved)> {
    let content = Zeroizing::new(URL_SAFE_NO_PAD.decode(content).ok()?);
    let content = std::str::from_utf8(&content).ok()?.strip_suffix('\n')?;
    let mut lines = content.split('\n');
    let (root, id) = (lines.next()?, lines.next()?);
    let items = if version == WITH_ITEMS {
        lines.next()?.parse().ok()?
    } else {
        0
    };
    let others: Vec<_> = lines.map(decode_cookie).collect::<Option<_>>()?;
    let is_of_version = match version {
        WITHOUT_OTHERS => others.is_empty(),
        WITH_OTHERS => !others.is_empty(),
        _ => items > 0,
    };
    let id = SessionId::new(Secret::new(id)).ok()?;
    is_of_version.then(|| (root.to_owned(), Saved { id, others, items }))
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
