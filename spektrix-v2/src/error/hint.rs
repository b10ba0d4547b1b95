//! What to do about an error, in a sentence or two.

use std::borrow::Cow;

use http::StatusCode;

use super::{ErrorContext, ErrorPage, Fault};
use crate::operation::Method;
use crate::runtime::{DecodeError, DecodeErrorKind};
use crate::transport::{ConnectionFacts, TransportError, TransportErrorKind};

pub(super) fn hint<'a>(context: Option<&ErrorContext>, fault: &'a Fault) -> Option<Cow<'a, str>> {
    let hint = match fault {
        Fault::Configuration { remedy, .. } | Fault::Identity { remedy, .. } => return given(remedy),
        Fault::InvalidRequest(_) => return None,
        Fault::Transport(error) => for_transport(error),
        Fault::Deadline(_) => Some("ask for fewer items, or allow more time with `ClientBuilder::timeout`"),
        Fault::Stalled(_) => Some("start it again later, or allow more time with `ClientBuilder::timeout`"),
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
        Fault::Status { page, .. } if fault.names_certificate() => return Some(for_refused_certificate(page)),
        Fault::Status { status, .. } if fault.is_retired(context) => Some(for_retired(*status, context)),
        Fault::Status { status, page } => return for_status_and_page(*status, page, context),
        Fault::NoRuntime => Some(
            "await calls within a Tokio runtime with its timer and I/O enabled. The guide's page on production has a recipe \
             for programs that block",
        ),
        Fault::Redirect { .. } => Some(
            "redirects are not followed, because they would carry the API key to another address. Check the base URL \
             and the client name",
        ),
        Fault::Decode { error, .. } => for_decode(error),
        Fault::Implausible { .. } => Some(
            "the service may be failing, or its data may be incomplete. Retry later. If the list is right, allow it with a \
             `Guard`",
        ),
        Fault::NoProgress { .. } => Some("it may ignore `offset`. Request the whole list with `all`"),
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

const NOT_REQUESTED: &str = "the server did not ask for the client certificate when the connection was made. If it asks \
    later (TLS renegotiation or post-handshake authentication), the built-in transport cannot present the certificate: see \
    the guide's page on certificates";

const RETIRED: &str = "since 2025 these objects can only be read. Creating, changing and deleting them no longer works";

const EXPECTS_TLS: &str = "the server expects TLS on this port. Begin the base URL with `https://`";

fn for_transport(error: &TransportError) -> Option<&'static str> {
    let hint = match error.kind() {
        TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => {
            "check the base URL, the DNS, the proxy if one is set, and that the firewall allows the connection"
        }
        TransportErrorKind::ServerCertificate => {
            "the server's certificate is not trusted. A proxy that decrypts the connection cannot be used with client \
             certificates. For a test server, trust its root with `ClientBuilder::trust_only`"
        }
        TransportErrorKind::ServerName => {
            "the server's certificate is for another name. Check the base URL, and that no proxy responds instead of the \
             service"
        }
        TransportErrorKind::ClientCertificate => REFUSED_CERTIFICATE,
        TransportErrorKind::Tls => for_tls(error.connection()),
        TransportErrorKind::NotTls => {
            "check the port in the base URL: most likely the server serves plain HTTP there, or a proxy responds"
        }
        TransportErrorKind::Closed => for_closed(error.connection()),
        TransportErrorKind::NotProcessed => {
            "the server closes connections or limits requests. Send fewer at the same time"
        }
        TransportErrorKind::Http2 => "use HTTP/1.1 with `ClientBuilder::http1_only`",
        TransportErrorKind::Headers => {
            "the server or something between violates HTTP. If it is a proxy of yours, correct the headers that it adds"
        }
        TransportErrorKind::RuntimeGone => {
            "the client was used in a runtime that has ended. Call it within the runtime that is running now"
        }
        TransportErrorKind::Body => {
            "the connection broke. If this happens often, something between the client and the service cuts responses off"
        }
        TransportErrorKind::Decompression => {
            "a proxy may compress responses in another way than it declares. Ask for uncompressed ones with \
             `ClientBuilder::compression`"
        }
        TransportErrorKind::Timeout => "the service or the network is slow. Allow more time, or ask for fewer items",
        TransportErrorKind::Other => return None,
    };
    Some(hint)
}

/// The hint for a connection that was closed. It names the certificate only if the server can have refused it.
fn for_closed(connection: Option<ConnectionFacts>) -> &'static str {
    match connection {
        None => CLOSED_EARLY,
        Some(facts) if facts.has_responded => {
            "the connection broke. If this happens often, ask who operates the network and the proxies on the way"
        }
        Some(facts) if facts.lacks_request() => NOT_REQUESTED,
        Some(facts) if facts.is_certificate_requested => CLOSED_EARLY,
        Some(_) => "check the base URL and its port, and that no firewall or proxy closes the connection",
    }
}

