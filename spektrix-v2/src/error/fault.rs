//! The faults that an error can hold, each with the words for it.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::Shown;
use crate::runtime::DecodeError;
use crate::transport::{TransportError, TransportErrorKind};

/// What went wrong.
pub(crate) enum Fault {
    /// The client cannot be set up.
    Configuration { what: String, remedy: String },
    /// The client certificate or its key cannot be used; nothing was sent.
    Identity { what: String, remedy: String },
    /// The request cannot be sent like this; nothing was sent.
    InvalidRequest(String),
    /// No whole answer came.
    Transport(TransportError),
    /// The time for the whole call was up.
    Deadline(Duration),
    /// Nothing came for so long, where the answer may take any time as a whole.
    Stalled(Duration),
    /// The service refused, or failed.
    Status { status: StatusCode, excerpt: Shown },
    /// The service points elsewhere.
    Redirect { status: StatusCode, host: Shown },
    /// The body of a successful answer could not be read.
    Decode {
        status: StatusCode,
        error: DecodeError,
        excerpt: Shown,
    },
    /// A text came in place of a document.
    NoDocument { status: StatusCode, kind: Shown },
    /// The session has no cookie yet, or no longer; nothing was sent.
    NoSession,
    /// Other changes of the session took all the time; nothing was sent.
    NoTurn(Duration),
    /// The answer to a change of the basket lacks the cookie to find the basket by.
    NoCookie { status: StatusCode, what: &'static str },
    /// A file could not be written.
    File { what: String },
    /// The service sends the same part of a list again.
    NoProgress { offset: u32 },
}

impl Fault {
    /// The status of the answer, if there was one.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status { status, .. }
            | Self::Redirect { status, .. }
            | Self::Decode { status, .. }
            | Self::NoCookie { status, .. }
            | Self::NoDocument { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// An attempt took longer than it may.
    pub(crate) fn attempt_timeout(time: Duration) -> Self {
        Self::Transport(TransportError::new(
            TransportErrorKind::Timeout,
            format!("the attempt took more than {time:?}"),
        ))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration { what, .. } | Self::Identity { what, .. } | Self::File { what } => f.write_str(what),
            Self::NoDocument { kind, .. } => write!(f, "the answer is {kind}, not a document"),
            Self::NoSession => f.write_str("nothing was sent: there is no session"),
            Self::NoTurn(time) => {
                write!(
                    f,
                    "nothing was sent: other changes of the session took more than {time:?}"
                )
            }
            Self::NoCookie { status, what } => write!(f, "the service answered {status}, but {what}"),
            Self::InvalidRequest(what) => write!(f, "nothing was sent: {what}"),
            Self::Transport(error) => write!(f, "{error}"),
            Self::Deadline(time) => write!(f, "no whole answer came within {time:?}"),
            Self::Stalled(time) => write!(f, "nothing came for {time:?}"),
            Self::Status { status, excerpt } => {
                write!(f, "the service answered {status}")?;
                write_excerpt(f, excerpt)
            }
            Self::Redirect { status, host } => write!(f, "the service answered {status}, pointing to {host}"),
            Self::Decode { error, excerpt, .. } => {
                write!(f, "{error}")?;
                write_excerpt(f, excerpt)
            }
            Self::NoProgress { offset } => write!(
                f,
                "the service sent the same part of the list again, instead of the part from item {offset} on"
            ),
        }
    }
}

fn write_excerpt(f: &mut fmt::Formatter<'_>, excerpt: &Shown) -> fmt::Result {
    match excerpt {
        Shown::Text(text) if text.is_empty() => Ok(()),
        Shown::Text(text) => write!(f, " (\"{text}\")"),
        Shown::Withheld => write!(f, " {excerpt}"),
    }
}
