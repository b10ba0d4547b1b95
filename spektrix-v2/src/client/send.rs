//! Sends one call: checks it, waits for the session lock, builds the request, and runs the retry loop.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http::Request;
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::MutexGuard;
use tokio::time::{timeout, timeout_at};

use super::call_options::{CallOptions, Deadline};
use super::request::ErasedOperation;
use super::response::{CompleteResponse, declares_web_page};
use super::retry_loop::{AttemptInput, Read, Received};
use super::telemetry::{AttemptSpan, Meter};
use super::{Client, Inner};
use crate::error::{Error, ErrorContext, Fault, Redactor};
use crate::generated::operations::GetBasket;
use crate::operation::{Effect, Operation, OperationInfo, SessionUse};
use crate::retry::Retry;
use crate::secret::Secret;
use crate::session_state::SessionState;
use crate::transport::TransportResponse;

/// A call in progress. It is boxed, so that a caller can hold many calls in one future, and a program is not compiled with
/// the state machines of this module.
pub(super) type Sending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A successful response of which only the headers have been read.
pub(super) struct OpenResponse {
    pub(super) response: TransportResponse,
    pub(super) redactor: Redactor,
    span: AttemptSpan,
    meter: Meter,
}

impl OpenResponse {
    pub(super) fn operation(&self) -> &'static str {
        self.span.context.operation.name
    }

    /// Reads the next chunk of the body; `None` at its end. The time is the limit for this wait.
    pub(super) async fn next_chunk(&mut self, time: Duration) -> Result<Option<Bytes>, Fault> {
        // The limit needs a timer, and the task may have moved out of its runtime.
        if Handle::try_current().is_err() {
            return Err(Fault::NoRuntime);
        }
        let chunk = timeout(time, self.response.body.try_next()).await;
        let chunk = chunk.map_err(|_| Fault::Stalled(time))?;
        chunk.map_err(|error| Fault::Transport(self.redactor.transport_error(&error)))
    }

    /// Records that the body is complete.
    pub(super) fn complete(&self, bytes: usize) {
        self.span.record_success(bytes);
        self.meter.succeed(self.response.status, bytes);
    }

    /// Records that reading the body failed, and returns the error for it.
    pub(super) fn fail(&self, fault: Fault) -> Error {
        self.meter.fail(&fault);
        self.span.record_failure(&fault);
        Error::during(self.span.context, fault)
    }
}

/// A request that is ready to be sent.
pub(super) struct PreparedRequest {
    context: ErrorContext,
    request: Request<Bytes>,
    redactor: Redactor,
    meter: Meter,
}

impl PreparedRequest {
    fn input<'a>(&'a self, session: Option<&'a SessionState>, deadline: Deadline, read: Read) -> AttemptInput<'a> {
        AttemptInput {
            request: &self.request,
            session,
            redactor: &self.redactor,
            meter: &self.meter,
            deadline,
            read,
        }
    }
}

impl Client {
    /// Sends an operation, with retries, and waits for the complete response.
    pub(super) fn send_complete<'a>(
        &'a self,
        operation: &'a dyn ErasedOperation,
        session: Option<&'a SessionState>,
        options: CallOptions,
    ) -> Sending<'a, CompleteResponse> {
        Box::pin(async move {
            let inner = &self.0;
            // The wait for the session counts towards the deadline of the call.
            let (meter, deadline) = (inner.meter(operation.info()), options.deadline(inner.timeout));
            meter.check(check_runtime(operation.info()))?;
            let lock = inner.lock_session(operation.info(), session, deadline).await;
            // The guard is held until the response has arrived: the next change carries the cookie that this one received.
            let _lock = meter.check(lock)?;
            let prepared = inner.prepare(operation, session, meter)?;
            inner.exchange(prepared, session, options.retry, deadline).await
        })
    }

    /// Sends an operation that reads, with retries, and waits for the headers of the response.
    pub(super) fn send_open<'a>(
        &'a self,
        operation: &'a dyn ErasedOperation,
        session: Option<&'a SessionState>,
        options: CallOptions,
    ) -> Sending<'a, OpenResponse> {
        Box::pin(async move {
            let prepared = self.0.prepare(operation, session, self.0.meter(operation.info()))?;
            self.0.open(prepared, session, options).await
        })
    }
}

impl Inner {
    /// Sends a request, with retries, and waits for the complete response. Changes of a session are serialized.
    pub(super) async fn complete(
        &self,
        prepared: PreparedRequest,
        session: Option<&SessionState>,
        options: CallOptions,
    ) -> Result<CompleteResponse, Error> {
        let operation = prepared.context.operation;
        prepared.meter.check(check_runtime(operation))?;
        let deadline = options.deadline(self.timeout);
        let lock = self.lock_session(operation, session, deadline).await;
        // Held until the response has arrived, as for an operation.
        let _lock = prepared.meter.check(lock)?;
        self.exchange(prepared, session, options.retry, deadline).await
    }

    /// The same for a call whose time has begun.
    async fn exchange(
        &self,
        prepared: PreparedRequest,
        session: Option<&SessionState>,
        retry: Option<Retry>,
        deadline: Deadline,
    ) -> Result<CompleteResponse, Error> {
        let input = prepared.input(session, deadline, Read::Body);
        let received = self.send_with_retries(input, prepared.context, retry).await;
        let Received { response, body, span } = prepared.meter.check(received)?;
        // Only changes hold the lock of the session.
        if let Some(session) = session
            && prepared.context.operation.effect != Effect::Read
            && session.is_basket_in_doubt()
        {
            // Rare, and a whole call: without a box, the future of each call would be twice as large.
            Box::pin(self.check_basket(session, deadline)).await;
        }
        Ok(CompleteResponse {
            context: span.context,
            status: response.status,
            is_web_page: declares_web_page(&response.headers),
            headers: response.headers,
            body,
            redactor: prepared.redactor,
            meter: prepared.meter,
        })
    }

