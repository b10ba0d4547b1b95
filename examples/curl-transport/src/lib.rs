//! A [`Transport`] over libcurl and OpenSSL.
//!
//! Some servers ask for the client certificate only when they have read the request: with renegotiation in TLS 1.2, or with
//! post-handshake authentication in TLS 1.3. Old configurations of IIS do. rustls, which the built-in transport uses, supports
//! neither. OpenSSL supports both.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use curl::easy::{Easy, HttpVersion, List};
use futures_util::stream;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use spektrix_v2::{BodyStream, Transport, TransportError, TransportErrorKind, TransportFuture, TransportResponse};
use tokio::sync::{mpsc, oneshot};
use tokio::task;

/// The number of chunks that wait for their reader. libcurl reads no further until there is room.
const WAITING_CHUNKS: usize = 16;

/// Sends requests with libcurl, over HTTP/1.1.
///
/// Each request makes its own connection, in a thread of Tokio's pool for blocking work.
pub struct CurlTransport {
    certificate: PathBuf,
    key: PathBuf,
    authority: Option<PathBuf>,
}

impl CurlTransport {
    /// Creates a transport with the PEM files of the client certificate, with its chain, and its private key.
    pub fn new(certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        Self {
            certificate: certificate.into(),
            key: key.into(),
            authority: None,
        }
    }

    /// Trusts the certificates of this PEM file instead of those of the system.
    #[must_use]
    pub fn authority(mut self, file: impl AsRef<Path>) -> Self {
        self.authority = Some(file.as_ref().to_owned());
        self
    }

    fn easy(&self, request: &Request<Bytes>) -> Result<Easy, curl::Error> {
        let mut easy = Easy::new();
        easy.url(&request.uri().to_string())?;
        easy.custom_request(request.method().as_str())?;
        if !request.body().is_empty() {
            easy.post_fields_copy(request.body())?;
        }
        let mut headers = List::new();
        for (name, value) in request.headers() {
            headers.append(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))?;
        }
        // libcurl adds a header for large bodies, and waits for a response to it.
        headers.append("Expect:")?;
        easy.http_headers(headers)?;
        easy.ssl_cert(&self.certificate)?;
        easy.ssl_key(&self.key)?;
        if let Some(authority) = &self.authority {
            easy.cainfo(authority)?;
        }
        // Renegotiation and post-handshake authentication do not exist over HTTP/2.
        easy.http_version(HttpVersion::V11)?;
        easy.follow_location(false)?;
        easy.connect_timeout(Duration::from_secs(10))?;
        Ok(easy)
    }
}

impl Transport for CurlTransport {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let easy = self.easy(&request);
        Box::pin(async move {
            let easy = easy.map_err(|error| failure(&error, false))?;
            let (head, head_arrives) = oneshot::channel();
            let (chunks, chunks_arrive) = mpsc::channel(WAITING_CHUNKS);
            task::spawn_blocking(move || perform(easy, head, &chunks));
            let (status, headers) = head_arrives.await.map_err(|_| thread_ended())??;
            let body = stream::unfold(chunks_arrive, async |mut chunks| {
                chunks.recv().await.map(|chunk| (chunk, chunks))
            });
            Ok(TransportResponse::new(status, BodyStream::new(body)).with_headers(headers))
        })
    }
}

type Head = Result<(StatusCode, HeaderMap), TransportError>;

/// Sends the request, and passes on status and headers, then the chunks of the body.
fn perform(mut easy: Easy, head: oneshot::Sender<Head>, chunks: &mpsc::Sender<Result<Bytes, TransportError>>) {
    let mut lines = Vec::new();
    let mut head = Some(head);
    let result = (|| {
        let mut transfer = easy.transfer();
        transfer.header_function(|line| {
            // The end of the headers of a final response; that of "100 Continue" is followed by another status line.
            if line == b"\r\n" && !is_interim(&lines) {
                head.take().is_none_or(|head| head.send(parse(&lines)).is_ok())
            } else {
                if line.starts_with(b"HTTP/") {
                    lines.clear();
                }
                lines.push(line.to_vec());
                true
            }
        })?;
        // Writing fewer bytes than there are cancels the transfer: the reader has dropped the response.
        transfer.write_function(|bytes| {
            let is_read = chunks.blocking_send(Ok(Bytes::copy_from_slice(bytes))).is_ok();
            Ok(if is_read { bytes.len() } else { 0 })
        })?;
        transfer.perform()
    })();
    match (result, head) {
        (Err(error), Some(head)) => drop(head.send(Err(failure(&error, false)))),
        (Err(error), None) => drop(chunks.blocking_send(Err(failure(&error, true)))),
        (Ok(()), _) => {}
    }
}

fn is_interim(lines: &[Vec<u8>]) -> bool {
    status_of(lines).is_some_and(|status| status.is_informational())
}

fn status_of(lines: &[Vec<u8>]) -> Option<StatusCode> {
    let mut words = lines.first()?.split(|byte| *byte == b' ');
    StatusCode::from_bytes(words.nth(1)?.trim_ascii()).ok()
}

fn parse(lines: &[Vec<u8>]) -> Head {
    let unreadable = || TransportError::new(TransportErrorKind::Headers, "");
    let status = status_of(lines).ok_or_else(unreadable)?;
    let mut headers = HeaderMap::new();
    for line in &lines[1..] {
        let colon = line.iter().position(|byte| *byte == b':').ok_or_else(unreadable)?;
        let name = HeaderName::from_bytes(&line[..colon]).map_err(|_| unreadable())?;
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).map_err(|_| unreadable())?;
        headers.append(name, value);
    }
    Ok((status, headers))
}

/// Classifies an error of libcurl. Its description is a constant, so it contains no address.
fn failure(error: &curl::Error, has_response: bool) -> TransportError {
    let kind = if has_response {
        TransportErrorKind::Body
    } else if error.is_couldnt_resolve_host() || error.is_couldnt_connect() {
        TransportErrorKind::Connect
    } else if error.is_peer_failed_verification() || error.is_ssl_cacert_badfile() {
        TransportErrorKind::ServerCertificate
    } else if error.is_ssl_connect_error() || error.is_ssl_certproblem() {
        TransportErrorKind::Tls
    } else if error.is_operation_timedout() {
        TransportErrorKind::Timeout
    } else if error.is_got_nothing() || error.is_recv_error() || error.is_send_error() {
        TransportErrorKind::Closed
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind, error.description())
}

fn thread_ended() -> TransportError {
    TransportError::new(TransportErrorKind::Other, "the thread of the request ended")
}
