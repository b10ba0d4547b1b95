//! Setting up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;
use rustls::RootCertStore;
use tokio::sync::Semaphore;

use super::address::{DEFAULT_BASE_URL, root};
use super::measure::{self, Measurement};
use super::unknown::{Hook, UnknownParts};
use super::{Client, Inner, UpdateStyle};
use crate::error::Error;
use crate::identity::Identity;
use crate::pem::{Purpose, Source};
use crate::reqwest_transport::{ReqwestTransport, Tls, trusted_roots};
use crate::retry::{Budget, Retry};
use crate::runtime::DecodeOptions;
use crate::secret::Secret;
use crate::transport::Transport;

/// Sets up a [`Client`]. Made by [`Client::builder`].
///
/// Mistakes in any of the settings show in [`build`](Self::build).
#[must_use = "a builder makes nothing before `build`"]
pub struct ClientBuilder {
    client_name: String,
    base_url: String,
    api_key: Secret,
    identity: Option<Identity>,
    trust_only: Option<Result<Arc<RootCertStore>, Error>>,
    transport: Option<Box<dyn Transport>>,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    retry: Retry,
    retry_budget: u32,
    max_in_flight: usize,
    update_style: UpdateStyle,
    proxy: Option<Secret>,
    decode_options: DecodeOptions,
    on_unknown: Option<Hook>,
    on_attempt: Option<measure::Hook>,
    on_call: Option<measure::Hook>,
    user_agent: String,
}

impl ClientBuilder {
    pub(super) fn new(client_name: String) -> Self {
        Self {
            client_name,
            base_url: DEFAULT_BASE_URL.to_owned(),
            api_key: Secret::default(),
            identity: None,
            trust_only: None,
            transport: None,
            timeout: Duration::from_secs(30),
            attempt_timeout: None,
            connect_timeout: None,
            retry: Retry::new(),
            retry_budget: 500,
            max_in_flight: 32,
            update_style: UpdateStyle::default(),
            proxy: None,
            decode_options: DecodeOptions::default(),
            on_unknown: None,
            on_attempt: None,
            on_call: None,
            user_agent: concat!("spektrix-v2/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Sets the API key. Required.
    ///
    /// It has at least 8 characters. Error messages mask the key wherever it occurs, so a shorter one, most likely a
    /// placeholder or a cut copy, would make them unreadable.
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.api_key = key.into();
        self
    }

    /// The client certificate. Required for the service itself; a gateway or a stand-in may do without.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// What stands before `{client}/api/v2/`, if it is not `https://api.system.spektrix.com/`.
    ///
    /// It must be https; http is taken for this machine itself, `localhost` or a loopback address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Trusts only servers whose certificates these roots issued, in PEM form, instead of the roots of the system.
    ///
    /// Without it, the operating system decides: Windows, macOS, iOS and Android check the certificate themselves. On Linux
    /// and other Unix systems the roots are the files that OpenSSL would use, and the environment variables `SSL_CERT_FILE`
    /// and `SSL_CERT_DIR` replace them: if either is set, only the certificates found there are trusted. With this setting
    /// the variables have no effect.
    pub fn trust_only(self, roots: impl AsRef<[u8]>) -> Self {
        let source = Source::value("the roots to trust", roots.as_ref(), Purpose::Roots);
        self.trust_only_source(&source)
    }

    pub(super) fn trust_only_source(mut self, roots: &Source) -> Self {
        self.trust_only = Some(trusted_roots(roots).map(Arc::new));
        self
    }

    /// How long a call may take from start to end, with all its attempts and the waits in between, and the wait until
    /// other changes of its session are through. 30 seconds unless set.
    ///
    /// For a [stream](crate::Call::stream) it is how long nothing may come: neither the head of the answer, nor more
    /// of it.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// How long one attempt may take, if less than the whole call, so that there is time for another. No limit unless
    /// set: a long list may take most of the whole time to make.
    pub fn attempt_timeout(mut self, time: Duration) -> Self {
        self.attempt_timeout = Some(time);
        self
    }

    /// When and how often failed calls are tried again. [`Retry::new`] unless set; [`Call::retry`](crate::Call::retry)
    /// sets it for one call.
    pub fn retry(mut self, policy: Retry) -> Self {
        self.retry = policy;
        self
    }

    /// How many tokens there are for trying again, shared by all clones of the client. 500 unless set.
    ///
    /// A repetition costs 5 tokens, and 10 after an attempt that ran out of time. They come back if it succeeds, and
    /// every call that succeeds at once brings one more. While there are too few, calls are sent once: a service
    /// that is down is not flooded.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = tokens;
        self
    }

    /// How many requests may be on their way at the same time, over all clones of the client. 32 unless set.
    ///
    /// Calls beyond that wait, at the cost of their own time. A wait between two attempts does not count.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// How long it may take to connect. 10 seconds unless set.
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.connect_timeout = Some(time);
        self
    }

