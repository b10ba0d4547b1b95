//! A transport that records requests, without the API key.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Method, Request};
use percent_encoding::percent_decode_str;

use super::target::Target;
use crate::error::escape_invisible;
use crate::transport::{Transport, TransportFuture};

/// A transport that records each request, and forwards it to another transport: a [`Replay`](super::Replay), or one that
/// sends it to a server.
///
/// Clones share the record.
#[derive(Debug, Clone)]
pub struct Capture<T> {
    inner: Arc<T>,
    requests: Arc<Mutex<Vec<Captured>>>,
}

impl<T: Transport> Capture<T> {
    /// Records the requests to this transport.
    pub fn new(transport: T) -> Self {
        Self {
            inner: Arc::new(transport),
            requests: Arc::default(),
        }
    }

    /// Returns the requests so far, including retries.
    pub fn requests(&self) -> Vec<Captured> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<T: Transport> Transport for Capture<T> {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let captured = Captured::new(&request);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(captured);
        drop(requests);
        self.inner.send(request)
    }
}

/// A recorded request. Its `Display` is the request line, with control characters escaped: `GET events?limit=20`. It
/// contains neither the API key nor the identifier of a session.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Captured {
    /// The name of the operation. `None` if the help feed has no operation with this path and method.
    pub operation: Option<&'static str>,
    /// The method that was sent.
    pub method: Method,
    /// The path below `{client}/api/v2/`.
    pub path: String,
    /// The query parameters in order, decoded, without the API key.
    pub parameters: Vec<(String, String)>,
    /// Whether the request had the cookie of a session.
    pub with_session: bool,
    /// The body; empty if there is none.
    pub body: Bytes,
}

impl Captured {
    fn new(request: &Request<Bytes>) -> Self {
        let target = Target::of(request);
        let query = request.uri().query().unwrap_or_default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        Self {
            operation: target.operation,
            method: request.method().clone(),
            path: target.path.to_owned(),
            parameters: pairs
                .filter(|(name, _)| *name != "api_key")
                .map(|(name, value)| (decode(name), decode(value)))
                .collect(),
            with_session: request.headers().contains_key(http::header::COOKIE),
            body: request.body().clone(),
        }
    }

    /// Returns the value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut found = self.parameters.iter().filter(|(set, _)| set == name);
        found.next().map(|(_, value)| value.as_str())
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

impl fmt::Display for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Parameters may hold anything that a visitor typed: a line end would make it two lines of a log.
        write!(f, "{} {}", self.method, escape_invisible(&self.path))?;
        for (index, (name, value)) in self.parameters.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            write!(f, "{mark}{}={}", escape_invisible(name), escape_invisible(value))?;
        }
        Ok(())
    }
}

/// Omits the body, which may contain a password.
impl fmt::Debug for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Captured({self}, {} bytes)", self.body.len())
    }
}
