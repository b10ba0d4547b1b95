//! A request as a user writes it: an operation or a path, parameters, and a body.
//!
//! It finds the operation, masks secrets, checks the body before it is sent, and writes the same request for other tools.

mod body_check;
mod position;
pub mod snippets;

use std::fmt;

use bytes::Bytes;
use spektrix_v2::{Client, Method, OperationInfo, RawResponse, Session, operations};

use crate::failure::{Failure, Result};
pub use body_check::{Problem, check};

/// A request that was not sent yet.
#[derive(Clone)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path below `api/v2/`, without slashes at its ends.
    pub path: String,
    /// The query parameters, without the API key.
    pub parameters: Vec<(String, String)>,
    /// The body as XML.
    pub body: Option<Vec<u8>>,
}

/// Parameters whose values are secrets. The client adds the API key itself.
const SECRET_PARAMETERS: [&str; 2] = ["api_key", "password"];

impl Request {
    /// Returns the operation that this request is, if it is one.
    pub fn info(&self) -> Option<&'static OperationInfo> {
        let mut all = operations::ALL.iter();
        all.find(|info| info.method == self.method && info.path == self.path)
    }

    /// Returns whether it may change data. A path without an operation is a write unless it is a GET.
    pub fn is_write(&self) -> bool {
        !matches!(self.method, Method::Get)
    }

    /// Returns the request line without its secrets.
    pub fn line(&self) -> String {
        let pairs = self.parameters.iter();
        let mut query: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={}", shown(name, value)))
            .collect();
        query.push("api_key=***".to_owned());
        format!("{} {}?{}", self.method, self.path, query.join("&"))
    }

    /// Returns what is wrong with the body. Only the body of an operation can be checked.
    pub fn problems(&self) -> Vec<Problem> {
        match (self.info(), &self.body) {
            (Some(info), Some(body)) => check(info.name, body),
            _ => Vec::new(),
        }
    }

    /// Sends the request, once.
    ///
    /// # Errors
    ///
    /// If the service cannot be reached, or refuses the request.
    pub async fn send(&self, client: &Client) -> std::result::Result<RawResponse, spektrix_v2::Error> {
        client.raw(self.method, &self.path, &self.pairs(), self.content()).await
    }

    /// Sends the request within a visitor's session, once.
    ///
    /// # Errors
    ///
    /// If the service cannot be reached, or refuses the request.
    pub async fn send_within(&self, session: &Session) -> std::result::Result<RawResponse, spektrix_v2::Error> {
        session
            .raw(self.method, &self.path, &self.pairs(), self.content())
            .await
    }

    /// Returns whether the value of a parameter is a secret. The client adds the API key itself.
    pub fn is_secret(parameter: &str) -> bool {
        SECRET_PARAMETERS
            .iter()
            .any(|secret| secret.eq_ignore_ascii_case(parameter))
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        let pairs = self.parameters.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    fn content(&self) -> Option<Bytes> {
        self.body.clone().map(Into::into)
    }
}

/// Shows neither values nor the body: both can have passwords and the data of customers.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body.as_ref().map(Vec::len);
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("body", &body)
            .finish_non_exhaustive()
    }
}

/// Returns the value of a parameter, unless it is a secret.
fn shown<'a>(name: &str, value: &'a str) -> &'a str {
    if Request::is_secret(name) { "***" } else { value }
}

/// Returns the HTTP method with this name, in any case.
pub fn method(name: &str) -> Option<Method> {
    let methods = [Method::Get, Method::Post, Method::Patch, Method::Put, Method::Delete];
    methods
        .into_iter()
        .find(|method| method.as_str().eq_ignore_ascii_case(name))
}

/// Returns a path as it was written, without slashes at its ends.
///
/// # Errors
///
/// If it contains a query or a fragment. They would be sent as a part of the path, and a query may contain the API key, which
/// is masked in parameters only.
pub fn path(text: &str) -> Result<String> {
    if text.contains(['?', '#']) {
        return Err(Failure::usage("the path contains `?` or `#`")
            .with_hint("write each parameter separately, as NAME=VALUE; the API key is added by itself"));
    }
    Ok(text.trim_matches('/').to_owned())
}

/// Splits a parameter that is written as `NAME=VALUE`.
///
/// # Errors
///
/// If there is no `=`.
pub fn parameter(pair: &str) -> Result<(String, String)> {
    let pair = pair
        .split_once('=')
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    pair.ok_or_else(|| Failure::usage("a parameter is written as NAME=VALUE"))
}

#[cfg(test)]
mod tests {
    use spektrix_v2::Method;

    use super::Request;

    #[test]
    fn request_lines_have_no_secrets() {
        let table = [
            ("nothing to mask", "limit", "3", "GET events?limit=3&api_key=***"),
            (
                "a key that the user added",
                "API_Key",
                "s3cret",
                "GET events?API_Key=***&api_key=***",
            ),
            (
                "a password",
                "password",
                "s3cret",
                "GET events?password=***&api_key=***",
            ),
        ];
        for (name, parameter, value, expected) in table {
            let request = Request {
                method: Method::Get,
                path: "events".to_owned(),
                parameters: vec![(parameter.to_owned(), value.to_owned())],
                body: Some(b"s3cret".to_vec()),
            };
            assert_eq!(request.line(), expected, "{name}");
            assert!(!format!("{request:?}").contains("s3cret"), "{name}");
        }
    }
}
