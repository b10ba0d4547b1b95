//! A transport that answers from a script, and keeps what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use spektrix_v2::{Client, ClientBuilder, Retry, Transport, TransportError, TransportFuture, TransportResponse};

use crate::canary::search::listen;

/// An answer to come.
pub(crate) enum Reply {
    Answer(TransportResponse),
    Fail(TransportError),
    /// The request is never answered.
    Hang,
    /// The same, after this time.
    After(Duration, Box<Reply>),
}

impl Reply {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(crate) fn status(status: u16, body: impl Into<String>) -> Self {
        Self::Answer(TransportResponse::new(
            StatusCode::from_u16(status).unwrap(),
            body.into(),
        ))
    }

    pub(crate) fn with_header(self, name: &'static str, value: &str) -> Self {
        let Self::Answer(mut answer) = self else {
            return self;
        };
        answer.headers.append(name, value.parse().unwrap());
        Self::Answer(answer)
    }

    /// As when a change begins a session.
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

    /// Without retries: a script has one answer per call, unless it is about them.
    pub(crate) fn builder(&self) -> ClientBuilder {
        // Somebody listens before anything is logged: what logs for the first time while nobody does may stay silent for
        // good, also to a test that listens by then.
        listen();
        Client::builder("venue")
            .api_key("test-k3y")
            .transport(self.clone())
            .retry(Retry::none())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests.lock().unwrap().clone()
    }

    /// The cookies so far: none where a request carried none.
    pub(crate) fn cookies(&self) -> Vec<Option<String>> {
        let requests = self.requests();
        let cookies = requests.iter().map(|request| request.headers().get("cookie"));
        cookies
            .map(|cookie| cookie.map(|cookie| cookie.to_str().unwrap().to_owned()))
            .collect()
    }

    /// The queries so far.
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
            let mut reply = reply.expect("the script has no more answers");
            loop {
                reply = match reply {
                    Reply::Answer(answer) => return Ok(answer),
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
