//! One attempt: a request sent, and as much of its answer as the call waits for.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use jiff::Timestamp;
use tracing::Instrument;

use super::attempts::Failed;
use super::measure::Watch;
use super::trace::Trace;
use super::{Inner, answer, cookie};
use crate::error::{Fault, Redactor};
use crate::retry::retry_after;
use crate::session_state::State;
use crate::transport::{TransportError, TransportResponse};

/// What every attempt of a call sends.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) request: &'a Request<Bytes>,
    pub(super) session: Option<&'a State>,
    pub(super) redactor: &'a Redactor,
    pub(super) watch: &'a Watch,
    pub(super) until: Until,
}

/// How much of a successful answer an attempt waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Head,
    End,
}

/// A successful answer.
pub(super) struct Arrival {
    /// Its body is still to come, if only the head was waited for.
    pub(super) response: TransportResponse,
    /// The whole body, if the end was waited for.
    pub(super) body: Vec<u8>,
    pub(super) trace: Trace,
}

impl Inner {
    pub(super) async fn attempt(&self, sent: Sent<'_>, trace: Trace) -> Result<Arrival, Failed> {
        let arrival = self.arrival(sent, &trace).instrument(trace.span.clone());
        match arrival.await {
            Ok((response, body)) => {
                if sent.until == Until::End {
                    trace.end(body.len());
                }
                Ok(Arrival { response, body, trace })
            }
            Err(failed) => Err(trace.failed(failed)),
        }
    }

    async fn arrival(&self, sent: Sent<'_>, trace: &Trace) -> Result<(TransportResponse, Vec<u8>), Failed> {
        let (response, retry_after) = self.send(sent, trace).await?;
        let failed = |fault| Failed { fault, retry_after };
        let accepted = answer::accept(response, sent.redactor).await;
        let mut response = accepted.map_err(failed)?;
        let body = match sent.until {
            Until::Head => Vec::new(),
            Until::End => {
                let max_bytes = self.decode_options.max_bytes;
                let body = answer::whole_body(&mut response, max_bytes, sent.redactor).await;
                body.map_err(failed)?
            }
        };
        Ok((response, body))
    }

    /// The answer, and how long it asks to wait should it be a refusal.
    async fn send(
        &self,
        Sent {
            request,
            session,
            redactor,
            ..
        }: Sent<'_>,
        trace: &Trace,
    ) -> Result<(TransportResponse, Option<Duration>), Failed> {
        let mut request = request.clone();
        let cookie = cookie::put(request.headers_mut(), session, redactor)?;
        let response = self.transport.send(request).await;
        let response = response.map_err(|error| transport_fault(&error, redactor))?;
        trace.span.record("status", response.status.as_u16());
        cookie::take(&response, cookie.as_ref(), session, redactor, &trace.tried.operation)?;
        let retry_after = retry_after(&response.headers, Timestamp::now());
        Ok((response, retry_after))
    }
}

/// The fault for an error of the transport.
pub(super) fn transport_fault(error: &TransportError, redactor: &Redactor) -> Fault {
    Fault::Transport(redactor.transport_error(error))
}
