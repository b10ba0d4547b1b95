//! The plan for one request: what the faults that fire for it do, before it is processed and to its response.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::fault::{Fault, RetryAfter};
use super::response_body::{Drip, Ending, ResponseBody};
use crate::api::error_page;

/// The response that is sent, or `None` if the connection is reset instead.
pub(crate) type Outcome = Option<Response<ResponseBody>>;

/// The faults that fire for one request.
#[derive(Debug)]
pub(crate) struct FaultPlan(Vec<Fault>);

impl FaultPlan {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// Returns the delay before the request is processed.
    pub(crate) fn delay(&self) -> Duration {
        let delays = self.0.iter().map(|fault| match fault {
            Fault::Latency { delay } => *delay,
            _ => Duration::ZERO,
        });
        delays.fold(Duration::ZERO, Duration::saturating_add)
    }

    /// Returns whether the session of the request is removed before the request is processed.
    pub(crate) fn forgets_session(&self) -> bool {
        self.0.contains(&Fault::ForgetSession)
    }

    /// Returns the outcome if a fault replaces the response, so that the request must not be processed.
    pub(crate) fn replacement(&self) -> Option<Outcome> {
        let fault = self.0.iter().find(|fault| fault.replaces_response())?;
        let response = match fault {
            Fault::Status { status, retry_after } => error_response(*status, *retry_after),
            Fault::HtmlPage { status } => html_page(*status, MAINTENANCE.to_owned()),
            Fault::Redirect { location } => redirect(location),
            _ => return Some(None),
        };
        Some(self.apply(response))
    }

    /// Applies the faults to a response, in the order in which they were injected.
    pub(crate) fn apply(&self, response: Response<Bytes>) -> Outcome {
        let mut response = response.map(ResponseBody::from);
        for fault in &self.0 {
            if *fault == Fault::LoseResponse {
                return None;
            }
            apply(fault, &mut response);
        }
        Some(response)
    }
}

fn apply(fault: &Fault, response: &mut Response<ResponseBody>) {
    let body = response.body_mut();
    match fault {
        Fault::Drip { chunk, pause } => {
            let (chunk, pause) = (*chunk, *pause);
            body.drip = Some(Drip { chunk, pause });
        }
        Fault::Stall { after } => body.ending = Ending::Stall(*after),
        Fault::ResetWithinBody { after } => body.ending = Ending::Reset(*after),
        Fault::Truncated { after } => body.truncate(*after),
        Fault::Oversized { bytes } => body.oversize(*bytes),
        Fault::Malformed => body.make_malformed(),
        Fault::EmptyBody => body.truncate(0),
        Fault::ContentType { value } => set_header(response.headers_mut(), header::CONTENT_TYPE, value),
        Fault::ByteOrderMark => body.add_byte_order_mark(),
        Fault::Utf16 => {
            body.encode_as_utf16();
            set_header(
                response.headers_mut(),
                header::CONTENT_TYPE,
                "application/xml; charset=utf-16",
            );
        }
        Fault::UnknownParts => body.add_unknown_parts(),
        // These have their effect before there is a response, or replace it.
        Fault::Latency { .. }
        | Fault::Reset
        | Fault::LoseResponse
        | Fault::Status { .. }
        | Fault::HtmlPage { .. }
        | Fault::Redirect { .. }
        | Fault::ForgetSession => {}
    }
}

const MAINTENANCE: &str = "<!DOCTYPE html>\n<html><head><title>Back soon</title></head><body><h1>Back soon</h1>\
    <p>We are carrying out planned maintenance.<br>Please come back later.</p></body></html>\n";

fn error_response(status: u16, retry_after: Option<RetryAfter>) -> Response<Bytes> {
    let code = status_code(status);
    let mut response = html_page(status, error_page(code, "A fault was injected into the sandbox."));
    if let Some(retry_after) = retry_after {
        set_header(
            response.headers_mut(),
            header::RETRY_AFTER,
            &format_retry_after(retry_after),
        );
    }
    response
}

fn format_retry_after(retry_after: RetryAfter) -> String {
    match retry_after {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::DateInSeconds(seconds) => {
            let date = Timestamp::now().saturating_add(jiff::SignedDuration::from_secs(seconds.into()));
            let formatted = date.map(|date| DateTimePrinter::new().timestamp_to_rfc9110_string(&date));
            formatted.ok().and_then(Result::ok).unwrap_or_default()
        }
    }
}

fn redirect(location: &str) -> Response<Bytes> {
    let mut response = html_page(302, error_page(StatusCode::FOUND, "Object moved."));
    set_header(response.headers_mut(), header::LOCATION, location);
    response
}

fn html_page(status: u16, html: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(html));
    *response.status_mut() = status_code(status);
    set_header(response.headers_mut(), header::CONTENT_TYPE, "text/html; charset=UTF-8");
    response
}

/// Converts a status, which was checked when the fault was injected.
fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Sets a header. Its value was checked when the fault was injected.
fn set_header(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Generates faults that change a body.
    fn body_faults() -> impl Strategy<Value = Fault> {
        prop_oneof![
            (0_usize..60).prop_map(|after| Fault::Truncated { after }),
            (0_u64..60).prop_map(|bytes| Fault::Oversized { bytes }),
            Just(Fault::Malformed),
            Just(Fault::EmptyBody),
            Just(Fault::ByteOrderMark),
            Just(Fault::Utf16),
            Just(Fault::UnknownParts),
        ]
    }

    proptest! {
        /// Any number of faults can be applied to any body.
        #[test]
        fn applying_faults_does_not_fail(
            body in prop_oneof![".*".prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..60)],
            faults in proptest::collection::vec(body_faults(), 0..5),
        ) {
            let response = FaultPlan::new(faults).apply(Response::new(Bytes::from(body))).expect("a response");
            let body = response.into_body();
            prop_assert!(body.padding.is_none_or(|padding| padding.at <= body.content.len()));
        }
    }
}