fn for_tls(connection: Option<ConnectionFacts>) -> &'static str {
    match connection {
        Some(facts) if facts.lacks_request() && !facts.has_responded => NOT_REQUESTED,
        // Servers with TLS 1.2 report a missing or refused certificate as a failed handshake.
        Some(facts) if facts.is_certificate_requested && !facts.has_responded => CLOSED_EARLY,
        _ => {
            "the client offers TLS 1.2 and 1.3, with forward secrecy (ECDHE) and AES-GCM or ChaCha20. An older server, or a \
             proxy that responds instead of the service, needs another transport: see `ClientBuilder::transport`"
        }
    }
}

/// The hint for a status, or a page, by which a server refuses the client certificate.
fn for_refused_certificate(page: &ErrorPage) -> Cow<'static, str> {
    if page.connection.is_some_and(ConnectionFacts::lacks_request) {
        return NOT_REQUESTED.into();
    }
    with_other_name(page, REFUSED_CERTIFICATE)
}

/// Adds the name in the certificate, if it is not the client name: that is the most likely cause.
fn with_other_name(page: &ErrorPage, hint: &'static str) -> Cow<'static, str> {
    match &page.other_name {
        Some(name) => format!(
            "the client certificate was issued to `{name}`, which is not the client name. {}",
            sentence(hint)
        )
        .into(),
        None => hint.into(),
    }
}

fn for_status_and_page(
    status: StatusCode,
    page: &ErrorPage,
    context: Option<&ErrorContext>,
) -> Option<Cow<'static, str>> {
    if page.expects_tls {
        return Some(EXPECTS_TLS.into());
    }
    let hint = for_status(status, context)?;
    Some(if [401, 403].contains(&status.as_u16()) {
        with_other_name(page, hint)
    } else {
        hint.into()
    })
}

fn for_status(status: StatusCode, context: Option<&ErrorContext>) -> Option<&'static str> {
    Some(match status.as_u16() {
        304 => "a cache between the client and the service responded. Ask who operates it",
        401 => "check the API key, and that it belongs to this client name and certificate",
        403 => "check that the API key and the client certificate belong to this venue and are valid",
        404 => for_not_found(context),
        400 | 422 => "the service did not accept the values of the request",
        405 | 501 if is_update(context) => {
            "a server or a proxy may block this method. Use another `ClientBuilder::update_style`"
        }
        405 | 501 => "a server or a proxy does not allow this method. Check the base URL",
        406 | 415 => {
            "a server or a proxy refuses XML. Check the base URL, and that nothing changes the headers of requests"
        }
        407 => "the proxy asks for a user name and a password. Set them in the address of `ClientBuilder::proxy`",
        408 => "the request did not reach the server in time. Check the network",
        409 => "the request conflicts with the current state, for example a seat that is taken. Read it, then decide",
        410 => "the operation or the object no longer exists. Check the base URL",
        411 | 417 | 426 | 505 => "a server or a proxy requires another form of HTTP. Try `ClientBuilder::http1_only`",
        413 => "the request is too large. Send fewer items in one request",
        414 => "the address of the request is too long. Set fewer or shorter parameters",
        421 => {
            "the server does not serve this name on this connection. Check the base URL, and try `ClientBuilder::http1_only`"
        }
        429 => "too many requests. Wait, then send fewer at the same time",
        431 | 494 => {
            "the headers of the request are too large. Start a new session if its cookies have grown, or shorten the user agent"
        }
        451 => "a filter between the client and the service blocks the address. Ask who operates the network",
        497 => EXPECTS_TLS,
        500 => "the service failed. If the same call fails again, ask Spektrix support",
        502..=504 | 598 | 599 => "the service is not available",
        506..=510 => "the service or a gateway is not set up as it should be. Ask who operates it",
        511 => "the network asks you to sign in before it lets requests pass",
        525 | 526 => "a gateway does not trust the service behind it. Ask who operates the gateway",
        520..=530 => "a gateway does not reach the service behind it",
        _ => return None,
    })
}

/// The hint for a write that the service no longer offers. Two statuses may also be about the method alone.
fn for_retired(status: StatusCode, context: Option<&ErrorContext>) -> &'static str {
    if matches!(status.as_u16(), 405 | 501) && is_update(context) {
        "since 2025 these objects can only be read. If other writes work, a server or a proxy blocks the method of this one: \
         use another `ClientBuilder::update_style`"
    } else {
        RETIRED
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
        DecodeErrorKind::NoContent => {
            Some("something between the client and the service may have cut the response off")
        }
        DecodeErrorKind::Malformed(how) if how.starts_with("it ends") || how.contains("end of input") => {
            Some("something between the client and the service may have cut the response off")
        }
        DecodeErrorKind::Encoding(how) if how.starts_with("it is compressed") => Some(
            "a proxy may have compressed it and left out the header `Content-Encoding`. Ask for uncompressed responses with \
             `ClientBuilder::compression`",
        ),
        DecodeErrorKind::UnknownItems { .. } => Some(
            "the service has changed, or another server responded. `cargo xtask drift` compares its help pages with the \
             schemas of this crate",
        ),
        DecodeErrorKind::Malformed(_)
        | DecodeErrorKind::Encoding(_)
        | DecodeErrorKind::Doctype
        | DecodeErrorKind::Trailing => Some(
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
