//! What can go wrong with an answer.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Injection, millis};

/// What goes wrong with an answer: [`Sandbox::inject`](crate::Sandbox::inject).
///
/// As it is, a fault is for every request, forever; [`on`](Self::on), [`at`](Self::at), [`after`](Self::after) and
/// [`times`](Self::times) narrow it. Its JSON form is what the control endpoint takes:
///
/// ```
/// use spektrix_v2_sandbox::{Fault, RetryAfter};
///
/// let json = r#"{"kind": "status", "status": 503, "retry_after": {"seconds": 2}}"#;
/// let fault: Fault = serde_json::from_str(json)?;
/// assert_eq!(fault, Fault::Status { status: 503, retry_after: Some(RetryAfter::Seconds(2)) });
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Whether the service acts
///
/// With [`Status`](Self::Status), [`HtmlPage`](Self::HtmlPage), [`Redirect`](Self::Redirect) and
/// [`Reset`](Self::Reset) something answers in the service's place: a write changes nothing, and the first of them
/// counts. With all others the service acts, and its answer is delayed, spoilt or lost; those add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// The answer begins late.
    Latency {
        /// By how much.
        #[serde(with = "millis", rename = "milliseconds")]
        delay: Duration,
    },
    /// The body comes in small pieces.
    Drip {
        /// How many bytes a piece has; at least one.
        piece: usize,
        /// How long it waits after each.
        #[serde(with = "millis", rename = "pause_milliseconds")]
        pause: Duration,
    },
    /// The body stops in the middle, and the connection stays open.
    Stall {
        /// How many bytes of the body come before that.
        after: usize,
    },
    /// The connection is reset before there is any answer. The service does not act.
    Reset,
    /// The service acts, then the connection is reset before there is any answer.
    LoseAnswer,
    /// The connection is reset in the middle of the body.
    ResetWithinBody {
        /// How many bytes of the body come before that.
        after: usize,
    },
    /// Something on the way refuses the request: an error page with this status. The service does not act.
    Status {
        /// The status, 200 to 599: 429, 503, …
        status: u16,
        /// The header `Retry-After`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
    },
    /// A web page instead of an answer, as of a maintenance notice or a sign-in, with this status; 200 is the nastiest.
    /// The service does not act.
    HtmlPage {
        /// The status, 200 to 599.
        status: u16,
    },
    /// A redirect (302). The service does not act.
    Redirect {
        /// Where to, such as `https://elsewhere.invalid/`.
        location: String,
    },
    /// The body is cut off, in a message that is complete: its length says nothing of what is missing.
    Truncated {
        /// How many bytes are left.
        after: usize,
    },
    /// The body is well-formed and has the right things in it, but is huge.
    Oversized {
        /// By how many bytes it is longer.
        bytes: u64,
    },
    /// The body is not well-formed XML any more, though nothing of it is missing.
    Malformed,
    /// There is no body.
    EmptyBody,
    /// Another `Content-Type`.
    ContentType {
        /// The whole value of the header.
        value: String,
    },
    /// A byte order mark stands before the body.
    ByteOrderMark,
    /// The body is in UTF-16, and says so.
    Utf16,
    /// Every element has an attribute and a child element that no schema knows.
    UnknownParts,
    /// The session of the request is forgotten, before the service looks at the request: as if ten minutes had passed for
    /// it alone. What its basket held is free again.
    ForgetSession,
}

/// The two forms of the header `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// So many seconds: `Retry-After: 2`.
    Seconds(u32),
    /// The date and time in so many seconds from now: `Retry-After: Wed, 05 Mar 2031 12:00:02 GMT`.
    DateInSeconds(u32),
}

impl Fault {
    /// Only for this operation, by its name on the help feed: `GetEvents`.
    pub fn on(self, operation: impl Into<String>) -> Injection {
        Injection::from(self).on(operation)
    }

    /// Only at this path below `{client}/api/v2/`, such as `customers/print-at-home-download`, whatever the method.
    pub fn at(self, path: impl Into<String>) -> Injection {
        Injection::from(self).at(path)
    }

    /// Only for the first so many requests that it is for.
    pub fn times(self, times: u64) -> Injection {
        Injection::from(self).times(times)
    }

    /// Not yet for the first so many requests that it is for.
    pub fn after(self, requests: u64) -> Injection {
        Injection::from(self).after(requests)
    }

    /// Whether it answers in the service's place, which then does not act.
    pub(super) fn is_instead(&self) -> bool {
        matches!(
            self,
            Self::Reset | Self::Status { .. } | Self::HtmlPage { .. } | Self::Redirect { .. }
        )
    }
}
