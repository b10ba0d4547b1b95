//! A pool of connections, and the choice between HTTP/2 and HTTP/1.1 in it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{Request, Version};
use reqwest::redirect::Policy;
use rustls::ClientConfig;

use super::errors::{Http2Refusal, describe, http2_refusal, sanitize};
use super::handshakes::Handshakes;
use crate::error::Error;
use crate::transport::{BodyStream, TransportError, TransportResponse};

/// What the connections of a pool are made with.
#[derive(Clone)]
pub(super) struct PoolSettings {
    pub(super) tls: ClientConfig,
    pub(super) connect_timeout: Duration,
    pub(super) proxy: Option<reqwest::Proxy>,
    pub(super) http1_only: bool,
}

/// A pool of connections. A new one replaces it if its connections seem dead.
pub(super) struct Pool {
    settings: PoolSettings,
    main: reqwest::Client,
    /// Created when HTTP/2 is refused.
    http1: OnceLock<Result<reqwest::Client, TransportError>>,
    uses_http1: AtomicBool,
    /// Whether a response came over HTTP/2, so that many requests share a connection.
    has_http2: AtomicBool,
    responses: AtomicU64,
    handshakes: Arc<Handshakes>,
}

impl Pool {
    pub(super) fn new(settings: PoolSettings, handshakes: Arc<Handshakes>) -> Result<Self, Error> {
        let main = client(&settings, settings.http1_only).map_err(|error| {
            let reason = describe(&error.without_url());
            Error::configuration(format!("the HTTP client cannot be set up: {reason}"), "")
        })?;
        Ok(Self {
            uses_http1: AtomicBool::new(settings.http1_only),
            settings,
            main,
            http1: OnceLock::new(),
            has_http2: AtomicBool::new(false),
            responses: AtomicU64::new(0),
            handshakes,
        })
    }

    /// Creates an empty pool with the same settings. What is known about handshakes and HTTP/2 stays known.
    pub(super) fn renewed(&self) -> Result<Self, Error> {
        let pool = Self::new(self.settings.clone(), Arc::clone(&self.handshakes))?;
        pool.uses_http1
            .store(self.uses_http1.load(Ordering::Relaxed), Ordering::Relaxed);
        Ok(pool)
    }

    pub(super) fn has_http2(&self) -> bool {
        self.has_http2.load(Ordering::Relaxed)
    }

    /// Returns how many responses have begun.
    pub(super) fn responses(&self) -> u64 {
        self.responses.load(Ordering::Relaxed)
    }

    /// Sends a request, over HTTP/1.1 once the server has refused HTTP/2.
    pub(super) async fn send(&self, request: Request<Bytes>) -> Result<TransportResponse, TransportError> {
        // What was known before: a server that closes its first connection has never responded.
        let facts = self.handshakes.facts();
        let result = self.exchange(request).await;
        match result {
            Ok(response) => {
                self.responses.fetch_add(1, Ordering::Relaxed);
                self.handshakes.record_response();
                let mut now = self.handshakes.facts();
                now.has_responded = facts.has_responded;
                Ok(convert(response).with_connection(now))
            }
            Err(error) => Err(error.with_connection(self.handshakes.facts())),
        }
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<reqwest::Response, TransportError> {
        if self.uses_http1.load(Ordering::Relaxed) && !self.settings.http1_only {
            return execute(self.http1()?, request).await.map_err(sanitize);
        }
        let result = execute(&self.main, request.clone()).await;
        match result {
            Ok(response) => {
                if response.version() == Version::HTTP_2 {
                    self.has_http2.store(true, Ordering::Relaxed);
                }
                Ok(response)
            }
            Err(error) => match http2_refusal(&error) {
                // The server has not processed the request, and asks to send it in this way.
                Some(Http2Refusal::Required) => {
                    self.switch_to_http1();
                    execute(self.http1()?, request).await.map_err(sanitize)
                }
                // It may have processed the request: only the following ones are sent in the other way.
                Some(Http2Refusal::Protocol) if !self.has_http2() => {
                    self.switch_to_http1();
                    Err(sanitize(error))
                }
                _ => Err(sanitize(error)),
            },
        }
    }

    fn switch_to_http1(&self) {
        self.uses_http1.store(true, Ordering::Relaxed);
        tracing::debug!("the server does not support HTTP/2 as it should: HTTP/1.1 is used from now on");
    }

    fn http1(&self) -> Result<&reqwest::Client, TransportError> {
        let client = self
            .http1
            .get_or_init(|| client(&self.settings, true).map_err(sanitize));
        client.as_ref().map_err(Clone::clone)
    }
}

fn client(settings: &PoolSettings, http1_only: bool) -> reqwest::Result<reqwest::Client> {
    // A connection that is dead shows that only by its silence. Pings find out, and within the time of a call.
    const PING_INTERVAL: Duration = Duration::from_secs(10);
    const PING_TIMEOUT: Duration = Duration::from_secs(5);
    let mut tls = settings.tls.clone();
    // reqwest adds no protocols to a configuration that it did not create.
    tls.alpn_protocols = if http1_only {
        vec![b"http/1.1".to_vec()]
    } else {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    };
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(settings.connect_timeout)
        .redirect(Policy::none())
        .referer(false)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http2_keep_alive_while_idle(true)
        // The client itself retries. hyper only uses a new connection if an idle one turns out to be closed before any
        // byte of the request was written: the request is still sent once.
        .retry(reqwest::retry::never())
        .no_proxy();
    let builder = if http1_only { builder.http1_only() } else { builder };
    match &settings.proxy {
        Some(proxy) => builder.proxy(proxy.clone()).build(),
        None => builder.build(),
    }
}

async fn execute(client: &reqwest::Client, request: Request<Bytes>) -> reqwest::Result<reqwest::Response> {
    client.execute(request.try_into()?).await
}

fn convert(mut response: reqwest::Response) -> TransportResponse {
    let headers = std::mem::take(response.headers_mut());
    let status = response.status();
    let chunks = response.bytes_stream().map_err(sanitize);
    TransportResponse::new(status, BodyStream::new(chunks)).with_headers(headers)
}
