//! Faults, and the requests that a fault is for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A fault that the sandbox injects into responses. See [`Sandbox::inject`](crate::Sandbox::inject).
///
/// By default a fault applies to every request and does not end. [`on`](Self::on), [`at`](Self::at),
/// [`after`](Self::after) and [`times`](Self::times) limit it. The control endpoint takes faults as JSON:
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
/// # Whether the request is processed
///
/// With [`Status`](Self::Status), [`HtmlPage`](Self::HtmlPage), [`Redirect`](Self::Redirect) and
/// [`Reset`](Self::Reset) the request is not processed, so that a write changes nothing. If several of them fire for one
/// request, the first one is used. With all other faults the request is processed, and its response is delayed, changed
/// or lost. Several of those are applied one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// The response is delayed.
    Latency {
        /// The delay. `milliseconds` in JSON.
        #[serde(with = "millis", rename = "milliseconds")]
        delay: Duration,
    },
    /// The body arrives in small chunks.
    Drip {
        /// The size of a chunk in bytes, at least 1.
        chunk: usize,
        /// The pause after each chunk. `pause_milliseconds` in JSON.
        #[serde(with = "millis", rename = "pause_milliseconds")]
        pause: Duration,
    },
    /// The body stops in the middle, and the connection stays open.
    Stall {
        /// The number of bytes of the body that are sent.
        after: usize,
    },
    /// The connection is reset before a response is sent. The request is not processed.
    Reset,
    /// The request is processed, and the connection is reset before a response is sent.
    LoseResponse,
    /// The connection is reset in the middle of the body.
    ResetWithinBody {
        /// The number of bytes of the body that are sent.
        after: usize,
    },
    /// The response is an error page with this status. The request is not processed.
    Status {
        /// The status, 200 to 599, such as 429 or 503.
        status: u16,
        /// The header `Retry-After`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
    },
    /// The response is a web page with this status, such as a maintenance notice. A page with status 200 is the hardest
    /// to detect. The request is not processed.
    HtmlPage {
        /// The status, 200 to 599.
        status: u16,
    },
    /// The response is a redirect with status 302. The request is not processed.
    Redirect {
        /// The target, such as `https://elsewhere.invalid/`.
        location: String,
    },
    /// The body is cut off. The message is complete, so that its length does not show that something is missing.
    Truncated {
        /// The number of bytes that remain.
        after: usize,
    },
    /// The body is well-formed and has the right content, but is very large.
    Oversized {
        /// The number of bytes that are added.
        bytes: u64,
    },
    /// The body has all of its content, but is not well-formed XML.
    Malformed,
    /// The body is empty.
    EmptyBody,
    /// The response has another `Content-Type`.
    ContentType {
        /// The value of the header.
        value: String,
    },
    /// The body starts with a byte order mark.
    ByteOrderMark,
    /// The body is encoded and declared as UTF-16.
    Utf16,
    /// Every element has an attribute and a child element that are not in any schema.
    UnknownParts,
    /// The session of the request is removed before the request is processed, as if it had expired. Seats and stock that
    /// its basket held are free again.
    ForgetSession,
}

/// The two forms of the header `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// A number of seconds, as in `Retry-After: 2`.
    Seconds(u32),
    /// The date and time this many seconds from now, as in `Retry-After: Wed, 05 Mar 2031 12:00:02 GMT`.
    DateInSeconds(u32),
}

impl Fault {
    /// Limits the fault to one operation, by its name on the help feed, such as `GetEvents`.
    pub fn on(self, operation: impl Into<String>) -> Injection {
        Injection::from(self).on(operation)
    }

    /// Limits the fault to a path below `{client}/api/v2/`, such as `customers/print-at-home-download`, with any method.
    pub fn at(self, path: impl Into<String>) -> Injection {
        Injection::from(self).at(path)
    }

    /// Limits how many times the fault fires.
    pub fn times(self, times: u64) -> Injection {
        Injection::from(self).times(times)
    }

    /// Skips the first requests that the fault is for.
    pub fn after(self, requests: u64) -> Injection {
        Injection::from(self).after(requests)
    }

    /// Returns whether the request is not processed, because the fault replaces the response.
    pub(super) fn replaces_response(&self) -> bool {
        matches!(
            self,
            Self::Reset | Self::Status { .. } | Self::HtmlPage { .. } | Self::Redirect { .. }
        )
    }
}

/// A fault and the requests that it is for. A [`Fault`] on its own is for every request.
///
/// ```
/// use std::time::Duration;
/// use spektrix_v2_sandbox::Fault;
///
/// // Delays the third and the fourth request for events by one second.
/// let injection = Fault::Latency { delay: Duration::from_secs(1) }.on("GetEvents").after(2).times(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a fault has no effect until it is injected"]
pub struct Injection {
    pub(super) fault: Fault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    #[serde(default)]
    after: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            operation: None,
            path: None,
            after: 0,
            times: None,
        }
    }
}

impl Injection {
    /// Limits the fault to one operation, by its name on the help feed, such as `GetEvents`.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Limits the fault to a path below `{client}/api/v2/`, with any method.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Limits how many times the fault fires. Without this, it does not end.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Skips the first requests that the fault is for.
    pub fn after(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// Returns the fault.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Returns whether the fault fires for a request that it is for, given how many such requests came before.
    pub(super) fn is_due(&self, before: u64) -> bool {
        let end = self.times.map(|times| self.after.saturating_add(times));
        before >= self.after && end.is_none_or(|end| before < end)
    }
}

/// Durations as whole milliseconds in JSON.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        u64::try_from(duration.as_millis())
            .unwrap_or(u64::MAX)
            .serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}
