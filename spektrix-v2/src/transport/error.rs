//! Why there is no complete response.

use std::fmt;

use super::ConnectionFacts;

/// The reason why there is no complete response: its kind, and the message of the network stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    connection: Option<ConnectionFacts>,
}

/// How far a request got before it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made.
    Connect,
    /// No connection could be made in time.
    ConnectTimeout,
    /// The client did not accept the server's certificate.
    ServerCertificate,
    /// The server's certificate is for another name.
    ServerName,
    /// The server did not accept the client certificate, or required one.
    ClientCertificate,
    /// Client and server have no version or cipher of TLS in common, or TLS failed in another way.
    Tls,
    /// The server did not respond with TLS: another protocol, most likely plain HTTP, is served on the port.
    NotTls,
    /// The connection was closed before the response began.
    Closed,
    /// The server refused the request before it processed it: a stream of HTTP/2 that was refused, or that came after the
    /// server had announced the end of the connection.
    NotProcessed,
    /// HTTP/2 failed as a protocol.
    Http2,
    /// The status line or the headers of the response cannot be parsed.
    Headers,
    /// The Tokio runtime that the connection belonged to has ended.
    RuntimeGone,
    /// The connection was closed in the middle of the response.
    Body,
    /// The body cannot be decompressed: it is not in the encoding that its headers declare, in an encoding that was not
    /// asked for, or it expands beyond the limit.
    Decompression,
    /// There was no response in time.
    Timeout,
    /// Another reason.
    Other,
}

impl TransportError {
    /// Creates an error. The message must not contain the address of the request, which carries the API key.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            connection: None,
        }
    }

    /// Adds what is known about the connections of the transport.
    #[must_use]
    pub fn with_connection(mut self, facts: ConnectionFacts) -> Self {
        self.connection = Some(facts);
        self
    }

    /// Returns how far the request got.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the message of the network stack.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what is known about the connections of the transport; `None` if it does not report that.
    pub fn connection(&self) -> Option<ConnectionFacts> {
        self.connection
    }

    /// Replaces the message.
    pub(crate) fn map_message(mut self, replace: impl FnOnce(&str) -> String) -> Self {
        self.message = replace(&self.message);
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if self.message.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.message)
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection could be made",
            Self::ConnectTimeout => "no connection could be made in time",
            Self::ServerCertificate | Self::ServerName => "the server's certificate was not accepted",
            Self::ClientCertificate => "the server did not accept the client certificate",
            Self::Tls => "no encrypted connection could be negotiated",
            Self::NotTls => "the server does not use TLS on this port",
            Self::Closed => "the connection was closed before the response",
            Self::NotProcessed => "the server refused the request without processing it",
            Self::Http2 => "HTTP/2 failed",
            Self::Headers => "the headers of the response cannot be read",
            Self::RuntimeGone => "the Tokio runtime of the connection has ended",
            Self::Decompression => "the body of the response cannot be decompressed",
            Self::Body => "the connection was closed in the middle of the response",
            Self::Timeout => "there was no response in time",
            Self::Other => "the request failed",
        })
    }
}

impl std::error::Error for TransportError {}