    /// Connects through this HTTP proxy: `http://host:3128`, or `http://user:password@host:3128`.
    ///
    /// No proxy is used unless it is set here: those that the environment names are passed over. It must hand encrypted
    /// connections on as they are (`CONNECT`): one that opens them breaks the client certificate.
    pub fn proxy(mut self, address: impl Into<Secret>) -> Self {
        self.proxy = Some(address.into());
        self
    }

    /// Limits and wishes for reading bodies. What the schemas do not know is logged if it is to be reported.
    pub fn decode_options(mut self, options: DecodeOptions) -> Self {
        self.decode_options = options;
        self
    }

    /// Calls this with the operation and the path of each part of an answer that the schemas do not know,
    /// `Events/Event/Colour`: once for each, however often it comes.
    ///
    /// The schemas are a reconstruction, and the service may change: this is how a program learns of it from the answers
    /// that it reads anyway. The clones of a client count as one.
    ///
    /// ```
    /// # fn example() -> Result<(), spektrix_v2::Error> {
    /// let client = spektrix_v2::Client::builder("venue")
    ///     .api_key("the key that Spektrix gave out")
    ///     .on_unknown(|operation, path| eprintln!("{operation} answers {path}, which is new"))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_unknown(mut self, hook: impl Fn(&str, &str) + Send + Sync + 'static) -> Self {
        self.on_unknown = Some(Box::new(hook));
        self
    }

    /// Calls this when a call is over, with what came of it in numbers: for metrics.
    ///
    /// A call ends with its answer read, an error, or nobody waiting for it any more. A [stream](crate::Call::stream) and
    /// a [download](crate::Download) end with their last piece; each page of [`items`](crate::Call::items) is a call. The
    /// hook runs where the call does, or where it is dropped: it should be quick, and must not panic.
    ///
    /// ```
    /// # fn example() -> Result<(), spektrix_v2::Error> {
    /// let client = spektrix_v2::Client::builder("venue")
    ///     .api_key("the key that Spektrix gave out")
    ///     .on_call(|call| println!("{} {}: {:?}", call.operation, call.outcome, call.elapsed))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_call(mut self, hook: impl Fn(&Measurement) + Send + Sync + 'static) -> Self {
        self.on_call = Some(Arc::new(hook));
        self
    }

    /// Calls this after every attempt of a call, repeated or not; see [`on_call`](Self::on_call).
    pub fn on_attempt(mut self, hook: impl Fn(&Measurement) + Send + Sync + 'static) -> Self {
        self.on_attempt = Some(Arc::new(hook));
        self
    }

    /// How updates are sent. PATCH unless set.
    pub fn update_style(mut self, style: UpdateStyle) -> Self {
        self.update_style = style;
        self
    }

    /// The `User-Agent` header. `spektrix-v2/` and the version of this crate unless set.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Sends requests in another way: see [`Transport`]. It connects by its own rules, so that `trust_only`,
    /// `connect_timeout` and `proxy` cannot be set beside it.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): a setting is missing, wrong, or does not go with another.
    /// [`is_certificate`](Error::is_certificate): the client certificate is missing, expired, or not valid yet.
    /// Built with neither of the features `aws-lc-rs` and `ring`, a client needs a transport of its own.
    pub fn build(mut self) -> Result<Client, Error> {
        let root = root(&self.base_url, &self.client_name)?;
        self.check_api_key()?;
        self.check_identity()?;
        self.check_limits()?;
        let user_agent = self.user_agent_header()?;
        let transport = self.take_transport()?;
        Ok(Client(Arc::new(Inner {
            transport,
            root,
            api_key: self.api_key,
            identity: self.identity,
            user_agent,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            in_flight: Semaphore::new(self.max_in_flight.min(Semaphore::MAX_PERMITS)),
            update_style: self.update_style,
            decode_options: match self.on_unknown {
                Some(_) => self.decode_options.report_unknown(true),
                None => self.decode_options,
            },
            unknown: UnknownParts::new(self.on_unknown),
            on_attempt: self.on_attempt,
            on_call: self.on_call,
        })))
    }

    fn check_api_key(&self) -> Result<(), Error> {
        let key = self.api_key.expose();
        if key.is_empty() {
            return Err(Error::configuration(
                "the API key is missing",
                "set it with `ClientBuilder::api_key`; Spektrix support gives it out",
            ));
        }
        if key.trim() != key || key.contains(char::is_control) {
            return Err(Error::configuration(
                "the API key has whitespace around it, or control characters in it",
                "look for a line end that was copied with it",
            ));
        }
        if key.chars().count() < MIN_API_KEY {
            return Err(Error::configuration(
                format!("the API key has fewer than {MIN_API_KEY} characters"),
                "look whether it was cut, or is a placeholder; Spektrix support gives the key out",
            ));
        }
        Ok(())
    }

    fn check_identity(&self) -> Result<(), Error> {
        match &self.identity {
            Some(identity) => {
                let now = Timestamp::now();
                identity.warn_before_expiry(now);
                identity.check(now)
            }
            None if self.base_url == DEFAULT_BASE_URL && self.transport.is_none() => Err(Error::identity(
                "the client certificate is missing",
                "set it with `ClientBuilder::identity`: the service answers no call without one",
            )),
            None => Ok(()),
        }
    }

    fn check_limits(&self) -> Result<(), Error> {
        match self.max_in_flight {
            0 => Err(Error::configuration(
                "no request may be in flight",
                "allow one or more with `ClientBuilder::max_in_flight`",
            )),
            _ => Ok(()),
        }
    }

    fn user_agent_header(&self) -> Result<HeaderValue, Error> {
        HeaderValue::from_str(&self.user_agent)
            .map_err(|_| Error::configuration("the user agent is no value of a header", "use printable ASCII"))
    }

    fn take_transport(&mut self) -> Result<Box<dyn Transport>, Error> {
        if let Some(transport) = self.transport.take() {
            return match (&self.trust_only, self.connect_timeout, &self.proxy) {
                (None, None, None) => Ok(transport),
                _ => Err(Error::configuration(
                    "`trust_only`, `connect_timeout` or `proxy` is set together with a transport of your own",
                    "set what it trusts, and how long it may connect, in that transport",
                )),
            };
        }
        let tls = Tls {
            identity: self.identity.clone(),
            trust_only: self.trust_only.take().transpose()?,
        };
        let connect_timeout = self.connect_timeout.unwrap_or(Duration::from_secs(10));
        Ok(Box::new(ReqwestTransport::new(
            tls,
            connect_timeout,
            self.proxy.as_ref(),
        )?))
    }
}

/// No key that a service gives out is shorter than this, and shorter ones occur in messages by chance.
const MIN_API_KEY: usize = 8;

/// Shows what is set, no secret. The base URL is not shown, for nobody has checked yet that it holds none.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("client_name", &self.client_name)
            .field("identity", &self.identity)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("retry", &self.retry)
            .field("max_in_flight", &self.max_in_flight)
            .field("update_style", &self.update_style)
            .finish_non_exhaustive()
    }
}
