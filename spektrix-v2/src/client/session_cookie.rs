//! The cookies of a session: added to every request, taken from every response.

use http::header::COOKIE;
use http::{HeaderValue, Request};
use jiff::Timestamp;

use crate::error::{Fault, Redactor};
use crate::operation::{OperationInfo, SessionUse};
use crate::session_state::{Replacement, SessionId, SessionState, SetCookies};
use crate::transport::TransportResponse;

/// Adds the cookies of the session to a request, if the session has any. Returns the identifier, to compare it with the
/// response.
pub(super) fn add<B>(
    request: &mut Request<B>,
    session: Option<&SessionState>,
    redactor: &Redactor,
) -> Result<Option<SessionId>, Fault> {
    let Some(session) = session else {
        return Ok(None);
    };
    let cookies = session.for_request(request.uri().path(), Timestamp::now());
    // Added to the redactor before the request is sent: no failure from here on may show them.
    cookies.secrets().for_each(|value| redactor.learn(value));
    if let Some(header) = cookies.header() {
        let value = HeaderValue::from_str(&header);
        let mut value = value
            .map_err(|_| Fault::InvalidRequest("the cookies of the session are not a valid header value".into()))?;
        // The HTTP libraries do not log a sensitive value.
        value.set_sensitive(true);
        request.headers_mut().insert(COOKIE, value);
    }
    Ok(cookies.id)
}

/// Takes the cookies of the session from a response with any status, as a browser does. This happens before the body is
/// read: a call that is dropped afterwards does not lose them. `path` is that of the request.
///
/// Without a session the cookies are not kept, but the identifier is a secret nevertheless.
pub(super) fn take(
    response: &TransportResponse,
    path: &str,
    sent: Option<&SessionId>,
    session: Option<&SessionState>,
    redactor: &Redactor,
    info: &OperationInfo,
) -> Result<(), Fault> {
    let now = Timestamp::now();
    let changes = SetCookies::parse(&response.headers, path, now);
    // Added to the redactor even if they are not kept: the body of this response may repeat them.
    changes.secrets().for_each(|value| redactor.learn(value));
    let status = response.status;
    let Some(session) = session else {
        if status.is_success() && info.session == SessionUse::Begins {
            tracing::warn!("a basket was changed outside of a session and cannot be reached: see `Client::session`");
        }
        return Ok(());
    };
    session.adopt(sent, &changes, replacement(info), now);
    let what = if changes.has_unusable_id() && !session.has_started() {
        "with a cookie `SessionId` that cannot be sent back"
    } else if info.session == SessionUse::Begins && !session.has_started() {
        "without the cookie `SessionId`"
    } else {
        return Ok(());
    };
    if status.is_success() {
        Err(Fault::NoCookie { status, what })
    } else {
        // The status explains the failure better than the cookie does.
        Ok(())
    }
}

/// Returns what a new identifier in the response to an operation means. An operation that needs the session fails without
/// it, and a customer who signs in keeps the basket.
fn replacement(info: &OperationInfo) -> Replacement {
    match info.session {
        SessionUse::Begins => Replacement::Unclear,
        SessionUse::None | SessionUse::MayBegin | SessionUse::Needs => Replacement::Rotation,
    }
}
