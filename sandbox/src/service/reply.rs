//! A successful answer: a body and its content type.

use bytes::Bytes;
use http::{HeaderValue, Response, header};

const XML: &str = "application/xml; charset=utf-8";

/// What a request is answered with, status 200.
#[derive(Debug)]
pub(crate) struct Reply {
    content_type: HeaderValue,
    body: Bytes,
}

impl Reply {
    pub(crate) fn xml(body: impl Into<Bytes>) -> Self {
        Self {
            content_type: HeaderValue::from_static(XML),
            body: body.into(),
        }
    }

    /// A page with the content type that was recorded for it.
    pub(crate) fn page(content_type: HeaderValue, body: &'static [u8]) -> Self {
        Self {
            content_type,
            body: Bytes::from_static(body),
        }
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        response.headers_mut().insert(header::CONTENT_TYPE, self.content_type);
        response
    }
}
