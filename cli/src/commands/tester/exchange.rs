//! A request that was sent and its result, without secrets: what the pages show and the history keeps.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use jiff::Zoned;
use spektrix_v2::{Error, OperationInfo, RawResponse};

use super::masking::{MASK, Secrets, shown_body};
use super::operations;
use super::recorder::Record;
use crate::commands::decode;
use crate::request::Request;

/// A request that was sent, and its result.
pub(super) struct Exchange {
    pub(super) operation: Option<&'static OperationInfo>,
    /// The request, with secrets masked: it cannot be sent again as it is.
    pub(super) request: Request,
    pub(super) session: Option<String>,
    pub(super) timing: Timing,
    pub(super) request_headers: Vec<(String, String)>,
    pub(super) status: Option<http::StatusCode>,
    pub(super) response_headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) failure: Option<Failed>,
}

/// When a request was sent, and how long it took.
pub(super) struct Timing {
    pub(super) at: Zoned,
    pub(super) elapsed: Duration,
}

/// Why a request failed.
pub(super) struct Failed {
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// Headers whose values are secrets.
const SECRET_HEADERS: [&str; 2] = ["authorization", "proxy-authorization"];

impl Exchange {
    /// Creates it from what was recorded. Everything is masked here, so that no page can forget it.
    pub(super) fn new(
        request: &Request,
        result: Result<RawResponse, Error>,
        record: Record,
        session: Option<String>,
        timing: Timing,
    ) -> Self {
        let mut secrets = record.secrets;
        secrets.add_passwords(request.body.as_deref());
        let received = match &result {
            Ok(response) => secrets.mask_body(&response.body),
            Err(_) => secrets.mask_body(&record.body),
        };
        Self {
            operation: operations::of(request),
            request: masked(request, &secrets),
            session,
            timing,
            request_headers: headers(&record.request_headers, &secrets),
            status: record.status,
            response_headers: headers(&record.response_headers, &secrets),
            body: received.into(),
            failure: result.err().map(|error| Failed::new(&error, &secrets)),
        }
    }

    /// Returns the request body as text.
    pub(super) fn sent_body(&self) -> Option<&str> {
        self.request
            .body
            .as_deref()
            .and_then(|body| std::str::from_utf8(body).ok())
    }

    /// Returns the body decoded as JSON with the paths of unknown parts, or why it cannot be decoded. `None` if it is not the
    /// response of an operation, or was refused.
    pub(super) fn decoded(&self) -> Option<Result<(String, Vec<String>), String>> {
        let info = self
            .operation
            .filter(|_| self.failure.is_none() && !self.body.is_empty())?;
        let decoded = decode::to_json(info.name, &self.body, false)?;
        Some(decoded.map_err(|error| error.to_string()))
    }

    /// Returns the value of a response header.
    pub(super) fn response_header(&self, name: &str) -> Option<&str> {
        let mut headers = self.response_headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Failed {
    fn new(error: &Error, secrets: &Secrets) -> Self {
        let hint = error.hint().map(|hint| secrets.mask(&hint));
        let mut message = secrets.mask(&error.to_string());
        // The message of the client ends with the hint, which has a line of the page for itself.
        if let Some(end) = hint.as_ref().and_then(|hint| message.strip_suffix(hint.as_str())) {
            message.truncate(end.trim_end_matches([':', ' ']).len());
        }
        Self { message, hint }
    }
}

/// Returns the request as a page may show it.
pub(super) fn masked(request: &Request, secrets: &Secrets) -> Request {
    let parameters = request.parameters.iter().map(|(name, value)| {
        let is_secret = Request::is_secret(name) || value.contains("PRIVATE KEY");
        let value = if is_secret {
            MASK.to_owned()
        } else {
            secrets.mask(value)
        };
        (secrets.mask(name), value)
    });
    let body = request.body.as_deref().map(|body| {
        let text = String::from_utf8_lossy(body);
        secrets.mask(&shown_body(&text)).into_bytes()
    });
    Request {
        method: request.method,
        path: secrets.mask(&request.path),
        parameters: parameters.collect(),
        body,
    }
}

fn headers(headers: &HeaderMap, secrets: &Secrets) -> Vec<(String, String)> {
    let shown = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        let value = match name.as_str() {
            "cookie" => cookie_names(&value, &[]),
            "set-cookie" => cookie_names(&value, &ATTRIBUTES),
            name if SECRET_HEADERS.contains(&name) => MASK.to_owned(),
            _ => secrets.mask(&value),
        };
        (name.to_string(), value)
    });
    shown.collect()
}

/// Attributes of a cookie, which are no secrets.
const ATTRIBUTES: [&str; 5] = ["path", "domain", "expires", "max-age", "samesite"];

/// Attributes without a value.
const FLAGS: [&str; 3] = ["secure", "httponly", "partitioned"];

/// Returns the header of a cookie with the value of each cookie masked.
fn cookie_names(value: &str, attributes: &[&str]) -> String {
    let is_attribute = |name: &str| attributes.iter().any(|attribute| attribute.eq_ignore_ascii_case(name));
    let parts = value
        .split(';')
        .enumerate()
        .map(|(at, part)| match part.trim().split_once('=') {
            // The first is the cookie, whatever its name is.
            Some((name, value)) if at > 0 && is_attribute(name) => format!("{name}={value}"),
            Some((name, _)) => format!("{name}={MASK}"),
            None if at > 0 && FLAGS.iter().any(|flag| flag.eq_ignore_ascii_case(part.trim())) => part.trim().to_owned(),
            // A cookie without a name.
            None => MASK.to_owned(),
        });
    parts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_shown_without_their_values() {
        let table = [
            ("SessionId=s; path=/; HttpOnly", "SessionId=***; path=/; HttpOnly"),
            ("path=secret; Path=/", "path=***; Path=/"),
            ("secret", "***"),
            ("a=b;c=d;secure;other", "a=***; c=***; secure; ***"),
        ];
        for (header, shown) in table {
            assert_eq!(cookie_names(header, &ATTRIBUTES), shown);
        }
        assert_eq!(cookie_names("a=b; path=c", &[]), "a=***; path=***");
    }
}
