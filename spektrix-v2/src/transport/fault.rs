//! Why no whole answer came.

use std::fmt;

/// Why no whole answer came: how far it got, and what the network stack said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportError {
    fault: TransportFault,
    text: String,
}

/// How far a request got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportFault {
    /// There was no connection.
    Connect,
    /// There was no connection in time.
    ConnectTimeout,
    /// The server's certificate was not accepted.
    ServerCertificate,
    /// The server's certificate is for another name.
    ServerName,
    /// The server did not accept the client's certificate, or missed one.
    ClientCertificate,
    /// Both sides could not agree on how to encrypt.
    Tls,
    /// The connection ended before an answer began.
    Closed,
    /// The connection ended in the middle of the answer.
    Body,
    /// The answer did not come in time.
    Timeout,
    /// Something else.
    Other,
}

impl TransportError {
    /// Makes an error. The text must not hold the address of the request, which carries the API key.
    pub fn new(fault: TransportFault, text: impl Into<String>) -> Self {
        Self {
            fault,
            text: text.into(),
        }
    }

    /// How far the request got.
    pub fn fault(&self) -> TransportFault {
        self.fault
    }

    /// What the network stack said.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fault)?;
        match self.text.as_str() {
            "" => Ok(()),
            text => write!(f, " ({text})"),
        }
    }
}

impl fmt::Display for TransportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection could be made",
            Self::ConnectTimeout => "no connection could be made in time",
            Self::ServerCertificate | Self::ServerName => "the server's certificate was not accepted",
            Self::ClientCertificate => "the server did not accept the client certificate",
            Self::Tls => "no encrypted connection could be agreed on",
            Self::Closed => "the connection was closed before an answer came",
            Self::Body => "the connection was closed in the middle of the answer",
            Self::Timeout => "no answer came in time",
            Self::Other => "the request failed",
        })
    }
}

impl std::error::Error for TransportError {}
