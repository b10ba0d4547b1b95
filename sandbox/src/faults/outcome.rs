//! The outcome of a request: a response, or what happens to its connection instead.

use http::{HeaderName, HeaderValue, Response, header};

use super::response_body::ResponseBody;
use crate::api::ContentCoding;

/// What the server does after a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It sends a response.
    Respond(Response<ResponseBody>),
    /// It sends a response, and ends the connection when all open requests are done.
    RespondAndEnd(Response<ResponseBody>),
    /// It resets the TCP connection.
    Reset,
    /// It sends nothing more on the connection, and leaves it open.
    Freeze,
    /// It resets the stream of HTTP/2.
    ResetStream(h2::Reason),
    /// It ends the connection of HTTP/2, and says that it has processed no request.
    GoAway,
}

impl Outcome {
    /// Returns the response, if there is one.
    pub(crate) fn response(&self) -> Option<&Response<ResponseBody>> {
        match self {
            Self::Respond(response) | Self::RespondAndEnd(response) => Some(response),
            _ => None,
        }
    }

    /// Returns the response, to change it.
    pub(crate) fn response_mut(&mut self) -> Option<&mut Response<ResponseBody>> {
        match self {
            Self::Respond(response) | Self::RespondAndEnd(response) => Some(response),
            _ => None,
        }
    }
}

/// Compresses a response as the request accepts it, unless it is compressed or claims to be. Documents in PDF are not
/// compressed, because they are compressed already.
pub(crate) fn compress(response: &mut Response<ResponseBody>, accepted: Option<ContentCoding>) {
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_text = kind.is_some_and(|kind| kind.starts_with("text/") || kind.contains("xml"));
    if !is_text || headers.contains_key(header::CONTENT_ENCODING) {
        return;
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = accepted.filter(|_| response.body().length() > 0) {
        set_coding(response, coding);
    }
}

/// Compresses a response.
pub(super) fn set_coding(response: &mut Response<ResponseBody>, coding: ContentCoding) {
    response.body_mut().coding = Some(coding);
    set_header(response, header::CONTENT_ENCODING, coding.name());
}

/// Sets a header. Its value was checked when the fault was injected.
pub(super) fn set_header<T>(response: &mut Response<T>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(name, value);
    }
}
