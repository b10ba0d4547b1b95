//! Sending: from an operation to an answer, with a trace and without a trace of secrets.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::answer::{self, Answer};
use super::attempts::Failed;
use super::measure::{Measured, Watch};
use super::{Client, Inner, cookie};
use crate::error::{Error, Fault, Redactor, Tried};
use crate::operation::{Operation, OperationInfo, SessionUse};
use crate::retry::{Retry, retry_after};
use crate::secret::Secret;
use crate::session::State;
use crate::transport::{TransportError, TransportResponse};
use crate::xml::Body;

/// A successful answer of which only the head has come.
pub(super) struct Open {
    pub(super) response: TransportResponse,
    pub(super) redactor: Redactor,
    trace: Trace,
    watch: Watch,
}

impl Open {
    pub(super) fn operation(&self) -> &'static str {
        self.trace.tried.operation.name
    }

    /// The answer came to its end.
    pub(super) fn end(&self, bytes: usize) {
        self.trace.end(bytes);
        self.watch.succeed(self.response.status, bytes);
    }

    /// The answer did not come to its end, after it had begun.
    pub(super) fn fail(&self, fault: Fault) -> Error {
        self.watch.fail(&fault);
        Error::during(self.trace.tried, self.trace.failed(fault.into()).fault)
    }
}

/// A request, and what is to be known about it when something goes wrong.
pub(super) struct Prepared {
    pub(super) tried: Tried,
    pub(super) request: Request<Bytes>,
    pub(super) redactor: Redactor,
    pub(super) watch: Watch,
}

impl Client {
    /// Sends an operation, as often as may be, and waits for its whole answer.
    pub(super) async fn exchange<O: Operation>(
        &self,
        operation: &O,
        session: Option<&State>,
        retry: Option<Retry>,
    ) -> Result<Answer, Error> {
        let (watch, deadline) = (self.watch(O::INFO), self.0.deadline());
        let _turn = watch.check(self.turn::<O>(session, deadline).await)?;
        let Prepared {
            mut tried,
            request,
            redactor,
            watch,
        } = self.prepare(operation, session, watch)?;
        let attempt = |tried| {
            watch.note_attempt(tried);
            self.0.whole(Trace::new(tried), request.clone(), session, &redactor)
        };
        // Boxed, so that a caller may hold many calls in one future.
        let received = Box::pin(self.0.attempts(&mut tried, retry, deadline, attempt)).await;
        let received = received.map_err(|fault| Error::during(tried, fault));
        let (status, body) = watch.check(received)?;
        Ok(Answer {
            tried,
            status,
            body,
            redactor,
            watch,
        })
    }

    /// Sends a request, as often as may be, and waits for the head of its answer.
    pub(super) async fn open(
        &self,
        prepared: Prepared,
        session: Option<&State>,
        retry: Option<Retry>,
    ) -> Result<Open, Error> {
        let Prepared {
            mut tried,
            request,
            redactor,
            watch,
        } = prepared;
        let attempt = |tried| {
            watch.note_attempt(tried);
            self.0.head(Trace::new(tried), request.clone(), session, &redactor)
        };
        let opened = Box::pin(self.0.attempts(&mut tried, retry, self.0.deadline(), attempt)).await;
        let opened = opened.map_err(|fault| Error::during(tried, fault));
        let (response, trace) = watch.check(opened)?;
        Ok(Open {
            response,
            redactor,
            trace,
            watch,
        })
    }

    pub(super) fn watch(&self, operation: OperationInfo) -> Watch {
        Watch::start(self.0.on_call.as_ref(), Tried::new(operation, false))
    }

    pub(super) fn prepare<O: Operation>(
        &self,
        operation: &O,
        session: Option<&State>,
        watch: Watch,
    ) -> Result<Prepared, Error> {
        let redactor = self.0.redactor(&operation.request().secrets(O::INFO.request));
        let has_begun = session.is_some_and(State::has_begun);
        let is_too_early = O::INFO.session == SessionUse::Needs && session.is_some() && !has_begun;
        let request = || match is_too_early {
            true => Err(Fault::NoSession),
            false => self.0.request(operation),
        };
        self.prepare_request(Tried::new(O::INFO, has_begun), redactor, watch, request)
    }

    pub(super) fn prepare_request(
        &self,
        tried: Tried,
        redactor: Redactor,
        watch: Watch,
        request: impl FnOnce() -> Result<Request<Bytes>, Fault>,
    ) -> Result<Prepared, Error> {
        watch.check(self.check_identity().map_err(|error| error.while_trying(tried)))?;
        let request = watch.check(request().map_err(|fault| Error::during(tried, fault)))?;
        Ok(Prepared {
            tried,
            request,
            redactor,
            watch,
        })
    }

