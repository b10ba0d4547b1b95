//! An answer: its body within the limit, its status as an error where it is one, its body as a value.

use std::hash::{DefaultHasher, Hasher};

use futures_util::TryStreamExt;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode, Uri};

use super::Client;
use super::attempt::transport_fault;
use super::measure::Watch;
use crate::error::{Error, Fault, NAME, Redactor, Shown, Tried};
use crate::operation::{Operation, OperationInfo};
use crate::runtime::{BodyNames, DecodeError, DecodeErrorKind, Decoded};
use crate::transport::{BodyStream, TransportResponse};

/// A successful answer, not yet read.
pub(super) struct Answer {
    pub(super) tried: Tried,
    pub(super) status: StatusCode,
    /// Whether its headers call it a web page.
    pub(super) is_web_page: bool,
    pub(super) body: Vec<u8>,
    pub(super) redactor: Redactor,
    pub(super) watch: Watch,
}

impl Answer {
    /// The body as the operation's response.
    pub(super) fn decode<O: Operation>(&self, client: &Client) -> Result<O::Response, Error> {
        let decoded = self.check_content_type(&O::INFO);
        let decoded = decoded.and_then(|()| O::decode_response(&self.body, &client.0.decode_options));
        match decoded {
            Ok(Decoded { value, unknown, .. }) => {
                client.0.unknown.tell(O::INFO.name, &unknown, &self.redactor);
                self.watch.succeed(self.status, self.body.len());
                Ok(value)
            }
            Err(error) => Err(self.undecodable(&error)),
        }
    }

    /// Refuses a web page where an empty response is expected, even an empty web page: a proxy or a sign-in page may
    /// have responded, and nothing in the body would show it. Any other response is judged by its body alone.
    fn check_content_type(&self, info: &OperationInfo) -> Result<(), DecodeError> {
        if self.is_web_page && info.response == BodyNames::EMPTY {
            return Err(DecodeError::new(DecodeErrorKind::Html, String::new(), 0));
        }
        Ok(())
    }

    /// The error for a body that cannot be decoded.
    fn undecodable(&self, error: &DecodeError) -> Error {
        let fault = decode_fault(self.status, error, &self.body, &self.redactor);
        self.watch.fail(&fault);
        Error::during(self.tried, fault)
    }

    /// Tells one body from another.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.body);
        hasher.finish()
    }
}

/// The fault for a body that cannot be decoded, given its beginning. Only of a web page is the text quoted: any other
/// body may hold what belongs to a customer.
pub(super) fn decode_fault(status: StatusCode, error: &DecodeError, body: &[u8], redactor: &Redactor) -> Fault {
    let excerpt = match error.kind() {
        DecodeErrorKind::Html => redactor.show_page(&body[..body.len().min(ENOUGH)], body.len() > ENOUGH),
        _ => Shown::nothing(),
    };
    Fault::Decode {
        status,
        error: redactor.decode_error(error),
        excerpt,
    }
}

/// Lets a successful answer pass, its body unread; makes faults of all others.
pub(super) async fn accept(response: TransportResponse, redactor: &Redactor) -> Result<TransportResponse, Fault> {
    let TransportResponse { status, headers, body } = response;
    if status.is_success() {
        return Ok(TransportResponse { status, headers, body });
    }
    if status.is_redirection() {
        let host = redactor.show(&target_host(&headers), NAME);
        return Err(Fault::Redirect { status, host });
    }
    let (beginning, is_cut) = beginning(body).await;
    let excerpt = redactor.show_page(&beginning, is_cut);
    Err(Fault::Status { status, excerpt })
}

/// The whole body of an answer, within the limit.
pub(super) async fn whole_body(
    TransportResponse { status, headers, body }: &mut TransportResponse,
    max_bytes: usize,
    redactor: &Redactor,
) -> Result<Vec<u8>, Fault> {
    if announced_length(headers).is_some_and(|length| length > max_bytes) {
        return Err(over_limit(*status, max_bytes, 0));
    }
    let mut whole = Vec::new();
    while let Some(piece) = body
        .try_next()
        .await
        .map_err(|error| transport_fault(&error, redactor))?
    {
        if whole.len() + piece.len() > max_bytes {
            return Err(over_limit(*status, max_bytes, whole.len()));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
}

/// Whether the headers call the body a web page.
pub(super) fn declares_web_page(headers: &HeaderMap) -> bool {
    const WEB_PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];
    let kinds = headers
        .get_all(CONTENT_TYPE)
        .iter()
        .filter_map(|kind| kind.to_str().ok());
    let mut kinds = kinds.filter_map(|kind| kind.split(';').next());
    kinds.any(|kind| WEB_PAGES.iter().any(|page| page.eq_ignore_ascii_case(kind.trim())))
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn over_limit(status: StatusCode, max_bytes: usize, offset: usize) -> Fault {
    let limit = format!("more than the {max_bytes} bytes that are allowed");
    Fault::Decode {
        status,
        error: DecodeError::new(DecodeErrorKind::Limit(limit), String::new(), offset),
        excerpt: Shown::nothing(),
    }
}

/// So many bytes of an error page are read, to quote its text.
const ENOUGH: usize = 64 * 1024;

/// The first bytes of an error page, and whether more may follow. What keeps the rest from coming does not matter.
async fn beginning(mut chunks: BodyStream) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        match chunks.try_next().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk[..chunk.len().min(ENOUGH - body.len())]),
            Ok(None) => return (body, false),
            Err(_) => return (body, true),
        }
        if body.len() == ENOUGH {
            return (body, true);
        }
    }
}

/// The host that a redirect points to, and nothing else of the address: the rest may repeat the query.
fn target_host(headers: &HeaderMap) -> String {
    const UNREADABLE: &str = "an address that cannot be read";
    let Some(location) = headers.get(LOCATION) else {
        return "nowhere".into();
    };
    let Ok(location) = location.to_str() else {
        return UNREADABLE.into();
    };
    // As browsers read it: a backslash counts as a slash, and two at the beginning are followed by a host.
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
