//! A transport that responds from a script, and records the requests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use spektrix_v2::{Client, ClientBuilder, Retry, Transport, TransportError, TransportFuture, TransportResponse};

use spektrix_v2_test_support::canary::listen;

/// The result of a request.
pub(crate) enum Reply {
    Respond(TransportResponse),
    Fail(TransportError),
    /// No response ever arrives.
    Hang,
    /// Another reply, after this time.
    After(Duration, Box<Reply>),
}

impl Reply {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: impl Into<String>) -> Self {
        Self::Respond(TransportResponse::new(
            StatusCode::from_u16(status).unwrap(),
            body.into(),
        ))
    }

    pub(crate) fn with_header(self, name: &'static str, value: &str) -> Self {
        let Self::Respond(mut response) = self else {
            return self;
        };
        response.headers.append(name, value.parse().unwrap());
        Self::Respond(response)
    }

    /// The cookie of a new session, as the first change of a basket sets it.
    pub(crate) fn with_session(self, id: &str) -> Self {
        self.with_header("set-cookie", &format!("SessionId={id}; path=/; secure; HttpOnly"))
    }
}

/// Clones share the script.
#[derive(Clone, Default)]
pub(crate) struct Scripted {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Scripted {
    pub(crate) fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self {
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
            requests: Arc::default(),
        }
    }

    /// A builder of clients without retries: most scripts have one reply per call.
    pub(crate) fn builder(&self) -> ClientBuilder {
        // Recording starts before anything is logged: if nobody records a message when it is first logged, `tracing`
        // does not send it later either.
        listen();
        Client::builder("venue")
            .api_key("test-k3y")
            .transport(self.clone())
            .retry(Retry::none())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Returns the requests so far.
    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the cookie of each request so far.
    pub(crate) fn cookies(&self) -> Vec<Option<String>> {
        let requests = self.requests();
        let cookies = requests.iter().map(|request| request.headers().get("cookie"));
        cookies
            .map(|cookie| cookie.map(|cookie| cookie.to_str().unwrap().to_owned()))
            .collect()
    }

    /// Returns the query of each request so far.
    pub(crate) fn queries(&self) -> Vec<String> {
        let requests = self.requests();
        requests
            .iter()
            .map(|request| request.uri().query().unwrap().to_owned())
            .collect()
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        self.requests.lock().unwrap().push(request);
        let reply = self.replies.lock().unwrap().pop_front();
        Box::pin(async move {
            let mut reply = reply.expect("the script has no more replies");
            loop {
                reply = match reply {
                    Reply::Respond(response) => return Ok(response),
                    Reply::Fail(error) => return Err(error),
                    Reply::Hang => std::future::pending().await,
                    Reply::After(time, reply) => {
                        tokio::time::sleep(time).await;
                        *reply
                    }
                }
            }
        })
    }
}
