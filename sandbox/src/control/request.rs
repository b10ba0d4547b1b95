//! Reads a request of the endpoint: only from this machine, and only what says that it is JSON.

use bytes::Bytes;
use http::request::Parts;
use http::uri::Authority;
use http::{Method, StatusCode, header};
use hyper::body::Body as HttpBody;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::answer::Refusal;
use crate::service::read_body;

/// A page that had the name of its own host point to this machine would come with that name.
pub(super) fn check_host(head: &Parts) -> Result<(), Refusal> {
    let host = head.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    let host = host.as_ref().or(head.uri.authority());
    match host.map(Authority::host) {
        Some("127.0.0.1" | "localhost") => Ok(()),
        _ => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "The control endpoint is for this machine alone: ask 127.0.0.1 or localhost.",
        )),
    }
}

/// The body of a request that has one, of a bounded size.
pub(super) async fn body<B>(head: &Parts, body: B) -> Result<Bytes, Refusal>
where
    B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    if head.method == Method::GET || head.method == Method::DELETE {
        return Ok(Bytes::new());
    }
    let kind = head.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Say what is sent: Content-Type: application/json.",
        ));
    }
    Ok(read_body(body).await?)
}

pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::bad_request(format!("That cannot be read: {error}.")))
}

pub(super) fn parameter(head: &Parts, name: &str) -> Option<String> {
    let query = head.uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}
