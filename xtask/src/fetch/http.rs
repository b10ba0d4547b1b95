//! Reads one page from the service: politely, bounded, and never from anywhere else.

use std::time::Duration;

use anyhow::{Context as _, bail};
use backon::{ExponentialBuilder, Retryable as _};
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Client, Response, redirect};
use spektrix_v2_codegen::printable::excerpt;

use super::api_key::ApiKey;
use super::args::{Limits, Options};
use super::base::BaseUrl;
use super::failure::{Cause, Failure, Quote};
use super::progress::Progress;
use super::tls;

/// The longest error page whose start is quoted.
const QUOTABLE: usize = 64 * 1024;

/// The service, as far as fetching its pages goes.
pub(super) struct Site<'o> {
    client: Client,
    base: &'o BaseUrl,
    api_key: Option<&'o ApiKey>,
    limits: &'o Limits,
    progress: &'o Progress,
}

/// A page as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

impl<'o> Site<'o> {
    pub(super) fn new(options: &'o Options, progress: &'o Progress) -> anyhow::Result<Self> {
        let Options { base, limits, .. } = options;
        refuse_exposure(options)?;
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

    /// Reads the page at a path below the base, trying again where that may help.
    pub(super) async fn get(&self, what: &str, path: &str) -> Result<Reply, Failure> {
        let mut tries = 0;
        let attempt = || {
            tries += 1;
            self.attempt(path)
        };
        let result = attempt
            .retry(self.schedule())
            .when(Cause::is_passing)
            .adjust(|cause, wait| self.wait(cause, wait))
            .notify(|cause, wait| self.tell(what, cause, wait))
            .await;
        result.map_err(|cause| Failure {
            tries,
            ..self.failure(what, path, cause)
        })
    }

    /// How to say that a page, though it was read, will not do.
    pub(super) fn failure(&self, what: &str, path: &str, cause: Cause) -> Failure {
        Failure {
            what: what.to_owned(),
            url: self.base.shown_page(path),
            tries: 1,
            cause,
        }
    }

    fn tell(&self, what: &str, cause: &Cause, wait: Duration) {
        let seconds = wait.as_secs_f64();
        self.progress
            .note(&format!("{what}: {cause}; trying again in {seconds:.1} s"));
    }

    fn schedule(&self) -> ExponentialBuilder {
        let Limits {
            tries,
            first_wait,
            longest_wait,
            ..
        } = *self.limits;
        ExponentialBuilder::new()
            .with_min_delay(first_wait)
            .with_max_delay(longest_wait)
            .with_max_times(tries.saturating_sub(1))
            .with_jitter()
    }

    /// The wait before the next try, `None` when there is none left: what the service asks for, if
    /// it does, but not for ever.
    fn wait(&self, cause: &Cause, scheduled: Option<Duration>) -> Option<Duration> {
        let asked = match cause {
            Cause::Status { retry_after, .. } => *retry_after,
            _ => None,
        };
        scheduled.map(|scheduled| asked.map_or(scheduled, |asked| asked.min(self.limits.longest_wait)))
    }

    async fn attempt(&self, path: &str) -> Result<Reply, Cause> {
        let mut url = self.base.page(path);
        if let Some(key) = self.api_key {
            url.query_pairs_mut().append_pair("api_key", key.value());
        }
        let response = self.client.get(url).send().await;
        let response = response.map_err(|error| self.cause(error))?;
        let status = response.status();
        if status.is_redirection() {
            return Err(Cause::Redirect {
                status,
                host: self.without_key(self.redirect_host(response.headers())),
            });
        }
        if !status.is_success() {
            let retry_after = seconds(response.headers());
            return Err(Cause::Status {
                status,
                retry_after,
                body: self.quote(response).await,
            });
        }
        let content_type = response.headers().get(CONTENT_TYPE);
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let content_type = content_type.unwrap_or_default();
        let body = self.whole(response).await?;
        // Before anything else looks at the page: its errors quote it, and it is stored as it is.
        if self.repeats_key(&body) || self.repeats_key(content_type.as_bytes()) {
            return Err(Cause::RepeatsKey);
        }
        Ok(Reply { content_type, body })
    }

    async fn whole(&self, mut response: Response) -> Result<Vec<u8>, Cause> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.cause(error))? {
            if body.len() + chunk.len() > self.limits.bytes {
                return Err(Cause::TooLarge(self.limits.bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// The start of an error page, if the page arrives whole and does not repeat the key.
    async fn quote(&self, mut response: Response) -> Quote {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if body.len() + chunk.len() <= QUOTABLE => body.extend_from_slice(&chunk),
                _ => return Quote::Incomplete,
            }
        }
        if self.repeats_key(&body) {
            return Quote::RepeatsKey;
        }
        match excerpt(&String::from_utf8_lossy(&body)) {
            start if start.is_empty() => Quote::Empty,
            start => Quote::Start(start),
        }
    }

    fn repeats_key(&self, bytes: &[u8]) -> bool {
        self.api_key.is_some_and(|key| key.is_in(bytes))
    }

    fn without_key(&self, text: String) -> String {
        if self.repeats_key(text.as_bytes()) {
            return "[not shown: it repeats the API key]".to_owned();
        }
        text
    }

    fn redirect_host(&self, headers: &HeaderMap) -> String {
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let target = location.and_then(|location| self.base.page("").join(location).ok());
        let host = target.as_ref().and_then(url::Url::host_str);
        host.map_or_else(|| "an address that is not readable".to_owned(), str::to_owned)
    }

    fn cause(&self, error: reqwest::Error) -> Cause {
        let error = error.without_url();
        if error.is_timeout() {
            let connecting = error.is_connect();
            return Cause::Timeout(if connecting {
                self.limits.connect
            } else {
                self.limits.page
            });
        }
        match tls::fault(&error) {
            Some(fault) => Cause::Tls(self.without_key(fault)),
            None => Cause::Connection {
                detail: self.without_key(innermost(&error)),
                encrypted: self.base.is_https(),
            },
        }
    }
}

/// Fails if a secret would be sent where others can read it, or if it seems that it was meant to be.
fn refuse_exposure(options: &Options) -> anyhow::Result<()> {
    if options.base.is_https() || options.base.is_loopback() {
        return Ok(());
    }
    let secret = match (&options.api_key, &options.tls.identity) {
        (Some(_), _) => "the API key in SPEKTRIX_API_KEY would be sent unencrypted",
        (None, Some(_)) => "the client certificate of --cert and --key would not be used",
        (None, None) => return Ok(()),
    };
    bail!(
        "{} is plain http, and {secret}; use https, or fetch without an API key and a certificate (on this machine itself, \
         plain http is allowed)",
        options.base
    )
}

/// `Retry-After` in its form as seconds; the form as a date is not heeded.
fn seconds(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

/// What the deepest source says, which is the one that knows.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
