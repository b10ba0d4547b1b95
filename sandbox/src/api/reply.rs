//! Successful responses: a body with its content type, and values encoded as bodies of an operation.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderValue, Response, StatusCode};
use spektrix_v2::{Operation, Paged};

use super::call::{Call, SESSION_COOKIE};
use super::refusal::Refusal;

/// The content type of ordinary responses.
pub(crate) const XML: &str = "application/xml; charset=utf-8";
const PDF: &str = "application/pdf";

/// A response with status 200.
#[derive(Debug)]
pub(crate) struct Reply {
    content_type: Option<HeaderValue>,
    set_cookie: Option<HeaderValue>,
    body: Bytes,
}

impl Reply {
    /// Encodes a value as the response of an operation.
    pub(crate) fn encode<O: Operation>(value: &O::Response) -> Result<Self, Refusal> {
        let body = O::encode_response(value).map_err(|error| {
            // The venue's data can always be encoded. Only what the request sent, the message of an echo, may contain
            // characters that XML does not allow.
            Refusal::new(
                StatusCode::BAD_REQUEST,
                format!("The response cannot be encoded: {error}."),
            )
        })?;
        Ok(Self::xml(body.unwrap_or_default()))
    }

    /// Encodes the requested page of a list.
    pub(crate) fn encode_page<'a, O>(
        call: &Call<'_>,
        items: impl IntoIterator<Item = &'a O::Item>,
    ) -> Result<Self, Refusal>
    where
        O: Paged<Item: Clone + 'a>,
    {
        let page = call.parameters.page().of(items.into_iter());
        Self::encode::<O>(&page.cloned().collect())
    }

    /// Encodes the items of a list without paging that pass a filter.
    pub(crate) fn encode_filtered<'a, O, T>(
        items: impl IntoIterator<Item = &'a T>,
        is_wanted: impl Fn(&T) -> bool,
    ) -> Result<Self, Refusal>
    where
        O: Operation<Response = Vec<T>>,
        T: Clone + 'a,
    {
        let wanted = items.into_iter().filter(|item| is_wanted(item));
        Self::encode::<O>(&wanted.cloned().collect())
    }

    pub(crate) fn xml(body: impl Into<Bytes>) -> Self {
        Self::new(HeaderValue::from_static(XML), body.into())
    }

    pub(crate) fn pdf(body: Vec<u8>) -> Self {
        Self::new(HeaderValue::from_static(PDF), body.into())
    }

    /// Returns a reply without a body. Most writes have one.
    pub(crate) fn empty() -> Self {
        Self {
            content_type: None,
            set_cookie: None,
            body: Bytes::new(),
        }
    }

    /// Returns a built-in page with the content type that was recorded for it.
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

    /// Adds the cookie of a new session. The id consists of characters that are valid in a cookie.
    pub(crate) fn with_session(mut self, id: &str) -> Self {
        let cookie = format!("{SESSION_COOKIE}={id}; path=/; secure; HttpOnly");
        self.set_cookie = HeaderValue::try_from(cookie).ok();
        self
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        let headers = [(CONTENT_TYPE, self.content_type), (SET_COOKIE, self.set_cookie)];
        let headers = headers.into_iter().filter_map(|(name, value)| Some((name, value?)));
        response.headers_mut().extend(headers);
        response
    }
}
