//! What becomes of one request, by the faults that strike it.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::delivery::{Delivery, Drip, Ending};
use super::{Fault, RetryAfter, content};
use crate::service::error_page;

/// What the other end gets to see: an answer, however it is sent; or none, and the connection is reset.
pub(crate) type Outcome = Option<Response<Delivery>>;

/// The faults that strike one request.
#[derive(Debug)]
pub(crate) struct Plan(Vec<Fault>);

impl Plan {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// How long it takes before anything else happens.
    pub(crate) fn delay(&self) -> Duration {
        let delays = self.0.iter().map(|fault| match fault {
            Fault::Latency { delay } => *delay,
            _ => Duration::ZERO,
        });
        delays.fold(Duration::ZERO, Duration::saturating_add)
    }

    /// Whether the request's session is forgotten first.
    pub(crate) fn forgets_session(&self) -> bool {
        self.0.contains(&Fault::ForgetSession)
    }

    /// What comes in the place of the service's answer, if anything does.
    pub(crate) fn instead(&self) -> Option<Outcome> {
        let fault = self.0.iter().find(|fault| fault.is_instead())?;
        let answer = match fault {
            Fault::Status { status, retry_after } => refusal(*status, *retry_after),
            Fault::HtmlPage { status } => page(*status, MAINTENANCE.to_owned()),
            Fault::Redirect { location } => redirect(location),
            _ => return Some(None),
        };
        Some(self.spoil(answer))
    }

    /// The answer as it is sent.
    pub(crate) fn spoil(&self, answer: Response<Bytes>) -> Outcome {
        let mut answer = answer.map(Delivery::from);
        for fault in &self.0 {
            if *fault == Fault::LoseAnswer {
                return None;
            }
            spoil(fault, &mut answer);
        }
        Some(answer)
    }
}

fn spoil(fault: &Fault, answer: &mut Response<Delivery>) {
    let body = answer.body_mut();
    match fault {
        Fault::Drip { piece, pause } => {
            let (piece, pause) = (*piece, *pause);
            body.drip = Some(Drip { piece, pause });
        }
        Fault::Stall { after } => body.ending = Ending::Stall(*after),
        Fault::ResetWithinBody { after } => body.ending = Ending::Reset(*after),
        Fault::Truncated { after } => content::truncate(body, *after),
        Fault::Oversized { bytes } => content::oversize(body, *bytes),
        Fault::Malformed => content::malform(body),
        Fault::EmptyBody => content::truncate(body, 0),
        Fault::ContentType { value } => set(answer.headers_mut(), header::CONTENT_TYPE, value),
        Fault::ByteOrderMark => content::byte_order_mark(body),
        Fault::Utf16 => {
            content::utf16(body);
            set(
                answer.headers_mut(),
                header::CONTENT_TYPE,
                "application/xml; charset=utf-16",
            );
        }
        Fault::UnknownParts => content::add_unknown_parts(body),
        // Those have had their effect before there was an answer.
        Fault::Latency { .. }
        | Fault::Reset
        | Fault::LoseAnswer
        | Fault::Status { .. }
        | Fault::HtmlPage { .. }
        | Fault::Redirect { .. }
        | Fault::ForgetSession => {}
    }
}

const MAINTENANCE: &str = "<!DOCTYPE html>\n<html><head><title>Back soon</title></head><body><h1>Back soon</h1>\
    <p>We are carrying out planned maintenance.<br>Please try again later.</p></body></html>\n";

fn refusal(status: u16, retry_after: Option<RetryAfter>) -> Response<Bytes> {
    let code = status_of(status);
    let mut answer = page(status, error_page(code, "The sandbox was told to answer this."));
    if let Some(retry_after) = retry_after {
        set(answer.headers_mut(), header::RETRY_AFTER, &written(retry_after));
    }
    answer
}

fn written(retry_after: RetryAfter) -> String {
    match retry_after {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::DateInSeconds(seconds) => {
            let then = Timestamp::now().saturating_add(jiff::SignedDuration::from_secs(seconds.into()));
            let printed = then.map(|then| DateTimePrinter::new().timestamp_to_rfc9110_string(&then));
            printed.ok().and_then(Result::ok).unwrap_or_default()
        }
    }
}

fn redirect(location: &str) -> Response<Bytes> {
    let mut answer = page(302, error_page(StatusCode::FOUND, "Object moved."));
    set(answer.headers_mut(), header::LOCATION, location);
    answer
}

fn page(status: u16, html: String) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(html));
    *answer.status_mut() = status_of(status);
    set(answer.headers_mut(), header::CONTENT_TYPE, "text/html; charset=UTF-8");
    answer
}

/// Every status was checked when the fault was injected.
fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Every value was checked when the fault was injected.
fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The faults that spoil a body.
    fn spoiling() -> impl Strategy<Value = Fault> {
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
        /// Whatever the body, and however many faults strike it.
        #[test]
        fn spoiling_never_fails(
            body in prop_oneof![".*".prop_map(String::into_bytes), proptest::collection::vec(any::<u8>(), 0..60)],
            faults in proptest::collection::vec(spoiling(), 0..5),
        ) {
            let answer = Plan::new(faults).spoil(Response::new(Bytes::from(body))).expect("an answer");
            let delivery = answer.into_body();
            prop_assert!(delivery.padding.is_none_or(|padding| padding.at <= delivery.content.len()));
        }
    }
}
