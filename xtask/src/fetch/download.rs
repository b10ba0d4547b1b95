//! Downloads one page: with retries, bounded in size and time, and never from another host.

use std::time::Duration;

use anyhow::{Context as _, bail};
use backon::{ExponentialBuilder, Retryable as _};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use spektrix_v2_codegen::printable::{excerpt, one_line};

use super::address::BaseUrl;
use super::api_key::ApiKey;
use super::content_encoding::ContentEncoding;
use super::error::{Cause, FetchError, Quote};
use super::options::{Limits, Options};
use super::progress::Progress;
use super::tls;

/// The longest error page whose start is quoted.
const LONGEST_QUOTED_BODY: usize = 64 * 1024;

/// How many characters of a content type are stored.
const LONGEST_CONTENT_TYPE: usize = 200;

/// Downloads pages of one service.
pub(super) struct Downloader<'o> {
    client: Client,
    base: &'o BaseUrl,
    api_key: Option<&'o ApiKey>,
    limits: &'o Limits,
    progress: &'o Progress,
}

/// A page as the service sent it. It does not contain the API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Download {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

impl<'o> Downloader<'o> {
    pub(super) fn new(options: &'o Options, progress: &'o Progress) -> anyhow::Result<Self> {
        refuse_plain_http(options)?;
        let Options { base, limits, .. } = options;
        let client = Client::builder()
            .tls_backend_preconfigured(tls::config(&options.tls, base.is_https())?)
            .user_agent(concat!("spektrix-v2-xtask/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .timeout(limits.page)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .context("cannot set up the HTTP client")?;
        Ok(Self {
            client,
            base,
            api_key: options.api_key.as_ref(),
            limits,
            progress,
        })
    }

    /// Downloads the page at a path below the base. `page` is its name in messages.
    pub(super) async fn get(&self, page: &str, path: &str) -> Result<Download, FetchError> {
        let mut attempts = 0;
        let attempt = || {
            attempts += 1;
            self.attempt(path)
        };
        let result = attempt
            .retry(self.schedule())
            .when(Cause::is_transient)
            .adjust(|cause, wait| self.wait(cause, wait))
            .notify(|cause, wait| {
                let seconds = wait.as_secs_f64();
                self.progress.note(&format!("{page}: {cause}; retry in {seconds:.1} s"));
            })
            .await;
        result.map_err(|cause| FetchError {
            attempts,
            ..self.error(page, path, cause)
        })
    }

    /// Creates an error about a page, which may have been downloaded.
    pub(super) fn error(&self, page: &str, path: &str, cause: Cause) -> FetchError {
        FetchError {
            page: page.to_owned(),
            url: format!("{}/{path}", self.base),
            attempts: 1,
            cause,
        }
    }

    fn schedule(&self) -> ExponentialBuilder {
        ExponentialBuilder::new()
            .with_min_delay(self.limits.first_wait)
            .with_max_delay(self.limits.longest_wait)
            .with_max_times(self.limits.attempts.saturating_sub(1))
            .with_jitter()
    }

    /// Returns the wait before the next attempt, or `None` if there is none: what the service asks for, up to a limit, or
    /// what the schedule says.
    fn wait(&self, cause: &Cause, scheduled: Option<Duration>) -> Option<Duration> {
        let requested = match cause {
            Cause::Status { retry_after, .. } => *retry_after,
            _ => None,
        };
        scheduled.map(|scheduled| requested.map_or(scheduled, |requested| requested.min(self.limits.longest_wait)))
    }

    async fn attempt(&self, path: &str) -> Result<Download, Cause> {
        let mut url = self.base.page(path);
        if let Some(key) = self.api_key {
            url.query_pairs_mut().append_pair("api_key", key.value());
        }
        let response = self.client.get(url).send().await;
        let response = response.map_err(|error| self.cause(error))?;
        let (status, headers) = (response.status(), response.headers());
        if status.is_redirection() {
            let target = self.redirect_target(headers);
            let host = target.as_ref().and_then(url::Url::host_str);
            let host = host.map_or_else(|| "an invalid address".to_owned(), str::to_owned);
            let host = self.without_key(host);
            let is_https = target.is_some_and(|target| self.base.is_same_host_with_https(&target));
            return Err(Cause::Redirect {
                status,
                host,
                https: is_https.then(|| self.base.with_https()),
            });
        }
        if !status.is_success() {
            let retry_after = retry_after(headers);
            let body = self.quote(response).await;
            return Err(Cause::Status {
                status,
                body,
                retry_after,
            });
        }
        let content_type = headers.get(CONTENT_TYPE);
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let content_type = content_type.unwrap_or_default();
        let encoding = ContentEncoding::of(headers)?;
        let body = encoding.decode(self.body(response).await?, self.limits.bytes)?;
        // Before anything else reads the page: errors about it quote it, and it is stored as it is.
        if self.has_key(&body) || self.has_key(content_type.as_bytes()) {
            return Err(Cause::ContainsApiKey);
        }
        // It is stored in a file that people read.
        let content_type = one_line(&content_type, LONGEST_CONTENT_TYPE);
        Ok(Download { content_type, body })
    }

    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Cause> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.cause(error))? {
            if body.len() + chunk.len() > self.limits.bytes {
                return Err(Cause::TooLarge(self.limits.bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// Returns the start of an error page, if the page is complete and does not contain the key.
    async fn quote(&self, mut response: Response) -> Quote {
        let encoding = ContentEncoding::of(response.headers());
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if body.len() + chunk.len() <= LONGEST_QUOTED_BODY => body.extend_from_slice(&chunk),
                _ => return Quote::Incomplete,
            }
        }
        let Ok(body) = encoding.and_then(|encoding| encoding.decode(body, LONGEST_QUOTED_BODY)) else {
            return Quote::Incomplete;
        };
        if self.has_key(&body) {
            return Quote::ContainsApiKey;
        }
        match excerpt(&String::from_utf8_lossy(&body)) {
            start if start.is_empty() => Quote::Empty,
            start => Quote::Start(start),
        }
    }

    fn redirect_target(&self, headers: &HeaderMap) -> Option<url::Url> {
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok())?;
        self.base.page("").join(location).ok()
    }

    fn has_key(&self, bytes: &[u8]) -> bool {
        self.api_key.is_some_and(|key| key.is_in(bytes))
    }

    fn without_key(&self, text: String) -> String {
        if self.has_key(text.as_bytes()) {
            return "[not shown: it contains the API key]".to_owned();
        }
        text
    }

    fn cause(&self, error: reqwest::Error) -> Cause {
        let error = error.without_url();
        if error.is_timeout() {
            return Cause::Timeout(if error.is_connect() {
                self.limits.connect
            } else {
                self.limits.page
            });
        }
        match tls::tls_error(&error) {
            Some(detail) => Cause::Tls(self.without_key(detail)),
            None => Cause::Connection {
                detail: self.without_key(innermost(&error)),
                is_https: self.base.is_https(),
            },
        }
    }
}

/// Fails if the connection is not encrypted although there is a secret to protect.
///
/// The old host of the public test system serves plain http, so it must work, but only without secrets.
fn refuse_plain_http(options: &Options) -> anyhow::Result<()> {
    if options.base.is_https() || options.base.is_loopback() {
        return Ok(());
    }
    let secret = match (&options.api_key, &options.tls.identity) {
        (Some(_), _) => "the API key in SPEKTRIX_API_KEY would be sent unencrypted",
        (None, Some(_)) => "the client certificate of --cert and --key would not be used",
        (None, None) => return Ok(()),
    };
    bail!(
        "--base-url {} is plain http: {secret}. Use https, or fetch without an API key and a certificate. (On this machine \
         itself, plain http is allowed.)",
        options.base
    )
}

/// Returns the value of `Retry-After` if it is a number of seconds. Its other form, a date, is ignored.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

/// Returns the message of the innermost source, which is the specific one.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
