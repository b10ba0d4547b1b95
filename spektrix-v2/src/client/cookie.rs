//! The cookie of a session: put on each request, taken from each answer.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::error::{Fault, Redactor};
use crate::operation::{OperationInfo, SessionUse};
use crate::session_state::{COOKIE_NAME, SessionId, SetCookie, State, set_cookie};
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
    let text = Zeroizing::new([COOKIE_NAME, "=", session.expose()].concat());
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
    let news = set_cookie(&response.headers, Timestamp::now());
    if let Some(SetCookie::To(value)) = news {
        redactor.learn(value);
    }
    let is_success = response.status.is_success();
    let Some(session) = session else {
        if is_success && info.session == SessionUse::Begins {
            tracing::warn!(
                "a basket was changed outside of a session, so that nobody can reach it: see `Client::session`"
            );
        }
        return Ok(());
    };
    let is_usable = news.is_none_or(|news| keep(&news, sent, session));
    let what = match is_usable {
        false => "with a cookie `SessionId` that cannot be sent back",
        true if info.session == SessionUse::Begins && !session.has_begun() => "without the cookie `SessionId`",
        true => return Ok(()),
    };
    let status = response.status;
    match is_success {
        true => Err(Fault::NoCookie { status, what }),
        // The refusal is the better reason.
        false => Ok(()),
    }
}

/// Whether the session can go on with it.
fn keep(news: &SetCookie<'_>, sent: Option<&SessionId>, session: &State) -> bool {
    let id = match news {
        SetCookie::To(value) => SessionId::new(*value).ok(),
        SetCookie::Over | SetCookie::Unreadable => None,
    };
    let is_usable = id.is_some() || *news == SetCookie::Over;
    session.adopt(sent, id);
    is_usable
}
