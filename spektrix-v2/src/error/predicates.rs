//! What an error can be asked.

use http::StatusCode;

use super::{Error, Fault, Tried};
use crate::operation::{Effect, Lifecycle, SessionUse};
use crate::transport::TransportErrorKind;

/// What kind of error it is. More than one may hold: a basket that is gone is both not found and expired.
impl Error {
    /// Whether the client certificate or its key is missing, unusable, expired or refused.
    ///
    /// # Troubleshooting
    /// Certificates of this service are valid for one year. Read the dates with
    /// `openssl x509 -in client.crt -noout -dates`. Renew the certificate with a new key and a new request, as the
    /// [guide](crate::guide::certificates) describes. A proxy that decrypts TLS connections breaks every call. A refused
    /// certificate may also show only as a connection that closes early: then [`is_connect`](Self::is_connect) holds, and the
    /// hint says so.
    pub fn is_certificate(&self) -> bool {
        match &self.0.fault {
            Fault::Identity { .. } => true,
            Fault::Transport(error) => error.kind() == TransportErrorKind::ClientCertificate,
            fault => fault.names_certificate(),
        }
    }

    /// Whether the service did not accept the API key: status 401.
    ///
    /// # Troubleshooting
    /// The key, the client name and the certificate belong together. A key that was disclosed is revoked.
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401)
    }

    /// Whether the service refused access: status 403.
    ///
    /// # Troubleshooting
    /// Some servers answer like this when they miss a client certificate: then
    /// [`is_certificate`](Self::is_certificate) holds as well.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(403)
    }

    /// Whether what was asked for does not exist: status 404.
    ///
    /// # Troubleshooting
    /// Ask [`is_session_expired`](Self::is_session_expired) first where a session is used. If nothing is ever found,
    /// the client name or the base URL is wrong.
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// Whether there is no session: it is over or unknown, which is status 404 of an operation that needs one, or it has
    /// not begun yet, and nothing was sent.
    ///
    /// # Troubleshooting
    /// A session ends ten minutes after the last change of its basket. The basket is lost; the next change begins a new
    /// session. The service does not tell this from a basket's item that does not exist.
    pub fn is_session_expired(&self) -> bool {
        let is_over = self.is_not_found() && self.0.tried.is_some_and(|tried| tried.needs_session());
        is_over || matches!(self.0.fault, Fault::NoSession)
    }

    /// Whether the service did not accept what was sent: status 400 or 422.
    ///
    /// # Troubleshooting
    /// [`excerpt`](Self::excerpt) says what the service has to say about it. User-defined attributes of a venue may be
    /// required when something is created or changed.
    pub fn is_validation(&self) -> bool {
        self.has_status(400) || self.has_status(422)
    }

    /// Whether time was up before the whole answer had come, or before there was a connection.
    ///
    /// # Troubleshooting
    /// Long lists take long to make: ask for them page by page, or allow more with
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout). After a write the service may have acted.
    pub fn is_timeout(&self) -> bool {
        use TransportErrorKind::{ConnectTimeout, Timeout};
        matches!(self.0.fault, Fault::Deadline(_) | Fault::Stalled(_) | Fault::NoTurn(_))
            || self.has_transport_fault(&[ConnectTimeout, Timeout])
    }

    /// Whether there was no connection, or it ended before the whole answer had come.
    ///
    /// # Troubleshooting
    /// Check the base URL, the name server and the firewall. If the connection is made and then closes early, the
    /// client certificate may have been refused: under TLS 1.3 that often shows only like this.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind::{
            Body, ClientCertificate, Closed, Connect, ConnectTimeout, ServerCertificate, ServerName, Tls,
        };
        self.has_transport_fault(&[
            Connect,
            ConnectTimeout,
            ServerCertificate,
            ServerName,
            ClientCertificate,
            Tls,
            Closed,
            Body,
        ])
    }

    /// Whether a successful answer could not be read; [`decode`](Self::decode) says why.
    ///
    /// # Troubleshooting
    /// A web page in place of XML comes from a proxy, a sign-in page or a maintenance notice. A missing element means
    /// that the schemas of this crate do not fit the service. A limit can be raised with
    /// [`ClientBuilder::decode_options`](crate::ClientBuilder::decode_options). An answer that begins a session without
    /// the session's cookie counts as unreadable too: something on the way may take cookies away.
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.fault,
            Fault::Decode { .. } | Fault::NoDocument { .. } | Fault::NoCookie { .. }
        )
    }

    /// Whether a write failed that the service no longer offers.
    ///
    /// # Troubleshooting
    /// Since 2025 these objects can be read, but not created, changed or deleted any more.
    /// [`Lifecycle`] says of each operation whether it is one of those.
    pub fn is_retired(&self) -> bool {
        self.0.fault.is_retired(self.0.tried.as_ref())
    }

    /// Whether the request could not be made, so that nothing was sent.
    ///
    /// # Troubleshooting
    /// A required parameter or part of the body is missing, two parameters exclude each other, or a value holds a
    /// character that XML cannot carry: the message names each. What an operation asks for stands in its documentation.
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.fault, Fault::InvalidRequest(_))
    }

    /// Whether the client cannot be set up like this; nothing was sent.
    ///
    /// # Troubleshooting
    /// The message names the setting, or every variable that is missing.
    pub fn is_configuration(&self) -> bool {
        matches!(self.0.fault, Fault::Configuration { .. } | Fault::Identity { .. })
    }

    /// Whether a file could not be written.
    ///
    /// # Troubleshooting
    /// The message names the file, and what the system said.
    pub fn is_file(&self) -> bool {
        matches!(self.0.fault, Fault::File { .. })
    }

    /// Whether the service failed: status 500 and above.
    ///
    /// # Troubleshooting
    /// Try a read again later. After a write the service may have acted: read before writing again.
    pub fn is_server(&self) -> bool {
        self.error_status().is_some_and(|status| status.is_server_error())
    }

    /// Whether the service asks for fewer requests: status 429.
    ///
    /// # Troubleshooting
    /// Send fewer at a time, and keep what seldom changes.
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429)
    }

    /// Whether this was a write whose outcome is unknown: the service may have acted on it, or not.
    ///
    /// It never holds for a read, when nothing was sent, when there was no connection, or when the service refused.
    ///
    /// # Troubleshooting
    /// Read what the call would have changed before sending it again: a basket, for one, shows what is in it.
    pub fn may_have_been_applied(&self) -> bool {
        let is_sent_write = |tried: Tried| tried.operation.effect != Effect::Read && tried.attempts > 0;
        self.0.tried.is_some_and(is_sent_write) && self.0.fault.leaves_outcome_open()
    }

    fn error_status(&self) -> Option<StatusCode> {
        match self.0.fault {
            Fault::Status { status, .. } => Some(status),
            _ => None,
        }
    }

    fn has_status(&self, code: u16) -> bool {
        self.error_status().is_some_and(|status| status == code)
    }

    fn has_transport_fault(&self, kinds: &[TransportErrorKind]) -> bool {
        matches!(&self.0.fault, Fault::Transport(error) if kinds.contains(&error.kind()))
    }
}

