//! Requests and responses of the control endpoint: JSON, and only from this machine.

use std::fmt;

use bytes::Bytes;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderValue, Method, Response, StatusCode, header};
use hyper::body::Body as HttpBody;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::form_urlencoded;

use crate::api::{Refusal, read_body_up_to};

/// Checks that the request names this machine as its host.
///
/// This refuses DNS rebinding: a web page whose host name was pointed to this machine sends its own host name.
pub(super) fn check_host(head: &Parts) -> Result<(), Refusal> {
    let host = head.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    let host = host.as_ref().or(head.uri.authority());
    match host.map(Authority::host) {
        Some("127.0.0.1" | "localhost") => Ok(()),
        _ => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "The control endpoint is only for this machine: use the host 127.0.0.1 or localhost.",
        )),
    }
}

/// Reads the body of a request whose method has one. It must be declared as JSON.
pub(super) async fn json_body<B>(head: &Parts, body: B, max_bytes: usize) -> Result<Bytes, Refusal>
where
    B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    if head.method == Method::GET || head.method == Method::DELETE {
        return Ok(Bytes::new());
    }
    let kind = head.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    // A web page can send other types to any host. For this one, browsers ask for permission first.
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The request must have the header Content-Type: application/json.",
        ));
    }
    read_body_up_to(max_bytes, body).await
}

pub(super) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::invalid(format!("The body cannot be parsed: {error}.")))
}

/// Returns the value of a query parameter.
pub(super) fn parameter(head: &Parts, name: &str) -> Option<String> {
    let query = head.uri.query().unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// A refusal for an error of the sandbox itself.
pub(super) fn internal_error(error: impl fmt::Display) -> Refusal {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// A response in JSON.
#[derive(Debug)]
pub(super) struct JsonResponse {
    status: StatusCode,
    body: Bytes,
}

impl JsonResponse {
    pub(super) fn ok(value: &impl Serialize) -> Self {
        Self::new(StatusCode::OK, value)
    }

    pub(super) fn new(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self {
                status,
                body: body.into(),
            },
            Err(error) => internal_error(error).into(),
        }
    }

    pub(super) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    }
}

impl From<Refusal> for JsonResponse {
    fn from(refusal: Refusal) -> Self {
        let (status, message) = refusal.into_parts();
        let body = json!({ "error": message }).to_string();
        Self {
            status,
            body: body.into(),
        }
    }
}
