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
    pub(super) certificate: CertificateMention,
    /// Whether the text says that the server expected TLS.
    pub(super) expects_tls: bool,
    pub(super) connection: Option<ConnectionFacts>,
    /// The name in the client certificate, if it is not the client name.
    pub(super) other_name: Option<String>,
}

/// What a text says about certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CertificateMention {
    Nothing,
    /// It has a substatus of IIS that is about the certificate of a client.
    Substatus,
    /// It mentions a certificate.
    Any,
    /// It is about the certificate of a client.
    OfClient,
}

impl CertificateMention {
    /// Finds it in words in lower case.
    fn of(text: &str) -> Self {
        let contains = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let mut numbers = text.split(|character: char| !character.is_ascii_digit() && character != '.');
        // The service sells gift vouchers, which a venue may call certificates.
        if contains(&["gift certificate", "voucher"]) {
            Self::Nothing
        } else if contains(&CLIENT_CERTIFICATE) {
            Self::OfClient
        } else if contains(&["certificate"]) {
            Self::Any
        } else if numbers.any(|number| CERTIFICATE_SUBSTATUS.contains(&number.trim_end_matches('.'))) {
            Self::Substatus
        } else {
            Self::Nothing
        }
    }
}

impl ErrorPage {
    /// Reads the beginning of a body. `is_cut` says that it is not all of it.
    pub(crate) fn read(beginning: &[u8], is_cut: bool, redactor: &Redactor) -> Self {
        let text = words_of(beginning);
        let message = service_message(beginning);
        Self {
            excerpt: redactor.show_page(beginning, is_cut),
            message: message.map_or(Shown::nothing(), |message| redactor.show(&message, MESSAGE)),
            certificate: CertificateMention::of(&text),
            expects_tls: EXPECTS_TLS.iter().any(|words| text.contains(words)),
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
