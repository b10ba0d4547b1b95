//! An operation as an HTTP request.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::Inner;
use crate::error::Fault;
use crate::operation::{Operation, Parameters};
use crate::xml::{Body, Style};

/// What is escaped in a query: all but the characters that never mean anything in an address.
pub(crate) const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const XML: HeaderValue = HeaderValue::from_static("application/xml");

impl Inner {
    /// The request for an operation, or what keeps it from being sent. A session's cookie comes on it with each attempt.
    pub(super) fn request<O: Operation>(&self, operation: &O) -> Result<Request<Bytes>, Fault> {
        let mut parameters = Parameters::new();
        operation.parameters(&mut parameters);
        parameters
            .check(&O::INFO)
            .map_err(|error| Fault::InvalidRequest(error.to_string()))?;
        O::INFO
            .check_body(operation.request())
            .map_err(|error| Fault::InvalidRequest(error.to_string()))?;
        let body = body(operation)?;

        let mut request = Request::new(Bytes::new());
        self.update_style.apply(O::INFO.method, &mut request);
        *request.uri_mut() = self.address(&parameters.path_of(O::INFO.path), &parameters)?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, XML);
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(body) = body {
            headers.insert(CONTENT_TYPE, XML);
            *request.body_mut() = body;
        }
        Ok(request)
    }

    /// The address, the API key last: what cuts an address short in a log then cuts the key first.
    pub(super) fn address(&self, path: &str, parameters: &Parameters) -> Result<Uri, Fault> {
        let mut address = Zeroizing::new(format!("{}{path}?", self.root));
        for (name, value) in parameters.iter() {
            address.extend([name, "="]);
            address.extend(utf8_percent_encode(value, QUERY_VALUE));
            address.push('&');
        }
        address.push_str("api_key=");
        address.extend(utf8_percent_encode(self.api_key.expose(), QUERY_VALUE));
        // The parser's own message is left out: it might quote the address.
        address
            .parse()
            .map_err(|_| Fault::InvalidRequest("its address, with all parameters, is too long".into()))
    }
}

fn body<O: Operation>(operation: &O) -> Result<Option<Bytes>, Fault> {
    let body = operation.request().encode_bytes(O::INFO.request, Style::Request);
    let body = body.map_err(|error| Fault::InvalidRequest(error.to_string()))?;
    // It may hold a password: it is wiped once it is sent.
    Ok(body.map(|body| Bytes::from_owner(Zeroizing::new(body))))
}
