//! The responses that faults send instead of processing a request.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::fault::{Fault, RetryAfter};
use super::outcome::set_header;
use crate::api::error_page;

const HTML: &str = "text/html; charset=UTF-8";
const MAINTENANCE: &str = "<!DOCTYPE html>\n<html><head><title>Back soon</title></head><body><h1>Back soon</h1>\
    <p>We are carrying out planned maintenance.<br>Please come back later.</p></body></html>\n";

/// Returns the response of a fault that replaces the ordinary one, or `None` if it sends no response.
pub(super) fn response(fault: &Fault) -> Option<Response<Bytes>> {
    Some(match fault {
        Fault::Status { status, retry_after } => error_response(*status, *retry_after),
        Fault::HtmlPage { status } => page(*status, HTML, MAINTENANCE),
        Fault::Redirect { location } => redirect(location),
        Fault::Respond {
            status,
            content_type,
            body,
        } => page(*status, content_type, body.clone()),
        Fault::CertificateRefused { page: refusal } => page(refusal.status(), HTML, refusal.html()),
        _ => return None,
    })
}

fn error_response(status: u16, retry_after: Option<RetryAfter>) -> Response<Bytes> {
    let text = error_page(status_code(status), "A fault was injected into the sandbox.");
    let mut response = page(status, HTML, text);
    if let Some(retry_after) = retry_after {
        set_header(&mut response, header::RETRY_AFTER, &format_retry_after(retry_after));
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
    let mut response = page(302, HTML, error_page(StatusCode::FOUND, "Object moved."));
    set_header(&mut response, header::LOCATION, location);
    response
}

fn page(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status_code(status);
    set_header(&mut response, header::CONTENT_TYPE, content_type);
    response
}

/// Converts a status, which was checked when the fault was injected.
fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
