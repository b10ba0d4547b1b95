//! What to do about an error, in a sentence or two.

use std::borrow::Cow;

use http::StatusCode;

use super::{ErrorContext, Fault};
use crate::operation::Method;
use crate::runtime::{DecodeError, DecodeErrorKind};
use crate::transport::{TransportError, TransportErrorKind};

pub(super) fn hint<'a>(context: Option<&ErrorContext>, fault: &'a Fault) -> Option<Cow<'a, str>> {
    let hint = match fault {
        Fault::Configuration { remedy, .. } | Fault::Identity { remedy, .. } => return given(remedy),
        Fault::InvalidRequest(_) => return None,
        Fault::Transport(error) => for_transport(error),
        Fault::Deadline(_) => Some("ask for fewer items, or allow more time with `ClientBuilder::timeout`"),
        Fault::Stalled(_) => Some("retry later, or allow more time with `ClientBuilder::timeout`"),
        Fault::NoDocument { .. } => {
            Some("the document may not be ready. `GetPrintAtHomeDocuments` lists the documents that are ready")
        }
        Fault::NoSession => {
            Some("a change of the basket starts a session. Add an item to the basket, or let the customer sign in")
        }
        Fault::SessionBusy(_) => Some(
            "the changes of a session are serialized. Send fewer of them at the same time, or allow more time with \
             `ClientBuilder::timeout`",
        ),
        Fault::NoCookie { .. } => Some(
            "the basket cannot be reached. Check that nothing between the client and the service removes the cookie \
             `SessionId`",
        ),
        Fault::File { .. } => Some("check that the folder exists and can be written to, and that there is space"),
        Fault::Status { .. } if fault.is_retired(context) => Some(RETIRED),
        Fault::Status { .. } if fault.names_certificate() => Some(REFUSED_CERTIFICATE),
        Fault::Status { status, .. } => for_status(*status, context),
        Fault::Redirect { .. } => Some(
            "redirects are not followed, because they would carry the API key to another address. Check the base URL \
             and the client name",
        ),
        Fault::Decode { error, .. } => for_decode(error),
        Fault::Implausible { .. } => Some(
            "the service may be failing, or its data may be incomplete. Retry later. If the list is right, allow it with a \
             `Guard`",
        ),
        Fault::NoProgress { .. } => Some("it seems to ignore `offset`. Request the whole list with `all`"),
    };
    hint.map(Cow::Borrowed)
}

/// The hint for a write whose outcome is unknown.
pub(super) fn check_first(hint: Option<Cow<'_, str>>) -> Cow<'_, str> {
    const CHECK: &str = "the service may have applied the change. Check before you send it again";
    hint.map_or(Cow::Borrowed(CHECK), |hint| {
        Cow::Owned(format!("{CHECK}. {}", sentence(&hint)))
    })
}

/// The same with a capital letter.
fn sentence(hint: &str) -> String {
    let mut characters = hint.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn given(remedy: &str) -> Option<Cow<'_, str>> {
    Some(remedy).filter(|remedy| !remedy.is_empty()).map(Cow::Borrowed)
}

const REFUSED_CERTIFICATE: &str = "the service does not accept the client certificate. Check that Spektrix issued it \
    for this venue, that it has not expired and is not revoked, and that no proxy decrypts the connection";

const CLOSED_EARLY: &str = "a refused client certificate often shows only as a closed connection. Check that Spektrix \
    issued it for this venue, that it has not expired and is not revoked, and that no proxy decrypts the connection";

const RETIRED: &str = "since 2025 these objects can only be read. Creating, changing and deleting them no longer works";

fn for_transport(error: &TransportError) -> Option<&'static str> {
    match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
            Some("check the base URL, the DNS, the proxy if one is set, and that the firewall allows the connection")
        }
        TransportErrorKind::ServerCertificate => Some(
            "the server's certificate is not trusted. A proxy that decrypts the connection cannot be used with client \
             certificates. For a test server, trust its root with `ClientBuilder::trust_only`",
        ),
        TransportErrorKind::ServerName => Some(
            "the server's certificate is for another name. Check the base URL, and that no proxy responds instead of the \
             service",
        ),
        TransportErrorKind::ClientCertificate => Some(REFUSED_CERTIFICATE),
        TransportErrorKind::Tls | TransportErrorKind::Closed => Some(CLOSED_EARLY),
        TransportErrorKind::Body => {
            Some("a read can be retried. After a write, check first whether the service applied it")
        }
        TransportErrorKind::Timeout => Some("the service or the network is slow. Retry later"),
        TransportErrorKind::Other => None,
    }
}

fn for_status(status: StatusCode, context: Option<&ErrorContext>) -> Option<&'static str> {
    match status.as_u16() {
        401 => Some("check the API key, and that it belongs to this client name and certificate"),
        403 => Some("check that the API key and the client certificate belong to this venue and are valid"),
        404 => Some(for_not_found(context)),
        400 | 422 => Some("the service did not accept the values of the request"),
        405 if is_update(context) => Some("a proxy may block this method. Use another `ClientBuilder::update_style`"),
        405 => Some("a proxy may block this method"),
        429 => Some("too many requests. Wait, then send fewer at the same time"),
        500 => Some("the service failed. If the same call fails again, ask Spektrix support"),
        502..=504 => Some("the service is not available. Retry later"),
        _ => None,
    }
}

fn is_update(context: Option<&ErrorContext>) -> bool {
    context.is_some_and(|context| context.operation.method == Method::Patch)
}

fn for_not_found(context: Option<&ErrorContext>) -> &'static str {
    match context {
        Some(context) if context.needs_session() && context.with_session => {
            "no session, or the session expired (10 minutes after the last change). Start a new session"
        }
        Some(context) if context.needs_session() => {
            "this operation needs a session, and there was none. Call it on a `Session`"
        }
        Some(context) if context.with_session => "the object does not exist, or the session expired",
        _ => "the object does not exist. If nothing is ever found, check the client name and the base URL",
    }
}

fn for_decode(error: &DecodeError) -> Option<&'static str> {
    match error.kind() {
        DecodeErrorKind::Html => {
            Some("a proxy, a sign-in page or a maintenance page may have responded instead of the service")
        }
        DecodeErrorKind::Limit(_) => {
            Some("ask for fewer items with `limit`, or raise the limit with `ClientBuilder::decode_options`")
        }
        DecodeErrorKind::Malformed(_) | DecodeErrorKind::NoContent => Some("the response may have been cut off. Retry"),
        DecodeErrorKind::Encoding(_) | DecodeErrorKind::Doctype | DecodeErrorKind::Trailing => Some(
            "the service does not send this. Something between the client and the service may have changed the response",
        ),
        DecodeErrorKind::NotEmpty => {
            Some("another server may have responded instead of the service, or the service has changed")
        }
        DecodeErrorKind::Root { .. } => Some("check the base URL. If it is correct, the service has changed"),
        DecodeErrorKind::Value { .. } => Some(
            "the service may have changed. `cargo xtask drift` compares its help pages with the schemas of this crate",
        ),
        // Its message contains what to do.
        DecodeErrorKind::Missing(_) => None,
    }
}
