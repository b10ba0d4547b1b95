//! Who may use the page: the person who started the command, in a browser on this machine, and no other website.
//!
//! Every request passes these checks, in this order:
//!
//! 1. `Host`, and the host in a target that is a whole URL, is 127.0.0.1 or localhost with the port of this server. A website
//!    that points its own name to this machine (DNS rebinding) sends its own.
//! 2. `Sec-Fetch-Site`, if the browser sends it, is not that of another origin. Cookies do not depend on the port, so
//!    `SameSite` alone would let in the pages of other servers on this machine.
//! 3. The token in the address, once, or the cookie that it is exchanged for. The redirect removes the token from the address,
//!    and so from the history of the browser.
//! 4. For a POST: `Origin` is this server, and the form contains the token of its pages.
//!
//! Every response forbids scripts and styles of others, frames, caches, and referrers to others.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::form_urlencoded;

use super::pages;
use super::token::{FORM_FIELD, Token};
use crate::failure::Result;

/// What a page may do. Forms are sent to this server only, and nothing shows a page in a frame.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

const FIXED_HEADERS: [(HeaderName, HeaderValue); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_POLICY),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // With `no-referrer`, browsers would send the forms of these pages with `Origin: null`.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    ),
];

/// A form has at most so many bytes: a request body of some thousand tickets.
const MOST_FORM_BYTES: usize = 1024 * 1024;

/// The name of the parameter with the token, in the address that the command prints.
const ENTRY: &str = "token";

/// The secrets of one run of the page.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: [String; 2],
    cookie_name: String,
    /// In the printed address.
    entry: Token,
    /// In the address that a browser is started with, until it is used.
    once: Mutex<Option<Token>>,
    /// In the cookie that the entry is exchanged for.
    cookie: Token,
    /// In each form.
    form: Token,
}

/// The fields of a form that passed the checks, in their order.
#[derive(Clone, Default)]
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    /// Returns the first field with this name.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Host,
    OtherOrigin,
    NoToken,
    Method,
    TooLarge,
    FormToken,
}

impl Guard {
    /// Creates the secrets for a server on this port.
    ///
    /// # Errors
    ///
    /// If the operating system has no random numbers.
    pub(super) fn new(port: u16) -> Result<Self> {
        Ok(Self {
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            // Browsers send the cookies of all ports. Two testers must not replace each other's.
            cookie_name: format!("spektrix-tester-{port}"),
            entry: Token::random()?,
            once: Mutex::new(None),
            cookie: Token::random()?,
            form: Token::random()?,
        })
    }

    /// Returns the address to open, with the token.
    pub(super) fn entry_url(&self) -> String {
        format!("http://{}/?{ENTRY}={}", self.hosts[0], self.entry.expose())
    }

    /// Returns an address for the arguments of a browser, which other users of the machine can read. So its token is valid once.
    ///
    /// # Errors
    ///
    /// If the operating system has no random numbers.
    pub(super) fn one_time_url(&self) -> Result<String> {
        let token = Token::random()?;
        let url = format!("http://{}/?{ENTRY}={}", self.hosts[0], token.expose());
        *self.once.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
        Ok(url)
    }

    /// Returns the token that each form must contain.
    pub(super) fn form_token(&self) -> &str {
        self.form.expose()
    }

    /// Checks everything but the form. Returns the response for the address with the token.
    fn admit(&self, request: &Request) -> std::result::Result<Option<Response>, Refusal> {
        let headers = request.headers();
        let host = text(headers, header::HOST).unwrap_or_default();
        // A request to a proxy names the host in its target, which counts before the header.
        let target = request.uri().authority().map_or(host, Authority::as_str);
        if [host, target]
            .iter()
            .any(|given| !self.hosts.iter().any(|own| own == given))
        {
            return Err(Refusal::Host);
        }
        // `none` is an address that a person typed or opened from another program.
        let site = text(headers, HeaderName::from_static("sec-fetch-site"));
        if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
            return Err(Refusal::OtherOrigin);
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
            return Err(Refusal::Method);
        }
        if let Some(entered) = self.exchange(request) {
            return Ok(Some(entered));
        }
        if !self.has_cookie(headers) {
            return Err(Refusal::NoToken);
        }
        Ok(None)
    }

    /// Exchanges the token in the address for the cookie.
    fn exchange(&self, request: &Request) -> Option<Response> {
        let query = request.uri().query().unwrap_or_default();
        let (_, given) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == ENTRY)?;
        if *request.method() != Method::GET || request.uri().path() != "/" || !self.is_entry(&given) {
            return None;
        }
        let (name, value) = (&self.cookie_name, self.cookie.expose());
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict");
        let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())];
        Some((StatusCode::SEE_OTHER, headers).into_response())
    }

    fn is_entry(&self, given: &str) -> bool {
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        self.entry.is(given) || once.take_if(|token| token.is(given)).is_some()
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(header::COOKIE).iter();
        let texts = values.filter_map(|value| value.to_str().ok());
        let mut pairs = texts
            .flat_map(|text| text.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.cookie_name && self.cookie.is(value))
    }

    /// Checks the origin of a form and the token in it.
    fn check_form(&self, headers: &HeaderMap, body: &[u8]) -> std::result::Result<Form, Refusal> {
        // The host was checked before.
        let own = format!("http://{}", text(headers, header::HOST).unwrap_or_default());
        if text(headers, header::ORIGIN) != Some(own.as_str()) {
            return Err(Refusal::OtherOrigin);
        }
        let fields: Vec<_> = form_urlencoded::parse(body).into_owned().collect();
        let mut tokens = fields.iter().filter(|(name, _)| name == FORM_FIELD);
        if !tokens.any(|(_, value)| self.form.is(value)) {
            return Err(Refusal::FormToken);
        }
        Ok(Form(fields))
    }
}

/// Checks a request before any page sees it, and adds the headers that every response has.
pub(super) async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match pass(&guard, request, next).await {
        Ok(response) => response,
        Err(refusal) => pages::refusal(refusal.status(), refusal.reason()),
    };
    for (name, value) in FIXED_HEADERS {
        response.headers_mut().insert(name, value);
    }
    response
}

async fn pass(guard: &Guard, mut request: Request, next: Next) -> std::result::Result<Response, Refusal> {
    if let Some(entered) = guard.admit(&request)? {
        return Ok(entered);
    }
    if *request.method() == Method::POST {
        let body = std::mem::replace(request.body_mut(), Body::empty());
        let body: Bytes = to_bytes(body, MOST_FORM_BYTES).await.map_err(|_| Refusal::TooLarge)?;
        let form = guard.check_form(request.headers(), &body)?;
        request.extensions_mut().insert(form);
    }
    Ok(next.run(request).await)
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::OtherOrigin | Self::NoToken | Self::FormToken => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }

    /// Returns what happened and what to do.
    fn reason(self) -> &'static str {
        match self {
            Self::Host => "This page is only for this machine. Open the address that spektrix tester printed.",
            Self::OtherOrigin => "The request came from another website or program, and was not sent to the service.",
            Self::NoToken => {
                "The browser has no access to this page. Open the address that spektrix tester printed: it contains a token."
            }
            Self::Method => "Only GET and POST are possible here.",
            Self::TooLarge => "The form is larger than 1 MiB, and was not sent to the service.",
            Self::FormToken => {
                "The form is not from this run of spektrix tester, and was not sent to the service. Open the page again."
            }
        }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    // Two values are as wrong as one that is no text: none of the checks accepts this one.
    Some(
        first
            .to_str()
            .ok()
            .filter(|_| values.next().is_none())
            .unwrap_or("invalid"),
    )
}
