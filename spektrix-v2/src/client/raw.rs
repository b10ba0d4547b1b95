//! Requests and responses without types: for what the help feed does not have, and for responses as they were received.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};

use super::call_options::CallOptions;
use super::request::XML;
use super::response::CompleteResponse;
use super::{Call, Client, Inner};
use crate::error::{Error, ErrorContext, Fault};
use crate::generated::operations;
use crate::operation::{Effect, Lifecycle, Method, Operation, OperationInfo, SessionUse};
use crate::retry::Retry;
use crate::runtime::BodyNames;
use crate::session_state::SessionState;

/// A successful response as it was received, with its body decompressed.
///
/// The headers that set cookies are left out: a [`Session`](crate::Session) keeps those.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// The status: 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl RawResponse {
    fn new(response: CompleteResponse) -> Self {
        response.meter.succeed(response.status, response.body.len());
        let mut headers = response.headers;
        headers.remove(SET_COOKIE);
        Self {
            status: response.status,
            headers,
            body: response.body.into(),
        }
    }
}

/// Shows no value of a header and no byte of the body, which may be personal data.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .field("body", &self.body.len())
            .finish()
    }
}

/// Responses that are not decoded.
impl<O: Operation> Call<O> {
    /// Sends the operation, and returns the response without decoding it. A status other than 2xx is an error, as always.
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// let response = client.events().limit(1).raw().await?;
    /// println!("{:?}: {} bytes", response.headers.get("content-type"), response.body.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn raw(&self) -> Result<RawResponse, Error> {
        self.send_complete().await.map(RawResponse::new)
    }

    /// Sends the operation, and returns the body without decoding it.
    pub async fn bytes(&self) -> Result<Bytes, Error> {
        Ok(self.raw().await?.body)
    }
}

impl Client {
    /// Creates a call of an operation that this crate does not have. It is sent when it is awaited.
    ///
    /// The path is below `{client}/api/v2/`: `events`. The API key is added to the parameters. A body is sent as XML. What
    /// is not a GET counts as a write: it is sent once.
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::Method;
    ///
    /// let response = client.raw(Method::Get, "events", &[("limit", "1")], None).await?;
    /// println!("{}", String::from_utf8_lossy(&response.body));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if a segment of the path is empty or consists of dots, or if a
    /// parameter is called `api_key`.
    pub fn raw(&self, method: Method, path: &str, parameters: &[(&str, &str)], body: Option<Bytes>) -> RawCall {
        let parameters = parameters.iter();
        RawCall {
            client: self.clone(),
            method,
            path: path.to_owned(),
            parameters: parameters
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body,
            session: None,
            options: CallOptions::default(),
        }
    }
}

/// The facts about what the help feed does not have.
const UNKNOWN: OperationInfo = OperationInfo {
    name: "Raw",
    method: Method::Get,
    path: "{path}",
    parameters: &[],
    requirements: &[],
    body_requirements: &[],
    request: BodyNames::EMPTY,
    response: BodyNames::EMPTY,
    effect: Effect::Read,
    session: SessionUse::MayBegin,
    lifecycle: Lifecycle::Maintained,
};

/// A call of an operation that this crate does not have. [`Client::raw`] and [`Session::raw`](crate::Session::raw) create it.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RawCall {
    client: Client,
    method: Method,
    path: String,
    parameters: Vec<(String, String)>,
    body: Option<Bytes>,
    session: Option<Arc<SessionState>>,
    options: CallOptions,
}

impl RawCall {
    /// Makes the call part of a session.
    pub(crate) fn within(mut self, session: Arc<SessionState>) -> Self {
        self.session = Some(session);
        self
    }

    /// Sets the retry policy of this call. See [`Retry`] for what it means for a write.
    pub fn retry(mut self, policy: Retry) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets how long this call may take, instead of the client's [`timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(mut self, time: Duration) -> Self {
        self.options.timeout = Some(time);
        self
    }

    /// Sends the request. Awaiting the call does the same.
    pub async fn send(&self) -> Result<RawResponse, Error> {
        let inner = &self.client.0;
        let info = self.info();
        let session = self.session.as_deref();
        let has_started = session.is_some_and(SessionState::has_started);
        let build = || Ok((self.request(inner)?, inner.redactor(&[])));
        let prepared = inner.prepare_request(ErrorContext::new(info, has_started), inner.meter(info), &build)?;
        let response = inner.complete(prepared, session, self.options).await?;
        Ok(RawResponse::new(response))
    }

    /// Returns the facts about the operation with this method and path, so that errors name it, and a session knows what its
    /// cookie means. What the help feed does not have may start a session.
    fn info(&self) -> OperationInfo {
        let path = self.path.trim_start_matches('/');
        let mut all = operations::ALL.iter();
        let known = all.find(|info| info.method == self.method && info.path == path);
        OperationInfo {
            method: self.method,
            effect: match self.method {
                Method::Get => Effect::Read,
                _ => Effect::Write,
            },
            ..*known.unwrap_or(&UNKNOWN)
        }
    }

    fn request(&self, inner: &Inner) -> Result<Request<Bytes>, Fault> {
        if self.parameters.iter().any(|(name, _)| name == "api_key") {
            return Err(Fault::InvalidRequest(
                "the client adds the parameter `api_key` itself".into(),
            ));
        }
        let path = self.path.trim_start_matches('/');
        let is_usable = |segment: &str| segment.bytes().any(|byte| byte != b'.');
        if !path.split('/').all(is_usable) {
            return Err(Fault::InvalidRequest(
                "a segment of the path is empty or consists of dots".into(),
            ));
        }
        let mut request = inner.raw_request(self.method, path, &self.parameters)?;
        if let Some(body) = &self.body {
            request.headers_mut().insert(CONTENT_TYPE, XML);
            *request.body_mut() = body.clone();
        }
        Ok(request)
    }
}

impl IntoFuture for RawCall {
    type Output = Result<RawResponse, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await })
    }
}

/// Shows the method and the path, and no value.
impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
