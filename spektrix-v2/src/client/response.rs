//! Reads responses: maps the status to an error, reads the body within its limit, decodes it.

use std::time::Duration;

use futures_util::TryStreamExt;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode, Uri};
use tokio::time::{Instant, timeout_at};

use super::Client;
use super::telemetry::Meter;
use crate::error::{Error, ErrorContext, ErrorPage, Fault, NAME, Redactor, Shown};
use crate::operation::{Operation, OperationInfo, Paged};
use crate::runtime::{BodyNames, DecodeError, DecodeErrorKind, Decoded};
use crate::transport::{BodyStream, TransportResponse};

/// A successful response with its complete body.
pub(super) struct CompleteResponse {
    pub(super) context: ErrorContext,
    pub(super) status: StatusCode,
    /// Whether the headers declare the body a web page.
    pub(super) is_web_page: bool,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) redactor: Redactor,
    /// Measures the call, which ends with the decoding.
    pub(super) meter: Meter,
}

impl CompleteResponse {
    /// Decodes the body. This is the only step of a call that is compiled for each operation.
    pub(super) fn decode<O: Operation>(&self, client: &Client) -> Result<O::Response, Error> {
        self.try_decode::<O>(client).map_err(|error| self.undecodable(&error))
    }

    /// Decodes a page of a list. After pages with items, one without any ends the list, even if it contains something else:
    /// a total, for example, which every page contains.
    pub(super) fn decode_page<O: Paged>(&self, client: &Client, is_after_items: bool) -> Result<Vec<O::Item>, Error> {
        match self.try_decode::<O>(client) {
            Err(error) if is_after_items && matches!(error.kind(), DecodeErrorKind::UnknownItems { .. }) => {
                self.meter.succeed(self.status, self.body.len());
                Ok(Vec::new())
            }
            result => result.map_err(|error| self.undecodable(&error)),
        }
    }

    fn try_decode<O: Operation>(&self, client: &Client) -> Result<O::Response, DecodeError> {
        self.check_content_type(&O::INFO)?;
        let Decoded { value, unknown, .. } = O::decode_response(&self.body, &client.0.decode_options)?;
        client.0.unknown.report(O::INFO.name, &unknown, &self.redactor);
        self.meter.succeed(self.status, self.body.len());
        Ok(value)
    }

    /// Refuses a web page where the response should be empty, even an empty web page: a proxy or a sign-in page may have
    /// responded, and nothing in the body would show it. Any other response is judged by its body alone.
    fn check_content_type(&self, info: &OperationInfo) -> Result<(), DecodeError> {
        if self.is_web_page && info.response == BodyNames::EMPTY {
            return Err(DecodeError::new(DecodeErrorKind::Html, String::new(), 0));
        }
        Ok(())
    }

    fn undecodable(&self, error: &DecodeError) -> Error {
        let fault = decode_fault(self.status, error, &self.body, &self.redactor);
        self.meter.fail(&fault);
        Error::during(self.context, fault)
    }
}

/// Returns a successful response whose body is not read, or the fault that its status represents. `time` limits how long the
/// body of a refusal is read.
pub(super) async fn check_status(
    response: TransportResponse,
    redactor: &Redactor,
    time: Duration,
) -> Result<TransportResponse, Fault> {
    let status = response.status;
    if status.is_success() {
        return Ok(response);
    }
    // The body of a redirect is not read: it contains nothing but the address. A 304 has no address.
    if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
        let target = redactor.show(&redirect_target(&response.headers), NAME);
        return Err(Fault::Redirect { status, target });
    }
    let (beginning, is_cut) = read_beginning(response.body, time).await;
    let page = ErrorPage::read(&beginning, is_cut, redactor).with_connection(response.connection);
    let page = Box::new(page);
    Err(Fault::Status { status, page })
}

