//! Sending: from an operation to an answer, in time, with a trace and without a trace of secrets.

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::answer::{self, Answer};
use super::{Client, Inner};
use crate::error::{Error, Fault, Redactor, Tried};
use crate::operation::Operation;
use crate::secret::Secret;
use crate::session::SessionId;
use crate::transport::{TransportError, TransportResponse};
use crate::xml::Body;

/// A successful answer of which only the head has come.
pub(super) struct Open {
    pub(super) tried: Tried,
    pub(super) response: TransportResponse,
    pub(super) redactor: Redactor,
    pub(super) trace: Trace,
}

impl Client {
    /// Sends an operation once, and waits for its whole answer.
    pub(super) async fn exchange<O: Operation>(
        &self,
        operation: &O,
        session: Option<&SessionId>,
    ) -> Result<Answer, Error> {
        let (tried, request, redactor) = self.prepare(operation, session)?;
        let (status, body) = self.0.whole(tried, request, &redactor).await?;
        Ok(Answer {
            tried,
            status,
            body,
            redactor,
        })
    }

    /// Sends an operation once, and waits for the head of its answer.
    pub(super) async fn open<O: Operation>(&self, operation: &O, session: Option<&SessionId>) -> Result<Open, Error> {
        let (tried, request, redactor) = self.prepare(operation, session)?;
        let trace = Trace::new(tried);
        let head = self.0.head(request, &redactor, &trace).instrument(trace.span.clone());
        let head = tokio::time::timeout(self.0.timeout, head).await;
        match head.unwrap_or(Err(Fault::Stalled(self.0.timeout))) {
            Ok(response) => Ok(Open {
                tried,
                response,
                redactor,
                trace,
            }),
            Err(fault) => Err(trace.fail(fault)),
        }
    }

    fn prepare<O: Operation>(
        &self,
        operation: &O,
        session: Option<&SessionId>,
    ) -> Result<(Tried, Request<Bytes>, Redactor), Error> {
        let tried = Tried {
            operation: O::INFO,
            with_session: session.is_some(),
        };
        self.check_identity().map_err(|error| error.while_trying(tried))?;
        let request = self.0.request(operation, session);
        let request = request.map_err(|fault| Error::during(tried, fault))?;
        let redactor = self.0.redactor(session, &operation.request().secrets(O::INFO.request));
        Ok((tried, request, redactor))
    }

    /// A server runs longer than the last days of a certificate.
    fn check_identity(&self) -> Result<(), Error> {
        let identity = self.0.identity.as_ref();
        identity.map_or(Ok(()), |identity| identity.check(Timestamp::now()))
    }
}

impl Inner {
    /// Knows the secrets that the request carries: who is answered may repeat them.
    fn redactor(&self, session: Option<&SessionId>, in_body: &[Secret]) -> Redactor {
        let in_head = [self.api_key.expose()]
            .into_iter()
            .chain(session.map(SessionId::expose));
        Redactor::new(in_head.chain(in_body.iter().map(Secret::expose)))
    }

    async fn whole(&self, tried: Tried, request: Request<Bytes>, redactor: &Redactor) -> Result<Received, Error> {
        let trace = Trace::new(tried);
        let received = async {
            let response = self.send(request, redactor, &trace).await?;
            answer::receive(response, &self.decode_options, redactor).await
        };
        let received = tokio::time::timeout(self.timeout, received.instrument(trace.span.clone())).await;
        match received.unwrap_or(Err(Fault::Deadline(self.timeout))) {
            Ok((status, body)) => {
                trace.end(body.len());
                Ok((status, body))
            }
            Err(fault) => Err(trace.fail(fault)),
        }
    }

    async fn head(
        &self,
        request: Request<Bytes>,
        redactor: &Redactor,
        trace: &Trace,
    ) -> Result<TransportResponse, Fault> {
        let response = self.send(request, redactor, trace).await?;
        answer::accept(response, redactor).await
    }

    async fn send(
        &self,
        request: Request<Bytes>,
        redactor: &Redactor,
        trace: &Trace,
    ) -> Result<TransportResponse, Fault> {
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| transport_fault(&error, redactor))?;
        trace.span.record("status", response.status.as_u16());
        Ok(response)
    }
}

/// The status and the whole body of a successful answer.
pub(super) type Received = (http::StatusCode, Vec<u8>);

/// A transport's own words may hold the address.
pub(super) fn transport_fault(error: &TransportError, redactor: &Redactor) -> Fault {
    Fault::Transport(TransportError::new(error.fault(), redactor.scrub(error.text())))
}

/// What a log may know of one request.
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
            status = Empty,
            bytes = Empty,
            elapsed_ms = Empty,
        );
        let start = Instant::now();
        Self { tried, span, start }
    }

    /// The answer came to its end.
    pub(super) fn end(&self, bytes: usize) {
        self.record_time();
        self.span.record("bytes", bytes);
        self.span.in_scope(|| tracing::debug!("the service answered"));
    }

    /// The answer did not come, or not whole.
    pub(super) fn fail(&self, fault: Fault) -> Error {
        self.record_time();
        self.span
            .in_scope(|| tracing::debug!(error = %fault, "the request failed"));
        Error::during(self.tried, fault)
    }

    fn record_time(&self) {
        let elapsed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.span.record("elapsed_ms", elapsed);
    }
}
