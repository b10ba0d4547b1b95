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
use crate::transport::TransportError;
use crate::xml::Body;

impl Client {
    /// Sends an operation once, and waits for its whole answer.
    pub(super) async fn exchange<O: Operation>(
        &self,
        operation: &O,
        session: Option<&SessionId>,
    ) -> Result<Answer, Error> {
        let tried = Tried {
            operation: O::INFO,
            with_session: session.is_some(),
        };
        self.check_identity().map_err(|error| error.while_trying(tried))?;
        let request = self.0.request(operation, session);
        let request = request.map_err(|fault| Error::during(tried, fault))?;
        let redactor = self.0.redactor(session, &operation.request().secrets(O::INFO.request));
        let body = self.0.traced(tried, request, &redactor).await;
        body.map(|(status, body)| Answer {
            tried,
            status,
            body,
            redactor,
        })
        .map_err(|fault| Error::during(tried, fault))
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

    /// The span holds what may be seen by everybody: neither the query nor a body.
    async fn traced(&self, tried: Tried, request: Request<Bytes>, redactor: &Redactor) -> Result<Received, Fault> {
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
        let received = self.receive(request, redactor, &span).instrument(span.clone());
        let received = tokio::time::timeout(self.timeout, received).await;
        let received = received.unwrap_or(Err(Fault::Deadline(self.timeout)));
        record(&span, &received, start);
        received
    }

    async fn receive(&self, request: Request<Bytes>, redactor: &Redactor, span: &Span) -> Result<Received, Fault> {
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| transport_fault(&error, redactor))?;
        span.record("status", response.status.as_u16());
        answer::receive(response, &self.decode_options, redactor).await
    }
}

/// The status and the whole body of a successful answer.
pub(super) type Received = (http::StatusCode, Vec<u8>);

/// A transport's own words may hold the address.
pub(super) fn transport_fault(error: &TransportError, redactor: &Redactor) -> Fault {
    Fault::Transport(TransportError::new(error.fault(), redactor.scrub(error.text())))
}

fn record(span: &Span, received: &Result<Received, Fault>, start: Instant) {
    span.record(
        "elapsed_ms",
        u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    if let Ok((_, body)) = received {
        span.record("bytes", body.len());
    }
    span.in_scope(|| match received {
        Ok(_) => tracing::debug!("the service answered"),
        Err(fault) => tracing::debug!(error = %fault, "the request failed"),
    });
}
