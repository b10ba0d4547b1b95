//! The retry loop of a call, and one attempt in it: a request is sent, and as much of the response is read as the call needs.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use jiff::Timestamp;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tracing::Instrument;

use super::call_options::Deadline;
use super::decompression::decompress;
use super::telemetry::{AttemptSpan, Meter};
use super::truncation::is_cut_short;
use super::{Inner, response, session_cookie};
use crate::error::{Error, ErrorContext, Fault, Redactor};
use crate::operation::Effect;
use crate::retry::{Retry, Withdrawal, is_retryable, is_timeout, retry_after};
use crate::session_state::{ItemChange, SessionId, SessionState};
use crate::transport::{TransportError, TransportErrorKind, TransportResponse};

/// What every attempt of a call sends.
#[derive(Clone, Copy)]
pub(super) struct AttemptInput<'a> {
    pub(super) request: &'a Request<Bytes>,
    pub(super) session: Option<&'a SessionState>,
    pub(super) redactor: &'a Redactor,
    /// Measures the call.
    pub(super) meter: &'a Meter,
    pub(super) deadline: Deadline,
    pub(super) read: Read,
}

impl AttemptInput<'_> {
    /// Returns whether a read found no session, because another call received a new identifier while it was in flight. It
    /// is sent again with that, once for each new identifier, and costs no token.
    fn was_overtaken(&self, fault: &Fault, sent: Option<&SessionId>, context: &ErrorContext) -> bool {
        let current = self.session.and_then(SessionState::id);
        context.operation.effect == Effect::Read
            && fault.status() == Some(StatusCode::NOT_FOUND)
            && sent.is_some()
            && current.is_some()
            && current.as_ref() != sent
    }

    /// Returns the failure of an attempt whose body is cut short, if it is.
    fn cut_short(&self, received: &Received, context: &ErrorContext) -> Option<FailedAttempt> {
        let is_cut_short = self.read == Read::Body && is_cut_short(&received.body, context.operation.response);
        is_cut_short.then(|| {
            let message = "the body lacks its end";
            Fault::Transport(TransportError::new(TransportErrorKind::Body, message)).into()
        })
    }
}

/// How much of a successful response an attempt reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// The headers. The caller reads the body.
    Headers,
    /// The complete body.
    Body,
}

/// A successful response, as far as the attempt has read it.
pub(super) struct Received {
    pub(super) response: TransportResponse,
    /// The complete body, if the attempt has read it.
    pub(super) body: Vec<u8>,
    pub(super) span: AttemptSpan,
}

/// A failed attempt: why it failed, and how long the service asks to wait before a retry.
#[derive(Clone)]
struct FailedAttempt {
    fault: Fault,
    retry_after: Option<Duration>,
}

impl From<Fault> for FailedAttempt {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            retry_after: None,
        }
    }
}

/// When a call is retried.
#[derive(Clone, Copy)]
struct RetryPlan {
    effect: Effect,
    policy: Retry,
    deadline: Option<Instant>,
}

impl Inner {
    /// Makes attempts until one succeeds, or a failure is not retried.
    ///
    /// Dropping the future ends the attempt in progress, and no other attempt is made.
    pub(super) async fn send_with_retries(
        &self,
        input: AttemptInput<'_>,
        mut context: ErrorContext,
        own_policy: Option<Retry>,
    ) -> Result<Received, Error> {
        let Deadline { time, at } = input.deadline;
        let plan = self.retry_plan(context.operation.effect, own_policy, at);
        let attempts = self.make_attempts(input, &mut context, plan);
        let received = match at {
            // The deadline ends the attempt in progress, too: a retry must not take more time than the call has.
            Some(deadline) => timeout_at(deadline, attempts).await.unwrap_or_else(|_| {
                tracing::debug!(operation = context.operation.name, "the deadline has passed");
                Err(Fault::Deadline(time))
            }),
            None => attempts.await,
        };
        received.map_err(|fault| Error::during(context, fault))
    }

    /// Returns the plan of a call. A write is sent once, unless the call has its own policy.
    fn retry_plan(&self, effect: Effect, own_policy: Option<Retry>, deadline: Option<Instant>) -> RetryPlan {
        let default = match effect {
            Effect::Read => self.retry,
            Effect::Write => Retry::none(),
        };
        RetryPlan {
            effect,
            policy: own_policy.unwrap_or(default),
            deadline,
        }
    }

    /// Runs the loop. Counts the attempts in `context`.
    async fn make_attempts(
        &self,
        input: AttemptInput<'_>,
        context: &mut ErrorContext,
        plan: RetryPlan,
    ) -> Result<Received, Fault> {
        let mut withdrawal: Option<Withdrawal<'_>> = None;
        loop {
            let sent_id = input.session.and_then(SessionState::id);
            let result = self.measured_attempt(input, context).await;
            let failed = match &result {
                Ok(received) => input.cut_short(received, context),
                Err(failed) => Some(failed.clone()),
            };
            let Some(failed) = failed else {
                // The tokens of a successful retry return to the budget when the withdrawal is dropped.
                if withdrawal.is_none() {
                    self.budget.reward();
                }
                return result.map_err(|failed| failed.fault);
            };
            if input.was_overtaken(&failed.fault, sent_id.as_ref(), context) {
                continue;
            }
            // The tokens of a failed retry do not return: a service that is down empties the budget.
            if let Some(withdrawal) = withdrawal.take() {
                withdrawal.spend();
            }
            let Some((delay, cost)) = self.next_retry(plan, context.attempts, &failed) else {
                // A body that is cut short is not an error here: decoding it shows where it ends.
                return result.map_err(|failed| failed.fault);
            };
            withdrawal = Some(cost);
            tracing::debug!(operation = context.operation.name, error = %failed.fault, ?delay, "retrying");
            sleep(delay).await;
        }
    }