/// Reads the complete body, if it is within the limit.
pub(super) async fn read_body(
    TransportResponse {
        status, headers, body, ..
    }: &mut TransportResponse,
    max_bytes: usize,
    redactor: &Redactor,
) -> Result<Vec<u8>, Fault> {
    // A body that declares its length is refused before a byte of it is read.
    if content_length(headers).is_some_and(|length| length > max_bytes) {
        return Err(over_limit(*status, max_bytes, 0));
    }
    let mut whole = Vec::new();
    loop {
        let chunk = body.try_next().await;
        let chunk = chunk.map_err(|error| Fault::Transport(redactor.transport_error(&error)))?;
        let Some(chunk) = chunk else { return Ok(whole) };
        // The chunk is not added first: a server cannot make the client use more memory than the limit.
        if whole.len() + chunk.len() > max_bytes {
            return Err(over_limit(*status, max_bytes, whole.len()));
        }
        whole.extend_from_slice(&chunk);
    }
}

/// Creates the fault for a body that cannot be decoded. The text of a web page is quoted, but not of any other body: it may
/// contain a customer's data.
pub(super) fn decode_fault(status: StatusCode, error: &DecodeError, body: &[u8], redactor: &Redactor) -> Fault {
    let excerpt = match error.kind() {
        DecodeErrorKind::Html => {
            let beginning = &body[..body.len().min(MAX_ERROR_PAGE)];
            redactor.show_page(beginning, beginning.len() < body.len())
        }
        _ => Shown::nothing(),
    };
    Fault::Decode {
        status,
        error: redactor.decode_error(error),
        excerpt,
    }
}

/// Returns whether the headers declare the body a web page.
pub(super) fn declares_web_page(headers: &HeaderMap) -> bool {
    const WEB_PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];
    // A proxy may have added a second header, or a second value, so all of them count.
    let mut kinds = headers
        .get_all(CONTENT_TYPE)
        .iter()
        .filter_map(|kind| kind.to_str().ok())
        .flat_map(|kinds| kinds.split(','))
        // Parameters like the character set are cut off.
        .filter_map(|kind| kind.split(';').next());
    kinds.any(|kind| WEB_PAGES.iter().any(|page| page.eq_ignore_ascii_case(kind.trim())))
}

/// Returns the declared length of the body.
pub(super) fn content_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

pub(super) fn over_limit(status: StatusCode, max_bytes: usize, offset: usize) -> Fault {
    let limit = format!("more than the {max_bytes} bytes that are allowed");
    Fault::Decode {
        status,
        error: DecodeError::new(DecodeErrorKind::Limit(limit), String::new(), offset),
        excerpt: Shown::nothing(),
    }
}

/// The number of bytes of an error page that are read, to quote its text.
const MAX_ERROR_PAGE: usize = 64 * 1024;

/// Reads the first bytes of an error page. Also returns whether more may follow. If reading fails or takes too long, what
/// has arrived is enough: the status is more important.
async fn read_beginning(mut chunks: BodyStream, time: Duration) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    let end = Instant::now() + time;
    loop {
        match timeout_at(end, chunks.try_next()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk[..chunk.len().min(MAX_ERROR_PAGE - body.len())]),
            Ok(Ok(None)) => return (body, false),
            Ok(Err(_)) | Err(_) => return (body, true),
        }
        if body.len() == MAX_ERROR_PAGE {
            return (body, true);
        }
    }
}

/// Returns the host that a redirect points to. The rest of the address is left out: it may repeat the query, and with it the
/// API key.
fn redirect_target(headers: &HeaderMap) -> String {
    const UNREADABLE: &str = "an unreadable address";
    let Some(location) = headers.get(LOCATION) else {
        return "no address".into();
    };
    let Ok(location) = location.to_str() else {
        return UNREADABLE.into();
    };
    // As browsers read it: a backslash counts as a slash, and `//` at the beginning is followed by a host.
    let location = location.trim().replace('\\', "/");
    let (scheme, rest) = location.split_at(location.find([':', '/', '?', '#']).unwrap_or(location.len()));
    let address = match (scheme, rest) {
        ("", rest) if rest.starts_with("//") => format!("https:{rest}"),
        (_, rest) if rest.starts_with(':') => location,
        _ => return "the same host".into(),
    };
    match address.parse::<Uri>() {
        Ok(address) if address.scheme().is_some() => address.host().unwrap_or(UNREADABLE).to_owned(),
        _ => UNREADABLE.into(),
    }
}
