//! Why there is no complete response.

use std::fmt;

/// The reason why there is no complete response: its kind, and the message of the network stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
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
    /// Client and server have no version or cipher of TLS in common.
    Tls,
    /// The connection was closed before the response began.
    Closed,
    /// The connection was closed in the middle of the response.
    Body,
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
        }
    }

    /// Returns how far the request got.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the message of the network stack.
    pub fn message(&self) -> &str {
        &self.message
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
            Self::Closed => "the connection was closed before the response",
            Self::Body => "the connection was closed in the middle of the response",
            Self::Timeout => "there was no response in time",
            Self::Other => "the request failed",
        })
    }
}

impl std::error::Error for TransportError {}
