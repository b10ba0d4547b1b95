//! The cookie of a session: added to every request, taken from every response.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::error::{Fault, Redactor};
use crate::operation::{OperationInfo, SessionUse};
use crate::session_state::{COOKIE_NAME, SessionId, SessionState, SetCookie, set_cookie};
use crate::transport::TransportResponse;

/// Adds the cookie of the session to a request, if the session has one. Returns the cookie, to compare it with the
/// response.
pub(super) fn add(
    headers: &mut HeaderMap,
    session: Option<&SessionState>,
    redactor: &Redactor,
) -> Result<Option<SessionId>, Fault> {
    let id = session.and_then(SessionState::id);
    if let Some(id) = &id {
        // Added to the redactor before the request is sent: no failure from here on may show it.
        redactor.learn(id.expose());
        headers.insert(COOKIE, header(id)?);
    }
    Ok(id)
}

fn header(session: &SessionId) -> Result<HeaderValue, Fault> {
    let text = Zeroizing::new([COOKIE_NAME, "=", session.expose()].concat());
    let value = HeaderValue::from_str(&text);
    let mut value =
        value.map_err(|_| Fault::InvalidRequest("the session identifier is not a valid header value".into()))?;
    // The HTTP libraries do not log a sensitive value.
    value.set_sensitive(true);
    Ok(value)
}

/// Takes the cookie of the session from a response with any status, as a browser does. This happens before the body is
/// read: a call that is dropped afterwards does not lose the cookie.
///
/// Without a session the cookie is not kept, but it is a secret nevertheless.
pub(super) fn take(
    response: &TransportResponse,
    sent: Option<&SessionId>,
    session: Option<&SessionState>,
    redactor: &Redactor,
    info: &OperationInfo,
) -> Result<(), Fault> {
    let change = set_cookie(&response.headers, Timestamp::now());
    // Added to the redactor even if it is not kept: the body of this response may repeat it.
    if let Some(SetCookie::To(value)) = change {
        redactor.learn(value);
    }
    let status = response.status;
    let Some(session) = session else {
        if status.is_success() && info.session == SessionUse::Begins {
            tracing::warn!("a basket was changed outside of a session and cannot be reached: see `Client::session`");
        }
        return Ok(());
    };
    let is_usable = change.is_none_or(|change| apply(&change, sent, session));
    let what = if !is_usable {
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

/// Updates the session. Returns whether the session can continue with the cookie.
fn apply(change: &SetCookie<'_>, sent: Option<&SessionId>, session: &SessionState) -> bool {
    let id = match change {
        SetCookie::To(value) => SessionId::new(*value).ok(),
        SetCookie::Ended | SetCookie::Unreadable => None,
    };
    let is_usable = id.is_some() || *change == SetCookie::Ended;
    session.adopt(sent, id);
    is_usable
}
