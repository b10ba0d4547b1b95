//! The built-in transport: reqwest, with everything turned off that could carry a secret elsewhere.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use reqwest::redirect::Policy;
use rustls::{AlertDescription, CertificateError};

use super::{BodyStream, Tls, Transport, TransportError, TransportFault, TransportFuture, TransportResponse};
use crate::error::Error;
use crate::secret::Secret;

/// Sends requests with reqwest.
pub(crate) struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    pub(crate) fn new(tls: Tls, connect_timeout: Duration, proxy: Option<&Secret>) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.into_config()?)
            .connect_timeout(connect_timeout)
            .redirect(Policy::none())
            .referer(false)
            // Trying again is the client's own affair. Below that, hyper takes a new connection for a request of which
            // not one byte was written, because the idle one at hand turned out to be closed: it is still sent once.
            .retry(reqwest::retry::never())
            .no_proxy();
        let builder = match proxy {
            Some(address) => builder.proxy(tunnel(address)?),
            None => builder,
        };
        builder.build().map(Self).map_err(|error| {
            let why = describe(&error.without_url());
            Error::configuration(format!("the HTTP client cannot be set up: {why}"), "")
        })
    }
}

/// A proxy for encrypted connections alone: an unencrypted one, to this machine, would show it the API key. The
/// connection to the proxy is not encrypted, for it would be shown the client certificate.
fn tunnel(address: &Secret) -> Result<reqwest::Proxy, Error> {
    let address = Some(address.expose()).filter(|address| address.starts_with("http://"));
    let proxy = address.and_then(|address| reqwest::Proxy::https(address).ok());
    proxy.ok_or_else(|| {
        Error::configuration(
            "the proxy's address is not one",
            "write it as `http://host:3128`, or `http://user:password@host:3128`",
        )
    })
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = request.try_into().map_err(sanitise)?;
            let response = self.0.execute(request).await.map_err(sanitise)?;
            Ok(answer(response))
        })
    }
}

fn answer(mut response: reqwest::Response) -> TransportResponse {
    let headers = std::mem::take(response.headers_mut());
    let status = response.status();
    let pieces = response.bytes_stream().map_err(sanitise);
    TransportResponse::new(status, BodyStream::new(pieces)).with_headers(headers)
}

/// Takes from an error what may be shown: an error of reqwest carries the address, and with it the API key.
fn sanitise(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(classify(&error), describe(&error))
}

fn classify(error: &reqwest::Error) -> TransportFault {
    if let Some(fault) = chain(error).find_map(tls_fault) {
        return fault;
    }
    if chain(error).any(quotes_refused_certificate) {
        return TransportFault::ClientCertificate;
    }
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => TransportFault::ConnectTimeout,
        (false, true) => TransportFault::Timeout,
        (true, false) if chain(error).any(is_early_end) => TransportFault::Closed,
        (true, false) => TransportFault::Connect,
        // The connection stood, but ended before the head of an answer came.
        (false, false) if error.is_request() => TransportFault::Closed,
        (false, false) if error.is_body() || error.is_decode() => TransportFault::Body,
        (false, false) => TransportFault::Other,
    }
}

/// What went wrong with the encryption, if the cause is that.
fn tls_fault(cause: &(dyn StdError + 'static)) -> Option<TransportFault> {
    match cause.downcast_ref()? {
        rustls::Error::AlertReceived(alert) if ABOUT_CLIENT_CERTIFICATE.contains(alert) => {
            Some(TransportFault::ClientCertificate)
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => Some(TransportFault::ServerName),
        rustls::Error::InvalidCertificate(_) => Some(TransportFault::ServerCertificate),
        _ => Some(TransportFault::Tls),
    }
}

/// HTTP/2 keeps of an error of its connection no more than the words.
fn quotes_refused_certificate(cause: &(dyn StdError + 'static)) -> bool {
    let text = cause.to_string();
    let mut refusals = ABOUT_CLIENT_CERTIFICATE.map(rustls::Error::AlertReceived).into_iter();
    refusals.any(|refusal| text.contains(&refusal.to_string()))
}

/// How a server says what is wrong with a client's certificate.
const ABOUT_CLIENT_CERTIFICATE: [AlertDescription; 9] = [
    AlertDescription::AccessDenied,
    AlertDescription::BadCertificate,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateRequired,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateUnknown,
    AlertDescription::NoCertificate,
    AlertDescription::UnknownCA,
    AlertDescription::UnsupportedCertificate,
];

fn is_early_end(cause: &(dyn StdError + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    kind.is_some_and(|kind| [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof].contains(&kind))
}

/// The causes on one line, each thing said once.
fn describe(error: &reqwest::Error) -> String {
    let mut said: Vec<String> = Vec::new();
    for text in chain(error).map(|cause| without_links(&cause.to_string())) {
        if !says_nothing(&text) && !said.iter().any(|earlier| earlier.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ")
}

/// Libraries add links to their manuals; and an address that is none of theirs has no place here either.
fn without_links(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ").trim_end_matches(':').to_owned()
}

/// Outer layers say only that the request failed, and in which of their functions.
fn says_nothing(text: &str) -> bool {
    text.starts_with("error sending request") || text.starts_with("client error (")
}

/// The error and its causes.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&cause| {
        // The `source` of an I/O error passes over the error that it was made of.
        let inside = cause.downcast_ref().and_then(io::Error::get_ref);
        inside.map_or_else(|| cause.source(), |inside| Some(inside as _))
    })
}
