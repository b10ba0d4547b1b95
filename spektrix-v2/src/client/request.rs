//! Builds the HTTP request of an operation.

use std::error::Error;

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::Inner;
use super::decompression::ACCEPTED;
use crate::error::{Fault, Redactor};
use crate::operation::{InvalidBody, Method, Operation, OperationInfo, Parameters};
use crate::runtime::{Codec, EncodeError, RequestBody};

/// What is escaped in a query: everything but the unreserved characters of RFC 3986.
pub(crate) const QUERY_VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const LONGEST_ESCAPE: usize = "%20".len();
const API_KEY: &str = "api_key=";
const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
pub(super) const XML: HeaderValue = HeaderValue::from_static("application/xml");

/// An operation without its type.
///
/// The code that sends operations takes this trait object. So it is compiled once, with this crate, and not once for each
/// operation that a program calls.
pub(super) trait ErasedOperation: Sync {
    fn info(&self) -> OperationInfo;

    fn parameters(&self) -> Parameters;

    fn check_body(&self) -> Result<(), InvalidBody>;

    fn encode_body(&self) -> Result<RequestBody, EncodeError>;
}

impl<O: Operation> ErasedOperation for O {
    fn info(&self) -> OperationInfo {
        O::INFO
    }

    fn parameters(&self) -> Parameters {
        let mut parameters = Parameters::new();
        Operation::parameters(self, &mut parameters);
        parameters
    }

    fn check_body(&self) -> Result<(), InvalidBody> {
        O::check_body(self.request())
    }

    fn encode_body(&self) -> Result<RequestBody, EncodeError> {
        <O::Codec as Codec<O::Request>>::encode_request(self.request(), O::INFO.request)
    }
}

impl Inner {
    /// Builds the request of an operation and the redactor for the secrets in it, or returns why the operation is invalid.
    /// The cookie of a session is not set here, but for each attempt: another call may have changed it in the meantime.
    pub(super) fn build_request(&self, operation: &dyn ErasedOperation) -> Result<(Request<Bytes>, Redactor), Fault> {
        let info = operation.info();
        let parameters = operation.parameters();
        // The checks come before the encoding: their messages use the names of the service's documentation.
        parameters.check(&info).map_err(|error| invalid(&error))?;
        operation.check_body().map_err(|error| invalid(&error))?;
        let body = operation.encode_body().map_err(|error| invalid(&error))?;

        let path = parameters.path_of(info.path);
        let pairs: Vec<_> = parameters.iter().collect();
        let mut request = self.request_without_body(&path, &pairs, XML)?;
        self.update_style.apply(info.method, &mut request);
        self.accept_compression(&mut request);
        if let Some(bytes) = body.bytes {
            request.headers_mut().insert(CONTENT_TYPE, XML);
            // The `Zeroizing` body moves into the `Bytes`, which wipes it after the last attempt.
            *request.body_mut() = Bytes::from_owner(bytes);
        }
        Ok((request, self.redactor(&body.secrets)))
    }

    /// Accepts compressed responses, if that is set.
    pub(super) fn accept_compression(&self, request: &mut Request<Bytes>) {
        if let Some(accepted) = ACCEPTED.filter(|_| self.accepts_compression) {
            let accepted = HeaderValue::from_static(accepted);
            request.headers_mut().insert(ACCEPT_ENCODING, accepted);
        }
    }

    /// Builds a request that does not belong to an operation: its path and parameters are not escaped.
    pub(super) fn raw_request(
        &self,
        method: Method,
        path: &str,
        parameters: &[(String, String)],
    ) -> Result<Request<Bytes>, Fault> {
        let escape = |text: &str| utf8_percent_encode(text, QUERY_VALUE).to_string();
        let segments: Vec<_> = path.split('/').map(escape).collect();
        let names: Vec<_> = parameters.iter().map(|(name, _)| escape(name)).collect();
        let values = parameters.iter().map(|(_, value)| value.as_str());
        let pairs: Vec<_> = names.iter().map(String::as_str).zip(values).collect();
        let mut request = self.request_without_body(&segments.join("/"), &pairs, ANYTHING)?;
        self.update_style.apply(method, &mut request);
        self.accept_compression(&mut request);
        Ok(request)
    }

    /// Builds a GET request.
    pub(super) fn request_without_body(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        accept: HeaderValue,
    ) -> Result<Request<Bytes>, Fault> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = self.address(path, parameters)?;
        request.headers_mut().insert(ACCEPT, accept);
        request.headers_mut().insert(USER_AGENT, self.user_agent.clone());
        Ok(request)
    }

    /// Builds the address. The API key comes last: if software cuts a long address in a log, it cuts the key first.
    fn address(&self, path: &str, parameters: &[(&str, &str)]) -> Result<Uri, Fault> {
        let mut address = Zeroizing::new(String::with_capacity(self.max_address_length(path, parameters)));
        address.extend([&self.root, path, "?"]);
        for (name, value) in parameters {
            // The names of an operation are constants, and need no escaping.
            address.extend([name, "="]);
            address.extend(utf8_percent_encode(value, QUERY_VALUE));
            address.push('&');
        }
        address.push_str(API_KEY);
        address.extend(utf8_percent_encode(self.api_key.expose(), QUERY_VALUE));
        // The error of the parser is dropped: it might quote the address.
        address
            .parse()
            .map_err(|_| Fault::InvalidRequest("the address with all parameters is too long".into()))
    }

    /// Returns an upper bound of the length of the address. If the string had to grow, it would leave a copy of the key
    /// in freed memory.
    fn max_address_length(&self, path: &str, parameters: &[(&str, &str)]) -> usize {
        let parameter = |(name, value): &(&str, &str)| name.len() + "=&".len() + LONGEST_ESCAPE * value.len();
        let key = API_KEY.len() + LONGEST_ESCAPE * self.api_key.expose().len();
        self.root.len() + path.len() + "?".len() + parameters.iter().map(parameter).sum::<usize>() + key
    }
}

fn invalid(error: &dyn Error) -> Fault {
    Fault::InvalidRequest(error.to_string())
}
