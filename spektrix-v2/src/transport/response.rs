//! A response: status, headers, and a body that arrives in chunks.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::ConnectionFacts;
use super::error::TransportError;

/// A response whose headers have arrived.
#[non_exhaustive]
pub struct TransportResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it arrives.
    pub body: BodyStream,
    /// What is known about the connections of the transport; `None` if it does not report that.
    pub connection: Option<ConnectionFacts>,
}

impl TransportResponse {
    /// Creates a response without headers.
    pub fn new(status: StatusCode, body: impl Into<BodyStream>) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
            connection: None,
        }
    }

    /// Adds what is known about the connections of the transport.
    #[must_use]
    pub fn with_connection(mut self, facts: ConnectionFacts) -> Self {
        self.connection = Some(facts);
        self
    }

    /// Sets the headers.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }
}

/// Headers may carry a session, so only their number is shown.
impl fmt::Debug for TransportResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .finish_non_exhaustive()
    }
}

/// A body that arrives in chunks.
pub struct BodyStream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl BodyStream {
    /// Creates a body from a stream of chunks.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(chunks))
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl From<Bytes> for BodyStream {
    fn from(body: Bytes) -> Self {
        Self::new(futures_util::stream::iter([Ok(body)]))
    }
}

impl From<String> for BodyStream {
    fn from(body: String) -> Self {
        Bytes::from(body).into()
    }
}

impl From<Vec<u8>> for BodyStream {
    fn from(body: Vec<u8>) -> Self {
        Bytes::from(body).into()
    }
}

impl From<&'static str> for BodyStream {
    fn from(body: &'static str) -> Self {
        Bytes::from_static(body.as_bytes()).into()
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}
