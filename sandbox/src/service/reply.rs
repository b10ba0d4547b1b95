//! A successful answer: a body and its content type.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Response};

use super::cookies::SESSION;

const XML: &str = "application/xml; charset=utf-8";

/// What a request is answered with, status 200.
#[derive(Debug)]
pub(crate) struct Reply {
    content_type: Option<HeaderValue>,
    set_cookie: Option<HeaderValue>,
    body: Bytes,
}

impl Reply {
    pub(crate) fn xml(body: impl Into<Bytes>) -> Self {
        Self::new(HeaderValue::from_static(XML), body.into())
    }

    pub(crate) fn pdf(body: Vec<u8>) -> Self {
        Self::new(HeaderValue::from_static("application/pdf"), body.into())
    }

    /// What most changes are answered with.
    pub(crate) fn empty() -> Self {
        Self {
            content_type: None,
            set_cookie: None,
            body: Bytes::new(),
        }
    }

    /// A page with the content type that was recorded for it.
    pub(crate) fn page(content_type: HeaderValue, body: &'static [u8]) -> Self {
        Self::new(content_type, Bytes::from_static(body))
    }

    fn new(content_type: HeaderValue, body: Bytes) -> Self {
        Self {
            content_type: Some(content_type),
            set_cookie: None,
            body,
        }
    }

    /// The same answer, which also begins a session. The id has nothing in it that a cookie cannot have.
    pub(crate) fn with_session(mut self, id: &str) -> Self {
        let cookie = format!("{SESSION}={id}; path=/; secure; HttpOnly");
        self.set_cookie = HeaderValue::try_from(cookie).ok();
        self
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        let own = [(CONTENT_TYPE, self.content_type), (SET_COOKIE, self.set_cookie)];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        response.headers_mut().extend(own);
        response
    }
}
