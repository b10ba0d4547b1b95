//! The built-in transport: reqwest, with settings of this crate instead of its defaults. No type of reqwest leaves this
//! module. This matters most for its errors: they contain the address of the request, and with it the API key.
//!
//! [`pool`] sends requests, [`handshakes`] observes how connections are made, [`tls`] configures TLS, and [`errors`]
//! classifies what fails.

mod errors;
mod handshakes;
mod pool;
mod tls;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use crate::error::Error;
use crate::identity::SharedIdentity;
use crate::secret::Secret;
use crate::transport::{Transport, TransportFuture};
use handshakes::Handshakes;
use pool::{Pool, PoolSettings};

pub(crate) use tls::{ServerTrust, trusted_roots};

/// The built-in transport: HTTP/2 and HTTP/1.1 over TLS.
///
/// A client creates it. [`ClientBuilder::wrap_transport`](crate::ClientBuilder::wrap_transport) passes it to your own
/// [`Transport`], which can observe and change what passes through.
pub struct HttpTransport {
    identity: Arc<SharedIdentity>,
    trust: ServerTrust,
    connect_timeout: Duration,
    proxy: Option<reqwest::Proxy>,
    http1_only: bool,
    current: RwLock<Current>,
}

/// The pool in use, and the generation of the client certificate that its connections present.
struct Current {
    pool: Arc<Pool>,
    generation: u64,
}

/// How a transport connects.
pub(crate) struct Connecting<'a> {
    pub(crate) identity: Arc<SharedIdentity>,
    pub(crate) trust: ServerTrust,
    pub(crate) timeout: Duration,
    pub(crate) proxy: Option<&'a Secret>,
    pub(crate) http1_only: bool,
}

impl HttpTransport {
    pub(crate) fn new(connecting: Connecting<'_>) -> Result<Self, Error> {
        let Connecting {
            identity,
            trust,
            timeout,
            proxy,
            http1_only,
        } = connecting;
        let handshakes = Arc::<Handshakes>::default();
        let (certificate, generation) = identity.get();
        let settings = PoolSettings {
            tls: trust.config(certificate.as_ref(), &handshakes)?,
            connect_timeout: timeout,
            proxy: proxy.map(tunnel).transpose()?,
            http1_only,
        };
        let proxy = settings.proxy.clone();
        let pool = Arc::new(Pool::new(settings, handshakes)?);
        Ok(Self {
            identity,
            trust,
            connect_timeout: timeout,
            proxy,
            http1_only,
            current: RwLock::new(Current { pool, generation }),
        })
    }

    /// Returns the pool for a request that is sent now.
    fn pool(&self) -> Arc<Pool> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        if current.generation == self.identity.generation() {
            return Arc::clone(&current.pool);
        }
        drop(current);
        self.pool_for_new_identity()
    }

    /// Creates a pool for a client certificate that was replaced: the connections in the old one present the old one.
    fn pool_for_new_identity(&self) -> Arc<Pool> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let (identity, generation) = self.identity.get();
        if current.generation != generation {
            let handshakes = Arc::<Handshakes>::default();
            let pool = self.trust.config(identity.as_ref(), &handshakes).and_then(|tls| {
                let settings = PoolSettings {
                    tls,
                    connect_timeout: self.connect_timeout,
                    proxy: self.proxy.clone(),
                    http1_only: self.http1_only,
                };
                Pool::new(settings, handshakes)
            });
            match pool {
                Ok(pool) => {
                    *current = Current {
                        pool: Arc::new(pool),
                        generation,
                    }
                }
                // It was created in the same way before, so this would be a bug in the program.
                Err(error) => tracing::warn!(%error, "the new client certificate is not used"),
            }
        }
        Arc::clone(&current.pool)
    }

    /// Replaces a pool whose connections seem dead, unless it was replaced already. Requests in flight keep theirs.
    fn give_up(&self, dead: &Arc<Pool>) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&current.pool, dead)
            && let Ok(renewed) = dead.renewed()
        {
            tracing::debug!("a request got no response: the next ones use new connections");
            current.pool = Arc::new(renewed);
        }
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let mut waiting = Waiting::start(self);
            let result = waiting.pool.send(request).await;
            waiting.is_over = true;
            result
        })
    }
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport")
            .field("connect_timeout", &self.connect_timeout)
            .field("http1_only", &self.http1_only)
            .finish_non_exhaustive()
    }
}

/// A request that waits for its response. If it is dropped, most likely because its time is over, the connection may be
/// dead: HTTP/2 would send every further request over the same one.
struct Waiting<'a> {
    transport: &'a HttpTransport,
    pool: Arc<Pool>,
    start: Instant,
    responses_before: u64,
    is_over: bool,
}

impl<'a> Waiting<'a> {
    /// A request that is dropped earlier was cancelled, and shows nothing about its connection.
    const SHORTEST: Duration = Duration::from_millis(200);

    fn start(transport: &'a HttpTransport) -> Self {
        let pool = transport.pool();
        Self {
            transport,
            start: Instant::now(),
            responses_before: pool.responses(),
            pool,
            is_over: false,
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let is_silent = self.pool.responses() == self.responses_before;
        if !self.is_over && is_silent && self.pool.has_http2() && self.start.elapsed() >= Self::SHORTEST {
            self.transport.give_up(&self.pool);
        }
    }
}

/// Creates a proxy for encrypted connections only: an unencrypted one, to this machine, would show it the API key. The
/// connection to the proxy itself is not encrypted, because reqwest would show the client certificate to the proxy.
fn tunnel(address: &Secret) -> Result<reqwest::Proxy, Error> {
    let address = Some(address.expose()).filter(|address| address.starts_with("http://"));
    let proxy = address.and_then(|address| reqwest::Proxy::https(address).ok());
    proxy.ok_or_else(|| {
        Error::configuration(
            "the address of the proxy is not valid",
            "write it as `http://host:3128`, or `http://user:password@host:3128`",
        )
    })
}