    /// Reads the basket after a change that came with a new identifier, and counts it as lost if it is another one: if it has
    /// fewer items than the session is certain of. The response to a change is empty in either case.
    ///
    /// If it cannot be read, nothing is counted, and the next
    /// change checks again. The change itself has succeeded in any case.
    async fn check_basket(&self, session: &SessionState, deadline: Deadline) {
        let meter = self.meter(GetBasket::INFO);
        let Ok(prepared) = self.prepare(&GetBasket::new(), Some(session), meter) else {
            return;
        };
        let input = prepared.input(Some(session), deadline, Read::Body);
        let received = self.send_with_retries(input, prepared.context, Some(Retry::none()));
        let Ok(received) = prepared.meter.check(received.await) else {
            return;
        };
        prepared.meter.succeed(received.response.status, received.body.len());
        if let Ok(basket) = GetBasket::decode_response(&received.body, &self.decode_options) {
            session.settle_items(basket.value.tickets.len() + basket.value.merchandise_items.len());
        }
    }

    /// Sends a request, with retries, and waits for the headers of the response.
    pub(super) async fn open(
        &self,
        prepared: PreparedRequest,
        session: Option<&SessionState>,
        options: CallOptions,
    ) -> Result<OpenResponse, Error> {
        prepared.meter.check(check_runtime(prepared.context.operation))?;
        let input = prepared.input(session, options.deadline(self.timeout), Read::Headers);
        let received = self.send_with_retries(input, prepared.context, options.retry).await;
        let Received { response, span, .. } = prepared.meter.check(received)?;
        Ok(OpenResponse {
            response,
            redactor: prepared.redactor,
            span,
            meter: prepared.meter,
        })
    }

    /// Starts to measure a call.
    pub(super) fn meter(&self, operation: OperationInfo) -> Meter {
        Meter::start(self.on_call.as_ref(), ErrorContext::new(operation, false))
    }

    /// Prepares a request, which `build` builds, with the redactor for its secrets. Runs all checks that can fail before
    /// anything is sent. Their errors quote no value of the request, so they need no redactor.
    pub(super) fn prepare_request(
        &self,
        context: ErrorContext,
        meter: Meter,
        build: &dyn Fn() -> Result<(Request<Bytes>, Redactor), Fault>,
    ) -> Result<PreparedRequest, Error> {
        // An expired certificate is a clearer error than the refusal that the server would send.
        meter.check(self.check_identity().map_err(|error| error.with_context(context)))?;
        let checked = build().map_err(|fault| Error::during(context, fault));
        let (request, redactor) = meter.check(checked)?;
        Ok(PreparedRequest {
            context,
            request,
            redactor,
            meter,
        })
    }

    /// Creates a redactor for the API key and for the secrets in the body: a server may repeat them. The cookie of a session
    /// is added with each attempt.
    pub(super) fn redactor(&self, in_body: &[Secret]) -> Redactor {
        let in_body = in_body.iter().map(Secret::expose);
        Redactor::new([self.api_key.expose()].into_iter().chain(in_body))
    }

    fn prepare(
        &self,
        operation: &dyn ErasedOperation,
        session: Option<&SessionState>,
        meter: Meter,
    ) -> Result<PreparedRequest, Error> {
        let info = operation.info();
        let has_started = session.is_some_and(SessionState::has_started);
        // Without a cookie the service could only respond with status 404.
        let is_too_early = info.session == SessionUse::Needs && session.is_some() && !has_started;
        let build = || {
            if is_too_early {
                Err(Fault::NoSession)
            } else {
                self.build_request(operation)
            }
        };
        self.prepare_request(ErrorContext::new(info, has_started), meter, &build)
    }

    /// Checks the client certificate again for each call: a server may run until the certificate expires.
    fn check_identity(&self) -> Result<(), Error> {
        let (identity, _) = self.identity.get();
        identity.map_or(Ok(()), |identity| identity.check(Timestamp::now()))
    }

    /// Waits until no other change of the session is in flight, and locks the session until the guard is dropped.
    /// Changes are serialized, because two concurrent first changes would start two sessions. Reads do not wait.
    async fn lock_session<'a>(
        &self,
        operation: OperationInfo,
        session: Option<&'a SessionState>,
        deadline: Deadline,
    ) -> Result<Option<MutexGuard<'a, ()>>, Error> {
        // A read changes nothing that another call could depend on.
        let Some(session) = session.filter(|_| operation.effect != Effect::Read) else {
            return Ok(None);
        };
        let Some(at) = deadline.at else {
            return Ok(Some(session.lock().await));
        };
        let lock = timeout_at(at, session.lock()).await;
        lock.map(Some).map_err(|_| {
            let context = ErrorContext::new(operation, session.has_started());
            Error::during(context, Fault::SessionBusy(deadline.time))
        })
    }
}

/// Connections and timers need a Tokio runtime. Outside of one, they would panic.
fn check_runtime(operation: OperationInfo) -> Result<(), Error> {
    let without_runtime = |_| Error::during(ErrorContext::new(operation, false), Fault::NoRuntime);
    Handle::try_current().map(drop).map_err(without_runtime)
}