    /// Returns the delay before the next attempt and the tokens that it takes from the budget, if there is a next attempt.
    fn next_retry(&self, plan: RetryPlan, attempts: u32, failed: &FailedAttempt) -> Option<(Duration, Withdrawal<'_>)> {
        if !is_retryable(&failed.fault, plan.effect) {
            return None;
        }
        let delay = plan.policy.delay_after(attempts)?;
        // The service knows better than the policy when it will be available.
        let delay = delay.max(failed.retry_after.unwrap_or_default());
        let start = Instant::now().checked_add(delay)?;
        // A retry that would start after the deadline cannot succeed: the error at hand is returned now.
        if plan.deadline.is_some_and(|deadline| start >= deadline) {
            return None;
        }
        Some((delay, self.budget.withdraw(is_timeout(&failed.fault))?))
    }

    /// Makes one attempt as soon as fewer than `max_in_flight` requests are in flight.
    async fn measured_attempt(
        &self,
        input: AttemptInput<'_>,
        context: &mut ErrorContext,
    ) -> Result<Received, FailedAttempt> {
        // The permit is held during the attempt only, so that a call that waits for its retry does not block others.
        let _permit = self.admission.admit(context.operation.name).await;
        context.attempts += 1;
        input.meter.set_attempts(context.attempts);
        let meter = Meter::start(self.on_attempt.as_ref(), *context);
        let result = self.attempt_within_timeout(input, AttemptSpan::new(*context)).await;
        match &result {
            Ok(received) => meter.succeed(received.response.status, received.body.len()),
            Err(failed) => meter.fail(&failed.fault),
        }
        result
    }

    async fn attempt_within_timeout(
        &self,
        input: AttemptInput<'_>,
        span: AttemptSpan,
    ) -> Result<Received, FailedAttempt> {
        let attempt = self.attempt(input, span);
        match self.attempt_timeout {
            Some(limit) => {
                let result = timeout(limit, attempt).await;
                result.unwrap_or_else(|_| Err(Fault::attempt_timeout(limit).into()))
            }
            None => attempt.await,
        }
    }

    async fn attempt(&self, input: AttemptInput<'_>, span: AttemptSpan) -> Result<Received, FailedAttempt> {
        // The events of the libraries that send the request belong to the span, too.
        let exchange = self.send_and_read(input, &span).instrument(span.span.clone());
        match exchange.await {
            Ok((response, body)) => {
                // If only the headers were read, the code that reads the body records the end.
                if input.read == Read::Body {
                    span.record_success(body.len());
                }
                Ok(Received { response, body, span })
            }
            Err(failed) => {
                span.record_failure(&failed.fault);
                Err(failed)
            }
        }
    }

    /// Sends the request and reads the response.
    async fn send_and_read(
        &self,
        input: AttemptInput<'_>,
        span: &AttemptSpan,
    ) -> Result<(TransportResponse, Vec<u8>), FailedAttempt> {
        let response = self.send_request(input, span).await?;
        // Read from the headers before the body is read, so that it is known even if reading the body fails.
        let retry_after = retry_after(&response.headers, Timestamp::now());
        let failed = |fault| FailedAttempt { fault, retry_after };
        let end = self.attempt_timeout.and_then(|limit| span.start.checked_add(limit));
        let time = input.deadline.time_for_error_page(end);
        let response = response::check_status(response, input.redactor, time).await;
        let mut response = response.map_err(|fault| failed(self.with_other_name(fault)))?;
        let body = match input.read {
            Read::Headers => Vec::new(),
            Read::Body => {
                let max_bytes = self.decode_options.max_bytes;
                let body = response::read_body(&mut response, max_bytes, input.redactor).await;
                body.map_err(failed)?
            }
        };
        Ok((response, body))
    }

    /// Adds the name in the client certificate to a refusal, if it is not the client name.
    fn with_other_name(&self, mut fault: Fault) -> Fault {
        if let Fault::Status { page, .. } = &mut fault
            && let Some(name) = self.other_name()
        {
            page.set_other_name(name);
        }
        fault
    }

    /// Sends the request, and takes the cookie of the session from the response.
    async fn send_request(&self, input: AttemptInput<'_>, span: &AttemptSpan) -> Result<TransportResponse, Fault> {
        let AttemptInput { session, redactor, .. } = input;
        // A transport takes the request: each attempt needs its own copy. The body is shared.
        let mut request = input.request.clone();
        let sent = session_cookie::add(&mut request, session, redactor)?;
        let path = request.uri().path().to_owned();
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| Fault::Transport(redactor.transport_error(&error)))?;
        // The status is recorded here, because the checks below may end the attempt.
        span.record_status(response.status);
        session_cookie::take(
            &response,
            &path,
            sent.as_ref(),
            session,
            redactor,
            &span.context.operation,
        )?;
        if let Some(session) = session
            && response.status.is_success()
        {
            session.change_items(ItemChange::of(&span.context.operation, input.request.body()));
        }
        decompress(response).map_err(|error| Fault::Transport(redactor.transport_error(&error)))
    }
}
