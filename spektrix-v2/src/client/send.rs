//! Sending: from an operation to an answer, with a trace and without a trace of secrets.

use std::pin::Pin;

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;

use super::answer::{Answer, declares_web_page};
use super::attempt::{Arrival, Sent, Until};
use super::measure::Watch;
use super::outgoing::Outgoing;
use super::trace::Trace;
use super::{Client, Inner};
use crate::error::{Error, Fault, Redactor, Tried};
use crate::operation::{OperationInfo, SessionUse};
use crate::retry::Retry;
use crate::secret::Secret;
use crate::session_state::State;
use crate::transport::TransportResponse;

/// A call on its way. In a box, so that a caller may hold many calls in one future, and a program need not be compiled
/// with what happens in it.
pub(super) type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

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
    tried: Tried,
    request: Request<Bytes>,
    redactor: Redactor,
    watch: Watch,
}

impl Client {
    /// Sends an operation, as often as may be, and waits for its whole answer.
    pub(super) fn exchange<'a>(
        &'a self,
        operation: &'a dyn Outgoing,
        session: Option<&'a State>,
        retry: Option<Retry>,
    ) -> Sending<'a, Answer> {
        Box::pin(async move {
            let (watch, deadline) = (self.watch(operation.info()), self.0.deadline());
            let turn = self.turn(operation.info(), session, deadline).await;
            let _turn = watch.check(turn)?;
            let prepared = self.prepare(operation, session, watch)?;
            let sent = prepared.sent(session, Until::End);
            let arrival = self.0.attempts(sent, prepared.tried, retry, deadline).await;
            let Arrival { response, body, trace } = prepared.watch.check(arrival)?;
            Ok(Answer {
                tried: trace.tried,
                status: response.status,
                is_web_page: declares_web_page(&response.headers),
                body,
                redactor: prepared.redactor,
                watch: prepared.watch,
            })
        })
    }

    /// Sends an operation that reads, as often as may be, and waits for the head of its answer.
    pub(super) fn open<'a>(
        &'a self,
        operation: &'a dyn Outgoing,
        session: Option<&'a State>,
        retry: Option<Retry>,
    ) -> Sending<'a, Open> {
        Box::pin(async move {
            let prepared = self.prepare(operation, session, self.watch(operation.info()))?;
            self.open_prepared(prepared, session, retry).await
        })
    }

    pub(super) async fn open_prepared(
        &self,
        prepared: Prepared,
        session: Option<&State>,
        retry: Option<Retry>,
    ) -> Result<Open, Error> {
        let sent = prepared.sent(session, Until::Head);
        let deadline = self.0.deadline();
        let arrival = self.0.attempts(sent, prepared.tried, retry, deadline).await;
        let Arrival { response, trace, .. } = prepared.watch.check(arrival)?;
        Ok(Open {
            response,
            redactor: prepared.redactor,
            trace,
            watch: prepared.watch,
        })
    }

    pub(super) fn watch(&self, operation: OperationInfo) -> Watch {
        Watch::start(self.0.on_call.as_ref(), Tried::new(operation, false))
    }

    fn prepare(&self, operation: &dyn Outgoing, session: Option<&State>, watch: Watch) -> Result<Prepared, Error> {
        let info = operation.info();
        let redactor = self.0.redactor(&operation.secrets());
        let has_begun = session.is_some_and(State::has_begun);
        let is_too_early = info.session == SessionUse::Needs && session.is_some() && !has_begun;
        let request = || match is_too_early {
            true => Err(Fault::NoSession),
            false => self.0.request(operation),
        };
        self.prepare_request(Tried::new(info, has_begun), redactor, watch, &request)
    }

    pub(super) fn prepare_request(
        &self,
        tried: Tried,
        redactor: Redactor,
        watch: Watch,
        request: &dyn Fn() -> Result<Request<Bytes>, Fault>,
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

impl Prepared {
    fn sent<'a>(&'a self, session: Option<&'a State>, until: Until) -> Sent<'a> {
        Sent {
            request: &self.request,
            session,
            redactor: &self.redactor,
            watch: &self.watch,
            until,
        }
    }
}

impl Inner {
    /// Knows the secrets that the request carries: who is answered may repeat them. A session's cookie is learnt with
    /// each attempt.
    pub(super) fn redactor(&self, in_body: &[Secret]) -> Redactor {
        let in_body = in_body.iter().map(Secret::expose);
        Redactor::new([self.api_key.expose()].into_iter().chain(in_body))
    }
}
