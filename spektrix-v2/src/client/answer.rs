//! An answer: its body within the limit, its status as an error where it is one, its body as a value.

use std::hash::{DefaultHasher, Hasher};

use futures_util::TryStreamExt;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode, Uri};

use super::Client;
use super::attempt::transport_fault;
use super::measure::Watch;
use crate::error::{Error, Fault, Redactor, Tried, excerpt};
use crate::operation::{Operation, OperationInfo};
use crate::transport::{BodyStream, TransportResponse};
use crate::xml::{Body, BodyNames, DecodeError, DecodeErrorKind, Decoded};

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
        let options = &client.0.decode_options;
        let decoded = |body: &[u8]| {
            self.check_content_type(&O::INFO)?;
            O::Response::decode(body, O::INFO.response, options)
        };
        match decoded(&self.body) {
            Ok(Decoded { value, unknown, .. }) => {
                client.0.unknown.tell(O::INFO.name, &unknown);
                self.watch.succeed(self.status, self.body.len());
                Ok(value)
            }
            Err(error) => Err(self.undecodable(error, &|body| decoded(body).err())),
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

    /// The error for a body that cannot be decoded, given what is wrong with another body.
    fn undecodable(&self, error: DecodeError, error_of: &dyn Fn(&[u8]) -> Option<DecodeError>) -> Error {
        let error = self.without_secrets(error, error_of);
        let fault = Fault::Decode {
            status: self.status,
            excerpt: excerpt_of_page(&error, &self.body, &self.redactor),
            error,
        };
        self.watch.fail(&fault);
        Error::during(self.tried, fault)
    }

    /// Tells one body from another.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.body);
        hasher.finish()
    }

    /// An error quotes the value in question. Should the body repeat a secret, the error is taken of the body without
    /// it: the quotation may be cut, and a part of a secret is not found again.
    fn without_secrets(&self, error: DecodeError, error_of: &dyn Fn(&[u8]) -> Option<DecodeError>) -> DecodeError {
        let body = String::from_utf8_lossy(&self.body);
        let clean = self.redactor.finds(&body).then(|| self.redactor.scrub(&body));
        let again = clean.map(|clean| error_of(clean.as_bytes()));
        match again {
            None if !self.redactor.finds(&error.to_string()) => error,
            Some(Some(again)) if !self.redactor.finds(&again.to_string()) => again,
            _ => repeats_secret(&error),
        }
    }
}

/// What takes the place of an error that might quote a secret.
pub(super) fn repeats_secret(error: &DecodeError) -> DecodeError {
    let kind = DecodeErrorKind::Malformed("it repeats a secret of the request".into());
    DecodeError::new(kind, String::new(), error.offset())
}

/// Of web pages only: any other body may hold what belongs to a customer.
pub(super) fn excerpt_of_page(error: &DecodeError, body: &[u8], redactor: &Redactor) -> String {
    match error.kind() {
        DecodeErrorKind::Html => excerpt(body, redactor),
        _ => String::new(),
    }
}

/// Lets a successful answer pass, its body unread; makes faults of all others.
pub(super) async fn accept(response: TransportResponse, redactor: &Redactor) -> Result<TransportResponse, Fault> {
    let TransportResponse { status, headers, body } = response;
    if status.is_success() {
        return Ok(TransportResponse { status, headers, body });
    }
    if status.is_redirection() {
        let host = target_host(&headers);
        return Err(Fault::Redirect { status, host });
    }
    let excerpt = excerpt(&beginning(body).await, redactor);
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
        excerpt: String::new(),
    }
}

/// The first bytes of an error page. What keeps the rest from coming does not matter any more.
async fn beginning(mut pieces: BodyStream) -> Vec<u8> {
    const ENOUGH: usize = 64 * 1024;
    let mut body = Vec::new();
    while let Ok(Some(piece)) = pieces.try_next().await {
        body.extend_from_slice(&piece[..piece.len().min(ENOUGH - body.len())]);
        if body.len() == ENOUGH {
            break;
        }
    }
    body
}

/// The host alone: the rest of the address may repeat the query.
fn target_host(headers: &HeaderMap) -> String {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(location) = location else {
        return "nowhere".into();
    };
    match location.parse::<Uri>() {
        Ok(address) => address.host().map_or_else(|| "the same host".into(), str::to_owned),
        Err(_) => "an address that cannot be read".into(),
    }
}
