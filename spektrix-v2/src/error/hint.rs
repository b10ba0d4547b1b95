//! What a person can do about an error, in a sentence.

use std::borrow::Cow;

use http::StatusCode;

use super::{Fault, Tried};
use crate::operation::Method;
use crate::runtime::{DecodeError, DecodeErrorKind};
use crate::transport::{TransportError, TransportErrorKind};

pub(super) fn hint<'a>(tried: Option<&Tried>, fault: &'a Fault) -> Option<Cow<'a, str>> {
    let hint = match fault {
        Fault::Configuration { remedy, .. } | Fault::Identity { remedy, .. } => return given(remedy),
        Fault::InvalidRequest(_) => return None,
        Fault::Transport(error) => transport(error),
        Fault::Deadline(_) => Some("ask for fewer items, or allow more time with `ClientBuilder::timeout`"),
        Fault::Stalled(_) => Some("try again later, or allow more time with `ClientBuilder::timeout`"),
        Fault::NoDocument { .. } => {
            Some("the document may still be in the making: ask for those that are ready with `GetPrintAtHomeDocuments`")
        }
        Fault::NoSession => {
            Some("a change of the basket begins one: put something into it, or let the customer sign in")
        }
        Fault::NoTurn(_) => Some(
            "the changes of a session go one after the other: send fewer at a time, or allow more time with \
             `ClientBuilder::timeout`",
        ),
        Fault::NoCookie { .. } => Some(
            "the basket that the change began cannot be reached: check that nothing on the way takes the cookie \
             `SessionId` away",
        ),
        Fault::File { .. } => Some("check that the folder exists, that it can be written to, and that there is space"),
        Fault::Status { .. } if fault.is_retired(tried) => Some(RETIRED),
        Fault::Status { .. } if fault.names_certificate() => Some(REFUSED_CERTIFICATE),
        Fault::Status { status, .. } => for_status(*status, tried),
        Fault::Redirect { .. } => Some(
            "redirects are not followed, because they would carry the API key along: check the base URL and the \
             client name",
        ),
        Fault::Decode { error, .. } => decode(error),
        Fault::NoProgress { .. } => Some("it seems to ignore `offset`: ask for everything at once with `all`"),
    };
    hint.map(Cow::Borrowed)
}

/// For a write whose outcome is unknown.
pub(super) fn look_first(hint: Option<Cow<'_, str>>) -> Cow<'_, str> {
    const LOOK: &str = "the service may have acted: look before sending it again";
    hint.map_or(Cow::Borrowed(LOOK), |hint| Cow::Owned(format!("{LOOK}; {hint}")))
}

fn given(remedy: &str) -> Option<Cow<'_, str>> {
    Some(remedy).filter(|remedy| !remedy.is_empty()).map(Cow::Borrowed)
}

const REFUSED_CERTIFICATE: &str = "the service does not accept the client certificate: check that it is the one that \
    Spektrix issued for this venue, that it is not expired or revoked, and that no proxy opens the connection on the way";

const RETIRED: &str = "since 2025 the service only reads these objects: creating, changing or deleting them no longer \
    works, whatever is sent";

const CLOSED_EARLY: &str = "a refused client certificate often shows only like this: check that it is the one that \
    Spektrix issued for this venue, that it is not expired or revoked, and that no proxy opens the connection on the way";

fn transport(error: &TransportError) -> Option<&'static str> {
    match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Some(
            "check the base URL, the name server, the proxy if one is set, and that a firewall lets the connection out",
        ),
        TransportErrorKind::ServerCertificate => Some(
            "the server's certificate is not trusted: a proxy that opens the connection cannot be used with client \
             certificates; for a stand-in, trust its own root with `ClientBuilder::trust_only`",
        ),
        TransportErrorKind::ServerName => Some(
            "the server's certificate is for another name: check the base URL, and that no proxy answers in its place",
        ),
        TransportErrorKind::ClientCertificate => Some(REFUSED_CERTIFICATE),
        TransportErrorKind::Tls | TransportErrorKind::Closed => Some(CLOSED_EARLY),
        TransportErrorKind::Body => {
            Some("a read can be sent again; after a write, look first whether the service has acted")
        }
        TransportErrorKind::Timeout => Some("the service, or the way to it, is slow: try again later"),
        TransportErrorKind::Other => None,
    }
}

fn for_status(status: StatusCode, tried: Option<&Tried>) -> Option<&'static str> {
    match status.as_u16() {
        401 => Some("check the API key, and that it belongs to this client name and certificate"),
        403 => Some("check that the API key and the client certificate are those of this venue, and still valid"),
        404 => Some(not_found(tried)),
        400 | 422 => Some("the service does not accept the values that were sent"),
        405 if is_update(tried) => {
            Some("something on the way may not let this method pass: `ClientBuilder::update_style` has others")
        }
        405 => Some("something on the way may not let this method pass"),
        429 => Some("too many requests: wait, then send fewer at a time"),
        500 => Some("the service failed; should the same call fail again, ask Spektrix support"),
        502..=504 => Some("the service is not available at the moment: try again later"),
        _ => None,
    }
}

fn is_update(tried: Option<&Tried>) -> bool {
    tried.is_some_and(|tried| tried.operation.method == Method::Patch)
}

fn not_found(tried: Option<&Tried>) -> &'static str {
    match tried {
        Some(tried) if tried.needs_session() && tried.with_session => {
            "the session is unknown or over; it ends ten minutes after its last change: begin a new one"
        }
        Some(tried) if tried.needs_session() => {
            "this operation needs a session, and none was given: call it on a `Session`"
        }
        Some(tried) if tried.with_session => "what was asked for does not exist, or the session is over",
        _ => "what was asked for does not exist; if nothing is ever found, check the client name and the base URL",
    }
}

fn decode(error: &DecodeError) -> Option<&'static str> {
    match error.kind() {
        DecodeErrorKind::Html => Some("a proxy, a sign-in page or a maintenance notice may have answered in its place"),
        DecodeErrorKind::Limit(_) => {
            Some("ask for fewer items with `limit`, or raise the limit with `ClientBuilder::decode_options`")
        }
        DecodeErrorKind::Malformed(_) | DecodeErrorKind::NoContent => {
            Some("the answer may have been cut short on its way: try again")
        }
        DecodeErrorKind::Encoding(_) | DecodeErrorKind::Doctype | DecodeErrorKind::Trailing => {
            Some("the service sends nothing like it: something on the way may have changed the answer")
        }
        DecodeErrorKind::NotEmpty => {
            Some("another server may have responded in place of the service, or the service has changed")
        }
        DecodeErrorKind::Root { .. } => Some("check the base URL; if that is right, the service has changed"),
        DecodeErrorKind::Value { .. } => Some(
            "the service may have changed: `cargo xtask drift` compares its help pages with those that this crate was \
             made of",
        ),
        // Its words say what to do.
        DecodeErrorKind::Missing(_) => None,
    }
}
