//! What the body of a refusal shows: its text, the sentence of the service in it, and whether it is about the certificate.

use super::redaction::{MESSAGE, Redactor, Shown};
use super::service_message::service_message;
use crate::transport::ConnectionFacts;

/// The body of a refusal, as far as it was read, and what is known about the connection that it came on.
#[derive(Debug, Clone)]
pub(crate) struct ErrorPage {
    pub(super) excerpt: Shown,
    /// The sentence of the service; empty if there is none.
    pub(super) message: Shown,
    /// Whether the text is about the certificate of a client.
    pub(super) names_client_certificate: bool,
    /// Whether the text mentions a certificate.
    pub(super) mentions_certificate: bool,
    /// Whether the text says that the server expected TLS.
    pub(super) expects_tls: bool,
    pub(super) connection: Option<ConnectionFacts>,
    /// The name in the client certificate, if it is not the client name.
    pub(super) other_name: Option<String>,
}

impl ErrorPage {
    /// Reads the beginning of a body. `is_cut` says that it is not all of it.
    pub(crate) fn read(beginning: &[u8], is_cut: bool, redactor: &Redactor) -> Self {
        // With the title, which an excerpt may leave out.
        let text = String::from_utf8_lossy(beginning).to_ascii_lowercase();
        let contains = |words: &[&str]| words.iter().any(|word| text.contains(word));
        // The service sells gift vouchers, which a venue may call certificates.
        let mentions_certificate = text.contains("certificate") && !text.contains("gift certificate");
        let message = service_message(beginning);
        Self {
            excerpt: redactor.show_page(beginning, is_cut),
            message: message.map_or(Shown::nothing(), |message| redactor.show(&message, MESSAGE)),
            names_client_certificate: mentions_certificate && contains(&CLIENT_CERTIFICATE),
            mentions_certificate,
            expects_tls: contains(&["plain http request", "speaking plain http"]),
            connection: None,
            other_name: None,
        }
    }

    /// Adds what is known about the connection.
    pub(crate) fn with_connection(mut self, connection: Option<ConnectionFacts>) -> Self {
        self.connection = connection;
        self
    }

    /// Adds the name in the client certificate, which is not the client name.
    pub(crate) fn set_other_name(&mut self, name: String) {
        self.other_name = Some(name);
    }
}

/// Words of servers and gateways that refuse a client certificate: nginx, Apache, Tomcat, IIS, `HAProxy`, Envoy.
const CLIENT_CERTIFICATE: [&str; 9] = [
    "client certificate",
    "client-certificate",
    "ssl certificate",
    "tls certificate",
    "x.509 certificate",
    "peer certificate",
    "certificate was sent",
    "certificate required",
    "certificate is required",
];
