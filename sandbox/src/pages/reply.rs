//! Responses for browsers: pages, redirects and assets, with the headers that all of them have.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use maud::Markup;

/// What a page may load: its own style sheet and script. It may be shown in a frame of any site. `form-action` is missing,
/// because browsers apply it to the redirect after a form too, and the confirmation URL is on another site.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'";

/// The attributes of the session cookie. Without `SameSite=None`, browsers do not send it from a frame on another site, and
/// they require `Secure` with it. On loopback they accept `Secure` over plain HTTP.
const COOKIE_ATTRIBUTES: &str = "Path=/; HttpOnly; Secure; SameSite=None";

/// A response for a browser.
#[derive(Debug)]
pub(super) struct PageReply {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl PageReply {
    pub(super) fn html(status: StatusCode, page: Markup) -> Self {
        Self::new(status, "text/html; charset=utf-8", page.into_string())
    }

    /// Returns a file of the sandbox.
    pub(super) fn asset(content_type: &'static str, content: &'static str) -> Self {
        Self::new(StatusCode::OK, content_type, content)
    }

    /// Redirects to another page, which the browser requests with GET, also after a form.
    pub(super) fn redirect(url: &str) -> Self {
        let mut reply = Self::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
        // What is not valid in a header cannot be in a URL either: URLs from outside were parsed and so escaped.
        reply
            .headers
            .extend(HeaderValue::from_str(url).ok().map(|url| (LOCATION, url)));
        reply
    }

    fn new(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let fixed = HeaderValue::from_static;
        let headers = vec![
            (CONTENT_TYPE, fixed(content_type)),
            (CONTENT_SECURITY_POLICY, fixed(CONTENT_POLICY)),
            (CACHE_CONTROL, fixed("no-store")),
            // The URL of the payment page contains a session.
            (REFERRER_POLICY, fixed("no-referrer")),
        ];
        Self {
            status,
            headers,
            body: body.into(),
        }
    }

    /// Sets the session cookie.
    pub(super) fn with_session(self, id: &str) -> Self {
        self.with_cookie(&format!("SessionId={id}; {COOKIE_ATTRIBUTES}"))
    }

    /// Removes the session cookie.
    pub(super) fn without_session(self) -> Self {
        self.with_cookie(&format!("SessionId=; Max-Age=0; {COOKIE_ATTRIBUTES}"))
    }

    fn with_cookie(mut self, cookie: &str) -> Self {
        let cookie = HeaderValue::from_str(cookie).ok();
        self.headers.extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
        self
    }

    pub(super) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.headers);
        response
    }
}
