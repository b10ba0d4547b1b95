//! An operation as an HTTP request.

use std::error::Error;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::Inner;
use super::outgoing::Outgoing;
use crate::error::Fault;
use crate::operation::Parameters;

/// What is escaped in a query: all but the characters that never mean anything in an address.
pub(crate) const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const KEY_PARAMETER: &str = "api_key=";
const XML: HeaderValue = HeaderValue::from_static("application/xml");

impl Inner {
    /// The request for an operation, or what keeps it from being sent. A session's cookie comes on it with each attempt.
    pub(super) fn request(&self, operation: &dyn Outgoing) -> Result<Request<Bytes>, Fault> {
        let info = operation.info();
        let parameters = operation.parameters();
        parameters.check(&info).map_err(|error| invalid(&error))?;
        operation.check_body().map_err(|error| invalid(&error))?;
        let body = operation.body().map_err(|error| invalid(&error))?;

        let mut request = Request::new(Bytes::new());
        self.update_style.apply(info.method, &mut request);
        *request.uri_mut() = self.address(&parameters.path_of(info.path), &parameters)?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, XML);
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(body) = body {
            headers.insert(CONTENT_TYPE, XML);
            // It is wiped once it is sent.
            *request.body_mut() = Bytes::from_owner(body);
        }
        Ok(request)
    }

    /// The address, the API key last: what cuts an address short in a log then cuts the key first.
    pub(super) fn address(&self, path: &str, parameters: &Parameters) -> Result<Uri, Fault> {
        let mut address = Zeroizing::new(String::with_capacity(self.longest_address(path, parameters)));
        address.extend([&self.root, path, "?"]);
        for (name, value) in parameters.iter() {
            address.extend([name, "="]);
            address.extend(utf8_percent_encode(value, QUERY_VALUE));
            address.push('&');
        }
        address.push_str(KEY_PARAMETER);
        address.extend(utf8_percent_encode(self.api_key.expose(), QUERY_VALUE));
        // The parser's own message is left out: it might quote the address.
        address
            .parse()
            .map_err(|_| Fault::InvalidRequest("its address, with all parameters, is too long".into()))
    }

    /// A length that an address does not exceed: a string that grows would leave a copy of the key behind.
    fn longest_address(&self, path: &str, parameters: &Parameters) -> usize {
        const LONGEST_ESCAPE: usize = "%20".len();
        let key = KEY_PARAMETER.len() + LONGEST_ESCAPE * self.api_key.expose().len();
        let parameters = parameters
            .iter()
            .map(|(name, value)| name.len() + 2 + LONGEST_ESCAPE * value.len());
        self.root.len() + path.len() + 1 + parameters.sum::<usize>() + key
    }
}

fn invalid(error: &dyn Error) -> Fault {
    Fault::InvalidRequest(error.to_string())
}
