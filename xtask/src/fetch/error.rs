//! Why a page could not be fetched, and what to do about it.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use spektrix_v2_codegen::feed::FeedError;
use spektrix_v2_codegen::page::PageError;
use spektrix_v2_codegen::printable::visible;

const RETRY_LATER: &str = "retry later";

/// A page that could not be fetched.
#[derive(Debug)]
pub(super) struct FetchError {
    pub(super) page: String,
    pub(super) url: String,
    pub(super) attempts: usize,
    pub(super) cause: Cause,
}

/// What happened to a request for a page. Strings from the server do not contain the API key.
#[derive(Debug)]
pub(super) enum Cause {
    /// The connection was refused or closed, or could not be opened.
    Connection { detail: String, is_https: bool },
    /// TLS failed.
    Tls(String),
    /// The page did not arrive in time.
    Timeout(Duration),
    /// The response is a redirect, which is never followed.
    Redirect {
        status: StatusCode,
        host: String,
        /// The base URL with https, if that is where the redirect leads.
        https: Option<String>,
    },
    /// The response has another status than success.
    Status {
        status: StatusCode,
        body: Quote,
        retry_after: Option<Duration>,
    },
    /// The page is compressed in a way that is not supported.
    Encoding(String),
    /// The page cannot be decompressed.
    DamagedEncoding,
    /// The page is one that codegen refuses.
    Refused(spektrix_v2_codegen::Error),
    /// The page is larger than the limit.
    TooLarge(usize),
    /// The page, or its content type, contains the API key.
    ContainsApiKey,
    /// The feed is not valid.
    Feed(FeedError),
    /// The page is not a help page.
    NotAPage(PageError),
    /// The page is of another kind than its link.
    WrongKind { linked: &'static str, kind: &'static str },
}

/// What is shown of the body of an error page.
#[derive(Debug)]
pub(super) enum Quote {
    /// The body is empty.
    Empty,
    /// The start of the body.
    Start(String),
    /// Nothing: the body is too long, or it was cut off. Part of a secret could be at its end.
    Incomplete,
    /// Nothing: the body contains the API key.
    ContainsApiKey,
}

impl Cause {
    /// Whether a retry may help.
    pub(super) fn is_transient(&self) -> bool {
        match self {
            Self::Connection { .. } | Self::Timeout(_) => true,
            Self::Status { status, .. } => is_transient(*status),
            _ => false,
        }
    }

    fn hint(&self) -> Cow<'static, str> {
        match self {
            Self::Redirect { https: Some(base), .. } => {
                format!("the service is at https now: pass --base-url {base}").into()
            }
            other => other.fixed_hint().into(),
        }
    }

    fn fixed_hint(&self) -> &'static str {
        match self {
            Self::Tls(detail) if detail.contains("InvalidContentType") => {
                "the server does not speak TLS at this port: check the scheme and the port of --base-url"
            }
            Self::Tls(_) => "check the certificates: --ca for the trusted servers, --cert and --key for the client",
            Self::Connection { is_https: true, .. } => {
                "check the network; if the server closes the connection, it may require a client certificate: pass --cert \
                 and --key"
            }
            Self::Connection { is_https: false, .. } => "check the network and --base-url",
            Self::Timeout(_) => RETRY_LATER,
            Self::Redirect { .. } => "if the service has moved, pass its new address as --base-url",
            Self::Status { status, .. } => hint_for(*status),
            Self::ContainsApiKey => {
                "nothing was stored, because help pages are committed; fetch without SPEKTRIX_API_KEY, or ask the \
                 developers of the service"
            }
            Self::Encoding(_) | Self::DamagedEncoding => {
                "the server, or a proxy before it, compresses pages: ask its operators"
            }
            Self::Refused(_) => {
                "nothing was stored; look at the page in a browser, and ask the developers of the service"
            }
            Self::TooLarge(_) | Self::Feed(_) => "check that --base-url is the address whose /help is the feed",
            Self::NotAPage(_) => {
                "look at the page in a browser; a login or error page means a wrong --base-url, or that the service \
                 requires --cert and --key"
            }
            Self::WrongKind { .. } => "the feed or the page is wrong; ask the developers of the service",
        }
    }
}

fn is_transient(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
}

fn hint_for(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "the service may require a client certificate: pass --cert and --key"
        }
        StatusCode::NOT_FOUND => "check --base-url; the feed may also be older than the service",
        _ if is_transient(status) => RETRY_LATER,
        _ => "check --base-url",
    }
}

impl std::error::Error for FetchError {}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: GET {}: {}", self.page, self.url, self.cause)?;
        if self.attempts > 1 {
            write!(f, " ({} attempts)", self.attempts)?;
        }
        write!(f, "; {}", self.cause.hint())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection { detail, .. } => write!(f, "connection failed: {}", visible(detail)),
            Self::Tls(detail) => write!(f, "TLS failed: {}", visible(detail)),
            Self::Encoding(name) => write!(f, "the page is compressed as {name}, which is not supported"),
            Self::DamagedEncoding => f.write_str("the page cannot be decompressed"),
            Self::Refused(error) => write!(f, "codegen would refuse the page: {error}"),
            Self::Timeout(limit) => write!(f, "no complete response within {limit:?}"),
            Self::Redirect { status, host, .. } => write!(f, "{status}, a redirect to {host}, which is not followed"),
            Self::Status { status, body, .. } => write!(f, "{status}{body}"),
            Self::TooLarge(limit) => write!(f, "the response has more than {limit} bytes"),
            Self::ContainsApiKey => f.write_str("the page, or its content type, contains the API key"),
            Self::Feed(error) => write!(f, "{error}"),
            Self::NotAPage(error) => write!(f, "{error}"),
            Self::WrongKind { linked, kind } => {
                write!(f, "linked as the {linked} page, but the page is of kind {kind}")
            }
        }
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(" without a body"),
            Self::Start(start) => write!(f, ": \"{start}\""),
            Self::Incomplete => f.write_str(" (the body is not shown: it is too long, or was cut off)"),
            Self::ContainsApiKey => f.write_str(" (the body is not shown: it contains the API key)"),
        }
    }
}
