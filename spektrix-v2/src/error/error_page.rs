//! What the body of a refusal shows: its text, the sentence of the service in it, and whether it is about the certificate.

use super::page_text::with_title;
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
    /// Whether the text has a substatus of IIS that is about the certificate of a client.
    pub(super) has_certificate_substatus: bool,
    /// Whether the text says that the server expected TLS.
    pub(super) expects_tls: bool,
    pub(super) connection: Option<ConnectionFacts>,
    /// The name in the client certificate, if it is not the client name.
    pub(super) other_name: Option<String>,
}

impl ErrorPage {
    /// Reads the beginning of a body. `is_cut` says that it is not all of it.
    pub(crate) fn read(beginning: &[u8], is_cut: bool, redactor: &Redactor) -> Self {
        let text = words_of(beginning);
        let contains = |words: &[&str]| words.iter().any(|word| text.contains(word));
        // The service sells gift vouchers, which a venue may call certificates.
        let is_about_gifts = contains(&["gift certificate", "voucher"]);
        let names_client_certificate = !is_about_gifts && contains(&CLIENT_CERTIFICATE);
        let message = service_message(beginning);
        Self {
            excerpt: redactor.show_page(beginning, is_cut),
            message: message.map_or(Shown::nothing(), |message| redactor.show(&message, MESSAGE)),
            names_client_certificate,
            mentions_certificate: names_client_certificate || (!is_about_gifts && contains(&["certificate"])),
            has_certificate_substatus: text
                .split(|character: char| !character.is_ascii_digit() && character != '.')
                .any(|number| CERTIFICATE_SUBSTATUS.contains(&number.trim_end_matches('.'))),
            expects_tls: contains(&EXPECTS_TLS),
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

/// Returns the words of a page in lower case, separated by one space, without markup. With the title, which an excerpt may
/// leave out.
fn words_of(page: &[u8]) -> String {
    let text = with_title(page).to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words of servers and gateways that refuse a client certificate: nginx, Apache, Tomcat, IIS, `HAProxy`, Envoy.
const CLIENT_CERTIFICATE: [&str; 12] = [
    "client cert",
    "client-cert",
    "ssl certificate",
    "tls certificate",
    "x.509 certificate",
    "x509 certificate",
    "peer certificate",
    "certificate was sent",
    "certificate required",
    "certificate is required",
    "mutual tls",
    "mtls",
];

/// IIS: a certificate is required, mapped to nobody, revoked, not trusted, or out of its dates.
const CERTIFICATE_SUBSTATUS: [&str; 5] = ["403.7", "403.12", "403.13", "403.16", "403.17"];

/// Words of nginx, Apache, Go and Tomcat for plain HTTP on the port of TLS.
const EXPECTS_TLS: [&str; 4] = [
    "plain http request",
    "speaking plain http",
    "http request to an https server",
    "host and port requires tls",
];
