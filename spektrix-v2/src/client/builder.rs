//! The builder of a client: its settings, and the checks of them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustls::RootCertStore;

use super::address::{DEFAULT_BASE_URL, root, site_root};
use super::admission::Admission;
use super::telemetry::{Measurement, MetricsHook, UnknownPartHook, UnknownParts};
use super::{Client, Inner, UpdateStyle, placeholder};
use crate::error::Error;
use crate::identity::{Identity, SharedIdentity};
use crate::pem::{Purpose, Source};
use crate::reqwest_transport::{Connecting, HttpTransport, ServerTrust, trusted_roots};
use crate::retry::{Budget, Retry};
use crate::runtime::DecodeOptions;
use crate::secret::Secret;
use crate::transport::Transport;
use crate::venue_time::LONDON;

/// Wraps the built-in transport in another one.
type WrapTransport = Box<dyn FnOnce(HttpTransport) -> Box<dyn Transport> + Send + Sync>;

/// Sets up a [`Client`]. [`Client::builder`] creates it.
///
/// [`build`](Self::build) checks the settings.
#[must_use = "a builder does nothing before `build`"]
pub struct ClientBuilder {
    client_name: String,
    base_url: String,
    site_url: Option<String>,
    api_key: Secret,
    identity: Option<Identity>,
    requires_matching_identity: bool,
    trust_only: Option<Result<Arc<RootCertStore>, Error>>,
    transport: Option<Box<dyn Transport>>,
    wrap: Option<WrapTransport>,
    http1_only: bool,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    retry: Retry,
    retry_budget: u32,
    max_in_flight: usize,
    requests_per_second: Option<u32>,
    update_style: UpdateStyle,
    time_zone: TimeZone,
    accepts_compression: bool,
    proxy: Option<Secret>,
    decode_options: DecodeOptions,
    on_unknown: Option<UnknownPartHook>,
    on_attempt: Option<MetricsHook>,
    on_call: Option<MetricsHook>,
    user_agent: String,
}

impl ClientBuilder {
    pub(super) fn new(client_name: String) -> Self {
        Self {
            client_name,
            base_url: DEFAULT_BASE_URL.to_owned(),
            site_url: None,
            api_key: Secret::default(),
            identity: None,
            requires_matching_identity: false,
            trust_only: None,
            transport: None,
            wrap: None,
            http1_only: false,
            timeout: Duration::from_secs(30),
            attempt_timeout: None,
            connect_timeout: None,
            retry: Retry::new(),
            retry_budget: 500,
            max_in_flight: 32,
            requests_per_second: None,
            update_style: UpdateStyle::default(),
            time_zone: LONDON.clone(),
            accepts_compression: true,
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
    /// It must have at least 8 characters. Error messages mask the key wherever it occurs. A shorter one, most likely a
    /// placeholder or a cut copy, would make them unreadable.
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.api_key = key.into();
        self
    }

    /// Sets the client certificate. The service requires one; a gateway or a sandbox may not.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Refuses a client certificate whose common name is not the client name. The default is a warning in the log.
    ///
    /// Spektrix issues a certificate for a client name (documented). With another one, the service refuses every call.
    pub fn require_matching_identity(mut self) -> Self {
        self.requires_matching_identity = true;
        self
    }

    /// Sets what precedes `{client}/api/v2/` in every address. The default is `https://api.system.spektrix.com/`.
    ///
    /// It must be https. Plain http is accepted for this machine only: `localhost` or a loopback address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets what precedes `{client}/website/` in the addresses of the venue's web pages, to which
    /// [`Client::site`](crate::Client::site) leads. Set the venue's custom domain here: `https://tickets.venue.example/`.
    ///
    /// The default is `https://system.spektrix.com/` for the service itself, and the [base URL](Self::base_url) for any
    /// other: a client of a test system does not send a visitor's browser to the service. It must be https. Plain http is
    /// accepted for this machine only.
    pub fn site_url(mut self, url: impl Into<String>) -> Self {
        self.site_url = Some(url.into());
        self
    }

    /// Trusts only servers whose certificates these roots issued, in PEM form, instead of the roots of the system.
    ///
    /// Without it, the operating system decides: Windows, macOS, iOS and Android check the certificate themselves. On Linux
    /// and other Unix systems the roots are the files that OpenSSL would use, and the environment variables `SSL_CERT_FILE`
    /// and `SSL_CERT_DIR` replace them: if either is set, only the certificates found there are trusted. With this setting
    /// the variables have no effect.
    pub fn trust_only(self, roots: impl AsRef<[u8]>) -> Self {
        let source = Source::value("the PEM of the trusted roots", roots.as_ref(), Purpose::Roots);
        self.trust_only_source(&source)
    }

    pub(super) fn trust_only_source(mut self, roots: &Source) -> Self {
        self.trust_only = Some(trusted_roots(roots).map(Arc::new));
        self
    }

    /// Sets how long a call may take from start to end. The default is 30 seconds.
    ///
    /// It covers all attempts, the delays between them, and the time until the session is free for a change. For a
    /// [stream](crate::Call::stream) it is the longest time in which nothing arrives: no response headers, and no further
    /// chunk of the body.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// Sets how long one attempt may take, so that there is time for a retry. The default is no limit: the service may need
    /// most of the [timeout](Self::timeout) to create a long list.
    pub fn attempt_timeout(mut self, time: Duration) -> Self {
        self.attempt_timeout = Some(time);
        self
    }

    /// Sets the policy for retries. The default is [`Retry::new`]. [`Call::retry`](crate::Call::retry) sets it for one call.
    pub fn retry(mut self, policy: Retry) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the size of the retry budget, which all clones of the client share. The default is 500 tokens.
    ///
    /// A retry costs 5 tokens, and 10 after an attempt that timed out. They are put back if the retry succeeds, and
    /// every call that succeeds without a retry adds one. While there are too few tokens, calls are not retried, so
    /// that a service that is down is not flooded.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = tokens;
        self
    }

