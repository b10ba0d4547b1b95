//! Why a page could not be had, and what to do about it.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use spektrix_v2_codegen::feed::FeedError;
use spektrix_v2_codegen::page::PageError;

const IDENTITY: &str = "the service may want a client certificate: pass --cert and --key";

/// A page that could not be had. It shows the address without user, password and query.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) what: String,
    pub(super) url: String,
    pub(super) tries: usize,
    pub(super) cause: Cause,
}

/// What went wrong with one page.
#[derive(Debug)]
pub(super) enum Cause {
    /// The connection was refused, broke, or never stood.
    Connection { detail: String, encrypted: bool },
    /// TLS said no.
    Tls(String),
    /// The page did not arrive in time.
    Timeout(Duration),
    /// The service sends us elsewhere, which is never followed.
    Redirect { status: StatusCode, host: String },
    /// The service says no.
    Status {
        status: StatusCode,
        body: Quote,
        retry_after: Option<Duration>,
    },
    /// The page is larger than any help page is.
    TooLarge(usize),
    /// The page, or its content type, repeats the API key.
    RepeatsKey,
    /// The feed is no feed.
    Feed(FeedError),
    /// The page is no help page.
    NotAPage(PageError),
    /// The page is of a kind that its link does not promise.
    WrongKind { linked: &'static str, kind: &'static str },
}

/// What is shown of the body of an error page.
#[derive(Debug)]
pub(super) enum Quote {
    Empty,
    Start(String),
    /// It is too long, or broke off, so that part of a secret could be at its end.
    Incomplete,
    RepeatsKey,
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(" without a body"),
            Self::Start(start) => write!(f, ": \"{start}\""),
            Self::Incomplete => f.write_str(" with a body that is too long to be shown, or not complete"),
            Self::RepeatsKey => f.write_str(" with a body that repeats the API key, so it is not shown"),
        }
    }
}

impl Cause {
    /// Whether another try may help.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Connection { .. } | Self::Timeout(_) => true,
            Self::Status { status, .. } => *status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
            _ => false,
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::Tls(_) => "check the certificates: --ca for whom to trust, --cert and --key for who we are",
            Self::Connection { encrypted: true, .. } => {
                "check the network; if the connection is closed at once, the service may want a client certificate: \
                 pass --cert and --key"
            }
            Self::Connection { encrypted: false, .. } => "check the network and --base-url",
            Self::Timeout(_) => "try again later",
            Self::Redirect { .. } => "if the service has moved, pass its new address as --base-url",
            Self::Status { status, .. } => advice_on(*status),
            Self::RepeatsKey => {
                "nothing was stored, since the pages are committed; fetch without SPEKTRIX_API_KEY, or ask the service's \
                 developers"
            }
            Self::TooLarge(_) | Self::Feed(_) => "check that --base-url is the address whose /help is the feed",
            Self::NotAPage(_) => {
                "look at the page in a browser: a login or error page means a wrong --base-url, or that the service \
                 wants --cert and --key"
            }
            Self::WrongKind { .. } => "the feed or the page is wrong; ask the service's developers",
        }
    }
}

fn advice_on(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => IDENTITY,
        StatusCode::NOT_FOUND => "check --base-url, and that the feed is not older than the service",
        _ if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => "try again later",
        _ => "check --base-url",
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: GET {} {}", self.what, self.url, self.cause)?;
        if self.tries > 1 {
            write!(f, " ({} tries)", self.tries)?;
        }
        write!(f, "; {}", self.cause.advice())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection { detail, .. } => write!(f, "failed: {detail}"),
            Self::Tls(detail) => write!(f, "failed in TLS: {detail}"),
            Self::Timeout(limit) => write!(f, "gave no whole answer within {limit:?}"),
            Self::Redirect { status, host } => {
                write!(f, "answered {status}, a redirect to {host} that is not followed")
            }
            Self::Status { status, body, .. } => write!(f, "answered {status}{body}"),
            Self::RepeatsKey => f.write_str("answered with the API key in the page or its content type"),
            Self::TooLarge(limit) => write!(f, "answered more than {limit} bytes"),
            Self::Feed(error) => write!(f, "answered something else: {error}"),
            Self::NotAPage(error) => write!(f, "answered something else: {error}"),
            Self::WrongKind { linked, kind } => {
                write!(f, "is linked as the {linked} page but holds a page of kind {kind}")
            }
        }
    }
}
