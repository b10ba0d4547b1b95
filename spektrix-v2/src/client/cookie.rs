//! The cookie of a session: put on each request, taken from each answer.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::error::{Fault, Redactor};
use crate::operation::{OperationInfo, SessionUse};
use crate::session::{SessionId, SetCookie, State, set_cookie};
use crate::transport::TransportResponse;

/// Puts the session's cookie on a request, if it has one by now, and tells which.
pub(super) fn put(
    headers: &mut HeaderMap,
    session: Option<&State>,
    redactor: &Redactor,
) -> Result<Option<SessionId>, Fault> {
    let id = session.and_then(State::id);
    if let Some(id) = &id {
        redactor.learn(id.expose());
        headers.insert(COOKIE, header(id)?);
    }
    Ok(id)
}

fn header(session: &SessionId) -> Result<HeaderValue, Fault> {
    let text = Zeroizing::new(format!("SessionId={}", session.expose()));
    let value = HeaderValue::from_str(&text);
    let mut value = value.map_err(|_| Fault::InvalidRequest("the session's identifier fits no header".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Takes the session's cookie from an answer, whatever its status, as a browser does. It is taken before the body is
/// read: a call that is given up from here on does not lose it.
///
/// Without a session of this client nobody keeps it, but it is a secret all the same.
pub(super) fn take(
    response: &TransportResponse,
    sent: Option<&SessionId>,
    session: Option<&State>,
    redactor: &Redactor,
    info: &OperationInfo,
) -> Result<(), Fault> {
    let set = set_cookie(&response.headers, Timestamp::now());
    let new = match set {
        Some(SetCookie::To(value)) => {
            redactor.learn(value);
            Some(SessionId::new(value).ok())
        }
        Some(SetCookie::Over) => Some(None),
        Some(SetCookie::Unreadable) | None => None,
    };
    let Some(session) = session else { return Ok(()) };
    let is_unusable = matches!(
        (&set, &new),
        (Some(SetCookie::Unreadable), _) | (Some(SetCookie::To(_)), Some(None))
    );
    if let Some(new) = new {
        session.adopt(sent, new);
    }
    let what = match is_unusable {
        true => "with a cookie `SessionId` that cannot be sent back",
        false if info.session == SessionUse::Begins && !session.has_begun() => "without the cookie `SessionId`",
        false => return Ok(()),
    };
    match response.status.is_success() {
        true => Err(Fault::NoCookie {
            status: response.status,
            what,
        }),
        // The refusal is the better reason.
        false => Ok(()),
    }
}