    /// Sets how many requests may be in flight at the same time, over all clones of the client. The default is 32.
    ///
    /// Further calls wait, and their time counts. A call that waits for its next attempt is not in flight. One operation
    /// takes at most three quarters of the places, so that slow responses of one leave room for the others.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = requests;
        self
    }

    /// Sets how many requests start in a second at most, over all clones of the client. They are spread evenly: with 4, one
    /// starts every quarter of a second. The default is no limit.
    ///
    /// Further calls wait, and their time counts.
    pub fn requests_per_second(mut self, requests: u32) -> Self {
        self.requests_per_second = Some(requests);
        self
    }

    /// Sets how long it may take to connect. The default is 10 seconds.
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.connect_timeout = Some(time);
        self
    }

    /// Connects through an HTTP proxy: `http://host:3128`, or `http://user:password@host:3128`.
    ///
    /// The default is no proxy: those in environment variables are ignored. The proxy must forward encrypted
    /// connections on unchanged (`CONNECT`). Client certificates do not work with a proxy that decrypts them.
    pub fn proxy(mut self, address: impl Into<Secret>) -> Self {
        self.proxy = Some(address.into());
        self
    }

    /// Sets limits and options of decoding. With [`report_unknown`](DecodeOptions::report_unknown), parts of a response that
    /// the schemas do not have are logged.
    pub fn decode_options(mut self, options: DecodeOptions) -> Self {
        self.decode_options = options;
        self
    }

    /// Sets a hook for parts of a response that the schemas do not have. It is called with the name of the operation and the
    /// path of the part, `Events/Event/Colour`, once for each path.
    ///
    /// The schemas are a reconstruction, and the service may change: the hook reports both, from the responses that a
    /// program reads anyway. Clones of a client share the record of paths.
    ///
    /// ```
    /// # fn example() -> Result<(), spektrix_v2::Error> {
    /// let client = spektrix_v2::Client::builder("venue")
    ///     .api_key("the key that Spektrix gave out")
    ///     .on_unknown(|operation, path| eprintln!("{operation} returns {path}, which is new"))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_unknown(mut self, hook: impl Fn(&str, &str) + Send + Sync + 'static) -> Self {
        self.on_unknown = Some(Box::new(hook));
        self
    }

    /// Sets a hook for metrics. It is called at the end of each call, with the result and the measured values.
    ///
    /// A call ends when its response is decoded, when it fails, or when it is dropped. A [stream](crate::Call::stream) and a
    /// [download](crate::Download) end with their last chunk. Each page of [`items`](crate::Call::items) is a call. The hook
    /// runs in the task of the call, or in the one that drops it: it should be quick, and must not panic.
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

    /// Sets a hook for metrics that is called at the end of every attempt of a call. See [`on_call`](Self::on_call).
    pub fn on_attempt(mut self, hook: impl Fn(&Measurement) + Send + Sync + 'static) -> Self {
        self.on_attempt = Some(Arc::new(hook));
        self
    }

    /// Sets how updates are sent. The default is PATCH.
    pub fn update_style(mut self, style: UpdateStyle) -> Self {
        self.update_style = style;
        self
    }

    /// Sets the time zone of the venue. The default is [`LONDON`].
    ///
    /// It is an assumption: the service sends local times and times in UTC, and no name of a time zone.
    /// [`Instance::starts_at`](crate::Instance::starts_at) describes what happens if it is wrong. [`Client::time_zone`]
    /// returns it.
    ///
    /// ```
    /// # fn example(new_york: spektrix_v2::jiff::tz::TimeZone) -> Result<(), spektrix_v2::Error> {
    /// // let new_york = TimeZone::get("America/New_York")?;
    /// let client = spektrix_v2::Client::builder("venue")
    ///     .api_key("the key that Spektrix gave out")
    ///     .time_zone(new_york)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn time_zone(mut self, zone: TimeZone) -> Self {
        self.time_zone = zone;
        self
    }

    /// Sets whether compressed responses are accepted: brotli, gzip and deflate. The default is `true`, with the feature
    /// `compression`.
    ///
    /// Lists shrink to about a twentieth. They are decompressed while they arrive, and the limits of
    /// [`decode_options`](Self::decode_options) apply to the decompressed bytes. A body that expands to more than 250 times
    /// its size is an error, if it has more than 8 MiB.
    pub fn compression(mut self, accepts: bool) -> Self {
        self.accepts_compression = accepts;
        self
    }

    /// Sets the `User-Agent` header. The default is `spektrix-v2/` and the version of this crate.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Replaces the built-in transport: see [`Transport`]. Your own transport decides how it connects, so `trust_only`,
    /// `connect_timeout`, `proxy`, `http1_only` and `wrap_transport` cannot be set with it.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Wraps the built-in transport in your own, which can observe and change requests and responses: a recorder, an
    /// additional header, a cache.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::bytes::Bytes;
    /// use spektrix_v2::http::Request;
    /// use spektrix_v2::{Client, HttpTransport, Transport, TransportFuture};
    ///
    /// struct PrintsStatus(HttpTransport);
    ///
    /// impl Transport for PrintsStatus {
    ///     fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
    ///         Box::pin(async {
    ///             let response = self.0.send(request).await?;
    ///             println!("{}", response.status);
    ///             Ok(response)
    ///         })
    ///     }
    /// }
    ///
    /// let client = Client::builder("venue").api_key("an-api-key").wrap_transport(PrintsStatus).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl FnOnce(HttpTransport) -> T + Send + Sync + 'static,
    ) -> Self {
        self.wrap = Some(Box::new(|transport| Box::new(wrap(transport))));
        self
    }

    /// Uses HTTP/1.1 only. The default is HTTP/2 if the server offers it.
    ///
    /// If a server refuses HTTP/2, HTTP/1.1 is used without this setting. It is for servers and proxies that offer HTTP/2 and
    /// fail in another way.
    pub fn http1_only(mut self) -> Self {
        self.http1_only = true;
        self
    }

    /// Creates the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration): a setting is missing, wrong, or excluded by another.
    /// [`is_certificate`](Error::is_certificate): the client certificate is missing, expired, or not valid yet.
    /// Without the features `aws-lc-rs` and `ring` there is no built-in transport, so [`transport`](Self::transport) is required.
    pub fn build(mut self) -> Result<Client, Error> {
        let root = root(&self.base_url, &self.client_name)?;
        let site_root = site_root(&self.base_url, self.site_url.as_deref(), &self.client_name)?;
        self.check_api_key()?;
        self.check_identity()?;
        self.check_limits()?;
        let user_agent = self.user_agent_header()?;
        let identity = Arc::new(SharedIdentity::new(self.identity.take()));
        let has_own_transport = self.transport.is_some();
        let transport = self.take_transport(&identity)?;
        Ok(Client(Arc::new(Inner {
            transport,
            root,
            site_root,
            api_key: self.api_key,
            identity,
            has_own_transport,
            requires_matching_identity: self.requires_matching_identity,
            user_agent,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            admission: Admission::new(self.max_in_flight, self.requests_per_second),
            client_name: self.client_name,
            update_style: self.update_style,
            time_zone: self.time_zone,
            accepts_compression: self.accepts_compression,
            decode_options: if self.on_unknown.is_some() {
                self.decode_options.report_unknown(true)
            } else {
                self.decode_options
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
        if let Some(problem) = placeholder::problem(key) {
            return Err(Error::configuration(
                format!("the API key {problem}"),
                "look at how the program gets the key, and set the key alone; Spektrix support gives it out",
            ));
        }
        if key.chars().count() < MIN_API_KEY {
            return Err(Error::configuration(
                format!("the API key has fewer than {MIN_API_KEY} characters"),
                "check that it is complete and not a placeholder; Spektrix support gives out the key",
            ));
        }
        Ok(())
    }

    fn check_identity(&self) -> Result<(), Error> {
        match &self.identity {
            Some(identity) => check_identity(identity, &self.client_name, self.requires_matching_identity),
            None if self.base_url == DEFAULT_BASE_URL && self.transport.is_none() => Err(Error::identity(
                "the client certificate is missing",
                "set it with `ClientBuilder::identity`: the service refuses calls without one",
            )),
            None => Ok(()),
        }
    }

    fn check_limits(&self) -> Result<(), Error> {
        if self.max_in_flight == 0 {
            return Err(Error::configuration(
                "the limit of requests in flight is 0",
                "set it to 1 or more with `ClientBuilder::max_in_flight`",
            ));
        }
        if self.requests_per_second == Some(0) {
            return Err(Error::configuration(
                "the limit of requests per second is 0",
                "set it to 1 or more with `ClientBuilder::requests_per_second`",
            ));
        }
        for (name, time) in [
            ("timeout", Some(self.timeout)),
            ("attempt_timeout", self.attempt_timeout),
            ("connect_timeout", self.connect_timeout),
        ] {
            if time.is_some_and(|time| time.is_zero()) {
                return Err(Error::configuration(
                    format!("`{name}` is zero, so that every call fails"),
                    format!("allow some time with `ClientBuilder::{name}`"),
                ));
            }
        }
        Ok(())
    }

    fn user_agent_header(&self) -> Result<HeaderValue, Error> {
        HeaderValue::from_str(&self.user_agent)
            .map_err(|_| Error::configuration("the user agent is not a valid header value", "use printable ASCII"))
    }

    fn take_transport(&mut self, identity: &Arc<SharedIdentity>) -> Result<Box<dyn Transport>, Error> {
        if let Some(transport) = self.transport.take() {
            let is_set = self.trust_only.is_some()
                || self.connect_timeout.is_some()
                || self.proxy.is_some()
                || self.wrap.is_some()
                || self.http1_only;
            return if is_set {
                Err(Error::configuration(
                    "`trust_only`, `connect_timeout`, `proxy`, `http1_only` or `wrap_transport` is set together with your own \
                     transport",
                    "configure connections and trusted roots in that transport",
                ))
            } else {
                Ok(transport)
            };
        }
        let transport = HttpTransport::new(Connecting {
            identity: Arc::clone(identity),
            trust: ServerTrust::new(self.trust_only.take().transpose()?)?,
            timeout: self.connect_timeout.unwrap_or(Duration::from_secs(10)),
            proxy: self.proxy.as_ref(),
            http1_only: self.http1_only,
        })?;
        Ok(match self.wrap.take() {
            Some(wrap) => wrap(transport),
            None => Box::new(transport),
        })
    }
}

/// Checks that a certificate can be used now, and by this client.
pub(super) fn check_identity(identity: &Identity, client_name: &str, must_match: bool) -> Result<(), Error> {
    let now = Timestamp::now();
    identity.warn_before_expiry(now);
    identity.check(now)?;
    check_name(identity, client_name, must_match)
}

/// Checks that the certificate was issued for this client name: an error if that is required, or else a warning.
fn check_name(identity: &Identity, client_name: &str, is_required: bool) -> Result<(), Error> {
    match identity.other_name(client_name) {
        Some(name) if is_required => Err(Error::identity(
            format!("the client certificate was issued to `{name}`, and the client name is `{client_name}`"),
            "use the certificate that Spektrix issued for this client name, or correct the name",
        )),
        Some(name) => {
            tracing::warn!(
                name,
                client_name,
                "the client certificate was issued to another client name"
            );
            Ok(())
        }
        None => Ok(()),
    }
}

/// The minimum length of a key. The service gives out longer ones, and a shorter one would occur in messages by chance.
const MIN_API_KEY: usize = 8;

/// Shows the settings without secrets. The base URL is left out: it is not checked yet, and may contain one.
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