impl Fault {
    /// Whether the service may have acted on a request that ended like this. A refusal is none: status 4xx, or a
    /// certificate that was not accepted. When in doubt, it may.
    pub(crate) fn leaves_outcome_open(&self) -> bool {
        use TransportErrorKind::{ClientCertificate, Connect, ConnectTimeout, ServerCertificate, ServerName};
        match self {
            Self::Deadline(_)
            | Self::Stalled(_)
            | Self::Decode { .. }
            | Self::NoDocument { .. }
            | Self::NoCookie { .. } => true,
            Self::Status { status, .. } => status.is_server_error(),
            Self::Transport(error) => {
                let before_sending = [
                    ClientCertificate,
                    Connect,
                    ConnectTimeout,
                    ServerCertificate,
                    ServerName,
                ];
                !before_sending.contains(&error.kind())
            }
            Self::Configuration { .. }
            | Self::Identity { .. }
            | Self::InvalidRequest(_)
            | Self::NoSession
            | Self::NoTurn(_)
            | Self::File { .. }
            | Self::Redirect { .. }
            | Self::NoProgress { .. } => false,
        }
    }

    /// A status other than those that say nothing about the operation itself.
    pub(super) fn is_retired(&self, tried: Option<&Tried>) -> bool {
        let Self::Status { status, .. } = self else {
            return false;
        };
        let says_nothing = [StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(status);
        !says_nothing && tried.is_some_and(Tried::is_retired_write)
    }

    /// A server that asks for certificates at the level of HTTP: 403, with words about them.
    pub(super) fn names_certificate(&self) -> bool {
        matches!(self, Self::Status { status, excerpt }
            if *status == StatusCode::FORBIDDEN && excerpt.to_string().to_ascii_lowercase().contains("certificate"))
    }
}

impl Tried {
    pub(super) fn needs_session(&self) -> bool {
        self.operation.session == SessionUse::Needs
    }

    fn is_retired_write(&self) -> bool {
        self.operation.lifecycle == Lifecycle::Retired && self.operation.effect == Effect::Write
    }
}
