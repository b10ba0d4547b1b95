//! The predicates of an error.

use http::StatusCode;

use super::{Error, ErrorKind, Fault};
use crate::operation::Effect;
use crate::runtime::DecodeErrorKind;
use crate::transport::TransportErrorKind;

/// The kind of error. More than one predicate can be true: a basket that expired is both not found and expired.
impl Error {
    /// Returns whether the client certificate or its key is missing, unusable, expired or refused.
    ///
    /// # Troubleshooting
    /// Certificates of this service are valid for one year. Read the dates with
    /// `openssl x509 -in client.crt -noout -dates`. Renew the certificate with a new key and a new request, as the
    /// [guide](crate::guide::certificates) describes. A proxy that decrypts TLS connections breaks every call. Some servers
    /// refuse a certificate with status 400, 401, 403, 495 or 496, and a page about it: that counts as well. With TLS 1.3 a
    /// refused certificate may show only as a closed connection: then [`is_connect`](Self::is_connect) is true, and the
    /// hint names the certificate unless the server cannot have refused it.
    pub fn is_certificate(&self) -> bool {
        self.kind() == ErrorKind::Certificate
    }

    /// Returns whether the service did not accept the API key: status 401.
    ///
    /// # Troubleshooting
    /// The key, the client name and the certificate belong together. A key that was disclosed is revoked.
    pub fn is_unauthorized(&self) -> bool {
        self.has_status(401) && !self.0.fault.names_certificate()
    }

    /// Returns whether the service refused access: status 403.
    ///
    /// # Troubleshooting
    /// Some servers respond like this if there is no client certificate: then [`is_certificate`](Self::is_certificate)
    /// is true as well.
    pub fn is_forbidden(&self) -> bool {
        self.has_status(403)
    }

    /// Returns whether the requested object does not exist: status 404.
    ///
    /// # Troubleshooting
    /// Check [`is_session_expired`](Self::is_session_expired) first if the call was made in a session. If nothing is ever
    /// found, the client name or the base URL is wrong.
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// Returns whether there is no session: it expired or is unknown (status 404 of an operation that needs a session), or it
    /// has not started and nothing was sent.
    ///
    /// # Troubleshooting
    /// A session expires 10 minutes after the last change of its basket. The basket is lost, and the next change starts a new
    /// session. The status is the same if an item of the basket does not exist.
    pub fn is_session_expired(&self) -> bool {
        let needed_session = self.0.context.is_some_and(|context| context.needs_session());
        (self.is_not_found() && needed_session) || matches!(self.0.fault, Fault::NoSession)
    }

    /// Returns whether the service did not accept the values of the request: status 400 or 422.
    ///
    /// # Troubleshooting
    /// [`message`](Self::message) returns the message of the service. User-defined attributes of a venue may be required when
    /// an object is created or changed.
    pub fn is_validation(&self) -> bool {
        (self.has_status(400) || self.has_status(422)) && !self.0.fault.names_certificate()
    }

    /// Returns whether a time limit was reached before there was a connection, or before the response was complete.
    ///
    /// # Troubleshooting
    /// The service needs much time to create a long list: request it page by page, or allow more time with
    /// [`ClientBuilder::timeout`](crate::ClientBuilder::timeout). After a write, the service may have applied it.
    pub fn is_timeout(&self) -> bool {
        use TransportErrorKind::{ConnectTimeout, Timeout};
        matches!(
            self.0.fault,
            Fault::Deadline(_) | Fault::Stalled(_) | Fault::SessionBusy(_)
        ) || self.has_transport_error(&[ConnectTimeout, Timeout])
    }

    /// Returns whether there was no connection, or it ended before the response was complete.
    ///
    /// # Troubleshooting
    /// Check the base URL, the DNS and the firewall. If the connection is made and then closed, and no response has arrived
    /// with this certificate before, the certificate may have been refused: with TLS 1.3 that often shows only like this.
    pub fn is_connect(&self) -> bool {
        use TransportErrorKind::{
            Body, ClientCertificate, Closed, Connect, ConnectTimeout, Headers, Http2, NotProcessed, NotTls,
            RuntimeGone, ServerCertificate, ServerName, Tls,
        };
        self.has_transport_error(&[
            Connect,
            ConnectTimeout,
            ServerCertificate,
            ServerName,
            ClientCertificate,
            Tls,
            NotTls,
            Closed,
            NotProcessed,
            Http2,
            Headers,
            RuntimeGone,
            Body,
        ])
    }

