//! How updates are sent: three forms of PATCH, for proxies that do not forward every method.

use http::header::HeaderName;
use http::{HeaderValue, Request};

use crate::operation::Method;

/// How an operation whose method is PATCH is sent. The service accepts all three styles, but a proxy may not.
///
/// Set it with [`ClientBuilder::update_style`](crate::ClientBuilder::update_style).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateStyle {
    /// `PATCH`.
    #[default]
    Patch,
    /// `POST` with the header `X-HTTP-Method-Override: PATCH`, for proxies that forward only the common methods.
    PostWithOverride,
    /// `PROPPATCH`.
    Proppatch,
}

const OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

impl UpdateStyle {
    /// Sets the method of a request to that of its operation.
    pub(super) fn apply<B>(self, method: Method, request: &mut Request<B>) {
        *request.method_mut() = self.http_method(method);
        if (method, self) == (Method::Patch, Self::PostWithOverride) {
            request
                .headers_mut()
                .insert(OVERRIDE, HeaderValue::from_static("PATCH"));
        }
    }

    fn http_method(self, method: Method) -> http::Method {
        match (method, self) {
            (Method::Get, _) => http::Method::GET,
            (Method::Post, _) | (Method::Patch, Self::PostWithOverride) => http::Method::POST,
            (Method::Patch, Self::Patch) => http::Method::PATCH,
            (Method::Patch, Self::Proppatch) => proppatch(),
            (Method::Put, _) => http::Method::PUT,
            (Method::Delete, _) => http::Method::DELETE,
            // Codegen refuses a name that is not a method.
            (Method::Other(name), _) => http::Method::from_bytes(name.as_bytes()).unwrap_or(http::Method::POST),
        }
    }
}

/// The http crate has no constant for it. A test checks that this is a valid method.
fn proppatch() -> http::Method {
    http::Method::from_bytes(b"PROPPATCH").unwrap_or(http::Method::PATCH)
}