    /// A server runs longer than the last days of a certificate.
    fn check_identity(&self) -> Result<(), Error> {
        let identity = self.0.identity.as_ref();
        identity.map_or(Ok(()), |identity| identity.check(Timestamp::now()))
    }
}

impl Inner {
    /// Knows the secrets that the request carries: who is answered may repeat them. A session's cookie is learnt with
    /// each attempt.
    pub(super) fn redactor(&self, in_body: &[Secret]) -> Redactor {
        let in_body = in_body.iter().map(Secret::expose);
        Redactor::new([self.api_key.expose()].into_iter().chain(in_body))
    }

    async fn whole(
        &self,
        trace: Trace,
        request: Request<Bytes>,
        session: Option<&State>,
        redactor: &Redactor,
    ) -> Result<Received, Failed> {
        let received = async {
            let (response, retry_after) = self.send(request, session, redactor, &trace).await?;
            let received = answer::receive(response, &self.decode_options, redactor).await;
            received.map_err(|fault| Failed { fault, retry_after })
        };
        match received.instrument(trace.span.clone()).await {
            Ok((status, body)) => {
                trace.end(body.len());
                Ok((status, body))
            }
            Err(failed) => Err(trace.failed(failed)),
        }
    }

    async fn head(
        &self,
        trace: Trace,
        request: Request<Bytes>,
        session: Option<&State>,
        redactor: &Redactor,
    ) -> Result<(TransportResponse, Trace), Failed> {
        let head = async {
            let (response, retry_after) = self.send(request, session, redactor, &trace).await?;
            let accepted = answer::accept(response, redactor).await;
            accepted.map_err(|fault| Failed { fault, retry_after })
        };
        match head.instrument(trace.span.clone()).await {
            Ok(response) => Ok((response, trace)),
            Err(failed) => Err(trace.failed(failed)),
        }
    }

    /// The answer, and how long it asks to wait should it be a refusal.
    async fn send(
        &self,
        mut request: Request<Bytes>,
        session: Option<&State>,
        redactor: &Redactor,
        trace: &Trace,
    ) -> Result<(TransportResponse, Option<Duration>), Failed> {
        let sent = cookie::put(request.headers_mut(), session, redactor)?;
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| transport_fault(&error, redactor))?;
        trace.span.record("status", response.status.as_u16());
        cookie::take(&response, sent.as_ref(), session, redactor, &trace.tried.operation)?;
        let retry_after = retry_after(&response.headers, Timestamp::now());
        Ok((response, retry_after))
    }
}

/// The status and the whole body of a successful answer.
pub(super) type Received = (http::StatusCode, Vec<u8>);

impl Measured for Received {
    fn status(&self) -> http::StatusCode {
        self.0
    }

    fn bytes(&self) -> usize {
        self.1.len()
    }
}

/// Of an answer of which only the head has come.
impl Measured for (TransportResponse, Trace) {
    fn status(&self) -> http::StatusCode {
        self.0.status
    }

    fn bytes(&self) -> usize {
        0
    }
}

/// A transport's own words may hold the address.
pub(super) fn transport_fault(error: &TransportError, redactor: &Redactor) -> Fault {
    Fault::Transport(TransportError::new(error.fault(), redactor.scrub(error.text())))
}

/// What a log may know of one attempt.
pub(super) struct Trace {
    tried: Tried,
    span: Span,
    start: Instant,
}

impl Trace {
    /// The span holds what may be seen by everybody: neither the query nor a body.
    fn new(tried: Tried) -> Self {
        let span = tracing::info_span!(
            "spektrix.request",
            operation = tried.operation.name,
            method = tried.operation.method.as_str(),
            path = tried.operation.path,
            attempt = tried.attempts,
            status = Empty,
            bytes = Empty,
            elapsed_ms = Empty,
        );
        let start = Instant::now();
        Self { tried, span, start }
    }

    /// The answer came to its end.
    fn end(&self, bytes: usize) {
        self.record_time();
        self.span.record("bytes", bytes);
        self.span.in_scope(|| tracing::debug!("the service answered"));
    }

    fn failed(&self, failed: Failed) -> Failed {
        self.record_time();
        let fault = &failed.fault;
        self.span
            .in_scope(|| tracing::debug!(error = %fault, "the request failed"));
        failed
    }

    fn record_time(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("elapsed_ms", elapsed);
    }
}