    /// Returns whether the service is unavailable for the moment: there was no connection, the time was over, there were too
    /// many requests, or the service or a gateway failed, also with a web page instead of the response.
    ///
    /// It does not hold if waiting does not help: for certificates, settings, and writes that are retired.
    ///
    /// # Troubleshooting
    /// Show what you have in a cache, and retry later. After a write, check
    /// [`may_have_been_applied`](Self::may_have_been_applied) first.
    pub fn is_unavailable(&self) -> bool {
        use TransportErrorKind::{NotTls, ServerCertificate, ServerName, Tls};
        match (self.kind(), &self.0.fault) {
            (_, Fault::SessionBusy(_)) => false,
            (ErrorKind::Connection, _) => !self.has_transport_error(&[NotTls, ServerCertificate, ServerName, Tls]),
            (ErrorKind::Timeout | ErrorKind::RateLimited | ErrorKind::Server, _) => true,
            (ErrorKind::Refused, _) => self.has_status(408),
            (_, Fault::Decode { error, .. }) => *error.kind() == DecodeErrorKind::Html,
            _ => false,
        }
    }

    /// Returns whether a successful response could not be decoded. [`decode_error`](Self::decode_error) returns why.
    ///
    /// # Troubleshooting
    /// A web page instead of XML comes from a proxy, a sign-in page or a maintenance page. So does a body where the
    /// response should be empty. If an element is missing, the schemas of this crate do not match the service. A limit
    /// can be raised with [`ClientBuilder::decode_options`](crate::ClientBuilder::decode_options). It is also true for
    /// a response that should start a session but has no cookie: something between the client and the service may
    /// remove cookies.
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns whether a list lacks so many items that it was refused: see [`Guard`](crate::catalogue::Guard).
    ///
    /// # Troubleshooting
    /// Look at the venue's website. If its programme is gone there too, allow the change with
    /// [`Guard::none`](crate::catalogue::Guard::none).
    pub fn is_implausible(&self) -> bool {
        matches!(self.0.fault, Fault::Implausible { .. })
    }

    /// Returns whether a write failed because the service no longer offers it.
    ///
    /// # Troubleshooting
    /// Since 2025 the service can be read, and its documentation says that nothing can be created, changed or deleted any
    /// more. [`OperationInfo::lifecycle`](crate::OperationInfo::lifecycle) lists the operations. How the service refuses is
    /// not documented: the statuses 403, 404, 405, 410 and 501 count, and 404 only if the operation needs no session.
    pub fn is_retired(&self) -> bool {
        self.0.fault.is_retired(self.0.context.as_ref())
    }

    /// Returns whether the request was invalid, so that nothing was sent.
    ///
    /// # Troubleshooting
    /// A required parameter or a required part of the body is missing, two parameters exclude each other, or a value contains
    /// a character that XML cannot represent. The message names it. The documentation of an operation lists what it requires.
    pub fn is_invalid_request(&self) -> bool {
        self.kind() == ErrorKind::InvalidRequest
    }

    /// Returns whether a setting of the client is missing or wrong, or it was called outside a Tokio runtime. Nothing was
    /// sent.
    ///
    /// # Troubleshooting
    /// The message names the setting, or every environment variable that is missing.
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration || matches!(self.0.fault, Fault::Identity { .. })
    }

    /// Returns whether a file could not be written.
    ///
    /// # Troubleshooting
    /// The message names the file and the error of the operating system.
    pub fn is_file(&self) -> bool {
        self.kind() == ErrorKind::File
    }

    /// Returns whether the service failed: status 500 and above.
    ///
    /// # Troubleshooting
    /// Retry a read later. After a write, the service may have applied it: read before you write again.
    pub fn is_server(&self) -> bool {
        self.error_status().is_some_and(|status| status.is_server_error())
    }

    /// Returns whether there were too many requests: status 429.
    ///
    /// # Troubleshooting
    /// Send fewer requests at the same time, and cache what rarely changes.
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited
    }

    /// Returns whether this was a write whose outcome is unknown: the service may have applied it, or not.
    ///
    /// It is never true for a read, if nothing was sent, if there was no connection, or if the service refused the
    /// request.
    ///
    /// # Troubleshooting
    /// Before you send the call again, read what it would have changed. A basket, for example, contains its items.
    pub fn may_have_been_applied(&self) -> bool {
        let sent_write = |context: super::ErrorContext| {
            // Effects that a later version adds count as writes.
            let is_write = context.operation.effect != Effect::Read;
            is_write && context.attempts > 0
        };
        self.0.context.is_some_and(sent_write) && self.0.fault.leaves_outcome_open()
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

    /// Returns whether the headers arrived, and the body did not end.
    pub(crate) fn is_incomplete_body(&self) -> bool {
        matches!(self.0.fault, Fault::Stalled(_)) || self.has_transport_error(&[TransportErrorKind::Body])
    }

    fn has_transport_error(&self, kinds: &[TransportErrorKind]) -> bool {
        matches!(&self.0.fault, Fault::Transport(error) if kinds.contains(&error.kind()))
    }
}
