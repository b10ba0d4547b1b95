//! The kinds of faults.

use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::certificate_page::CertificatePage;
use crate::api::{ContentCoding, XML};

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
/// Some faults replace the response. Their descriptions say that the request is not processed, so that a write changes
/// nothing. If several of them fire for one request, the first one is used. With all other faults the request is
/// processed, and its response is delayed, changed or lost. Several of those are applied one after the other, also to a
/// response that replaces the ordinary one: `Status` and `Stall` together are an error page that stalls.
///
/// # HTTP/2
///
/// The faults [`RefuseStream`](Self::RefuseStream), [`RequireHttp1`](Self::RequireHttp1) and [`GoAway`](Self::GoAway) only
/// exist in HTTP/2. They are not for requests in HTTP/1.1, and do not count them.
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
    /// The list is valid, but has no items. It has its ordinary headers.
    EmptyList,
    /// The response is this one. The request is not processed.
    Respond {
        /// The status, 200 to 599. The default in JSON is 200.
        #[serde(default = "ok")]
        status: u16,
        /// The header `Content-Type`. The default in JSON is that of an XML response.
        #[serde(default = "xml")]
        content_type: String,
        /// The body. In JSON it is a string, or `{"base64": "…"}` for bytes that are not UTF-8.
        #[serde(with = "super::body_bytes")]
        body: Bytes,
    },
    /// The request is processed, and its response has this body. Status and headers stay as they are, also those of a
    /// write, whose body should be empty. A response without a body gets the `Content-Type` of XML.
    ReplaceBody {
        /// The body. In JSON it is a string, or `{"base64": "…"}` for bytes that are not UTF-8.
        #[serde(with = "super::body_bytes")]
        body: Bytes,
    },
    /// The response is the page with which a web server refuses the client certificate. The request is not processed.
    CertificateRefused {
        /// The web server and its reason.
        page: CertificatePage,
    },
    /// The XML declaration has another encoding than the body, which stays in UTF-8. A body without a declaration stays
    /// as it is.
    FalseXmlEncoding {
        /// The declared encoding, such as `iso-8859-1`.
        encoding: String,
    },
    /// The header `Content-Encoding` has this value, but the body is not compressed.
    FalseContentEncoding {
        /// The value of the header, such as `gzip`.
        value: String,
    },
    /// The body is compressed, whether the request accepts that or not.
    Compress {
        /// The compression.
        coding: ContentCoding,
    },
    /// The body is compressed to a small fraction, and very large when it is decompressed.
    CompressionBomb {
        /// The compression.
        coding: ContentCoding,
        /// The number of bytes that are added to the body before it is compressed.
        bytes: u64,
    },
    /// A page has at most this many items, although `limit` is higher. `all=true` still returns everything.
    CapLimit {
        /// The maximum number of items.
        items: usize,
    },
    /// `limit` is ignored, so that a page has 10 items.
    IgnoreLimit,
    /// `offset` is ignored, so that every page is the first one.
    IgnoreOffset,
    /// `all` is ignored, so that `all=true` returns 10 items.
    IgnoreAll,
    /// An item is removed from its page after the page was cut, so that the page is short but not the last one.
    HideItem {
        /// The position of the item in the whole list, from 0 on.
        index: usize,
    },
    /// Later pages are cut from a list to which items were added at its start since the first page. They repeat items.
    ItemsInserted {
        /// The number of items.
        count: usize,
    },
    /// Later pages are cut from a list from whose start items were removed since the first page. They skip items.
    ItemsRemoved {
        /// The number of items.
        count: usize,
    },
    /// Two servers share the requests, and each has its own sessions. A cookie `ARRAffinity` determines the server.
    ///
    /// Requests without this cookie go to the two servers in turns, and their responses set it. A session is only known
    /// to the server that started it while this fault fired. The other server responds as if it had expired.
    AffinityCookie,
    /// The session of the request gets a new id, which the response sets as the cookie. The old id is no longer valid.
    ///
    /// Web servers do this at sign-in, against session fixation: limit it to `AuthenticateCustomer`. Requests without a
    /// valid session are not affected.
    NewSessionId,
    /// The session of the request is removed before the request is processed, as if it had expired. Seats and stock that
    /// its basket held are free again.
    ForgetSession,
    /// Nothing is sent on the connection any more, not even replies to the pings of HTTP/2. It stays open. The request is
    /// not processed.
    FreezeConnection,
    /// The stream of the request is reset with `REFUSED_STREAM`. The request is not processed. Only in HTTP/2.
    RefuseStream,
    /// The stream of the request is reset with `HTTP_1_1_REQUIRED`. The request is not processed. Only in HTTP/2.
    RequireHttp1,
    /// The server ends the connection with GOAWAY. Only in HTTP/2.
    GoAway {
        /// Whether open requests are processed first. Otherwise none of them is, and GOAWAY says so: its last stream is 0.
        #[serde(default)]
        graceful: bool,
    },
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
    /// Returns whether the request is not processed, because the fault replaces the response.
    pub(super) fn replaces_response(&self) -> bool {
        matches!(
            self,
            Self::Reset
                | Self::Status { .. }
                | Self::HtmlPage { .. }
                | Self::Redirect { .. }
                | Self::Respond { .. }
                | Self::CertificateRefused { .. }
                | Self::FreezeConnection
                | Self::RefuseStream
                | Self::RequireHttp1
                | Self::GoAway { graceful: false }
        )
    }

    /// Returns whether the fault can only happen in HTTP/2.
    pub(super) fn needs_http2(&self) -> bool {
        matches!(self, Self::RefuseStream | Self::RequireHttp1 | Self::GoAway { .. })
    }
}

fn ok() -> u16 {
    200
}

fn xml() -> String {
    XML.to_owned()
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
