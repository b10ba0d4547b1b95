//! Refusals: a status, a message, and the HTML error page that the service sends for them.

use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header};
use quick_xml::escape::escape;

/// Why a request was refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    allow: Option<String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            allow: None,
        }
    }

    /// Refuses what was sent with 400.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Refuses a method with 405. `allowed` lists the allowed methods, separated by commas.
    pub(crate) fn method_not_allowed(method: &Method, allowed: &str) -> Self {
        let message = format!("The method {method} is not allowed here. Allowed: {allowed}.");
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, message);
        Self {
            allow: Some(allowed.to_owned()),
            ..refusal
        }
    }

    /// Returns the status and the message.
    pub(crate) fn into_parts(self) -> (StatusCode, String) {
        (self.status, self.message)
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let page = error_page(self.status, &self.message);
        let mut response = Response::new(Bytes::from(page));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=UTF-8"),
        );
        if let Some(Ok(allow)) = self.allow.map(HeaderValue::try_from) {
            headers.insert(header::ALLOW, allow);
        }
        response
    }
}

/// Returns the HTML page for an error, in the form that the services of this family use.
pub(crate) fn error_page(status: StatusCode, message: &str) -> String {
    let reason = status.canonical_reason().unwrap_or("Request Error");
    let message = escape(message);
    format!(
        "<!DOCTYPE html>\n<html><head><title>Request Error</title></head>\
         <body><h1>Request Error</h1><p>{code} {reason}</p><p>{message}</p></body></html>\n",
        code = status.as_str(),
    )
}

#[cfg(test)]
impl Refusal {
    /// Returns the status, and the allowed methods if there are any.
    pub(crate) fn summary(&self) -> String {
        let allow = self.allow.as_deref().unwrap_or_default();
        format!("{} {allow}", self.status.as_u16()).trim_end().to_owned()
    }

    pub(crate) fn summary_with_message(&self) -> String {
        format!("{} {}", self.status.as_u16(), self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::{StatusCode, error_page};

    #[test]
    fn the_message_is_escaped() {
        let page = error_page(StatusCode::NOT_FOUND, "no <script>'\"&");
        assert!(page.contains("404 Not Found"));
        assert!(page.contains("<p>no &lt;script&gt;&apos;&quot;&amp;</p>"), "{page}");
    }
}
