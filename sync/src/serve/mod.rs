//! The programme in memory as a JSON API, for the website beside it. It keeps serving while the service is down.
//!
//! ```no_run
//! # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2_sync::serve::ServeError> {
//! use spektrix_v2_sync::serve::Serve;
//!
//! let server = Serve::new(&client).file("snapshot.txt").start().await?;
//! println!("http://{}/whats-on", server.address());
//! server.wait().await?;
//! # Ok(())
//! # }
//! ```
//!
//! It publishes events, instances, availability and prices. It has no customers, baskets, orders or secrets, and no message of
//! an error of the service.

mod changes;
mod index;
mod listener;
mod metrics;
mod problem;
mod publisher;
mod query;
mod resource;
mod respond;
mod router;
mod shared;
mod snapshot;
mod status;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use axum::http::HeaderValue;
use spektrix_v2::{Client, Error};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::export::Export;
use publisher::Rhythm;
use shared::Shared;

/// Sets up a server.
#[derive(Debug)]
#[must_use = "nothing is served before `start`"]
pub struct Serve {
    client: Client,
    export: Export,
    listen: SocketAddr,
    cors_origins: Vec<HeaderValue>,
    rhythm: Rhythm,
    most_connections: usize,
    compresses: bool,
}

/// A running server. It stops when this is dropped.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    publisher: JoinHandle<Result<(), Error>>,
    listener: JoinHandle<()>,
}

/// Why a server does not run.
#[derive(Debug)]
#[non_exhaustive]
pub enum ServeError {
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// An origin for CORS is invalid.
    Origin(String),
    /// The service refused the first load, in a way that does not pass by itself.
    Service(Error),
    /// A task of the server has ended: a bug in the program.
    Ended,
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Origin(origin) => write!(f, "{origin} is not an origin: write it as https://venue.example"),
            Self::Service(error) => error.fmt(f),
            Self::Ended => f.write_str("a task of the server has ended: a bug in the program"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Lists are loaded so often, unless set otherwise.
const SEASON_EVERY: Duration = Duration::from_mins(10);
const AVAILABILITY_EVERY: Duration = Duration::from_mins(1);

impl Serve {
    /// Creates the settings of a server: on a free port of loopback, without a file, without CORS.
    pub fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            export: Export::new(client),
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            cors_origins: Vec::new(),
            rhythm: Rhythm {
                season_every: SEASON_EVERY,
                availability_every: AVAILABILITY_EVERY,
                file: None,
            },
            most_connections: 512,
            compresses: true,
        }
    }

    /// Sets the address. Only loopback is safe without a proxy in front: the server has no TLS and no access control.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Sets what calendars and structured data contain.
    pub fn export(mut self, export: Export) -> Self {
        self.export = export;
        self
    }

    /// Keeps the snapshot in a file, and starts from it while the service is down.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.rhythm.file = Some(path.into());
        self
    }

    /// Allows pages of this origin to read the API, such as `https://venue.example`. `*` is not allowed here.
    ///
    /// # Errors
    ///
    /// If it is not an origin.
    pub fn cors_origin(mut self, origin: &str) -> Result<Self, ServeError> {
        let is_origin = url::Url::parse(origin)
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == origin);
        let value = HeaderValue::from_str(origin).ok().filter(|_| is_origin);
        self.cors_origins
            .push(value.ok_or_else(|| ServeError::Origin(origin.to_owned()))?);
        Ok(self)
    }

    /// Sets how often all lists are loaded. The default is ten minutes.
    pub fn season_every(mut self, interval: Duration) -> Self {
        self.rhythm.season_every = interval;
        self
    }

    /// Sets how often the availability is loaded, and how long clients may cache a response. The default is a minute.
    pub fn availability_every(mut self, interval: Duration) -> Self {
        self.rhythm.availability_every = interval;
        self
    }

    /// Sets how many connections are served at the same time. The default is 512. Further ones wait.
    pub fn most_connections(mut self, count: usize) -> Self {
        self.most_connections = count.max(1);
        self
    }

    /// Sets whether lists are compressed for clients that accept it, which is the default. The compressed lists take memory.
    pub fn compression(mut self, compresses: bool) -> Self {
        self.compresses = compresses;
        self
    }

    /// Starts the server, and returns as soon as it listens. Until the first load it responds with status 503, or with the
    /// snapshot of the file.
    ///
    /// # Errors
    ///
    /// If it cannot listen on the address.
    pub async fn start(self) -> Result<Server, ServeError> {
        let failed = |error| ServeError::Listen(self.listen, error);
        let listener = TcpListener::bind(self.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (stop, stopping) = listener::stop_channel();
        let max_age = self.rhythm.availability_every;
        let shared = Arc::new(Shared::new(self.export, max_age, self.compresses, stopping));
        let router = router::router(Arc::clone(&shared), self.cors_origins);
        let publisher = tokio::spawn(publisher::run(self.client, self.rhythm, Arc::clone(&shared)));
        let listener = tokio::spawn(listener::accept(listener, router, shared, self.most_connections));
        Ok(Server {
            address,
            stop,
            publisher,
            listener,
        })
    }
}

impl Server {
    /// Returns the address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the server cannot continue. It does not return while it serves.
    ///
    /// # Errors
    ///
    /// If the first load fails in a way that does not pass by itself: a wrong API key, for example.
    pub async fn wait(self) -> Result<(), ServeError> {
        self.run_until(std::future::pending()).await
    }

    /// Serves until the future is ready, and then [stops](Self::stop).
    ///
    /// # Errors
    ///
    /// As for [`wait`](Self::wait).
    pub async fn run_until(mut self, shutdown: impl Future<Output = ()>) -> Result<(), ServeError> {
        tokio::select! {
            ended = &mut self.publisher => match ended {
                Ok(Err(error)) => Err(ServeError::Service(error)),
                _ => Err(ServeError::Ended),
            },
            () = shutdown => {
                self.stop().await;
                Ok(())
            }
        }
    }

    /// Stops accepting connections, and waits up to five seconds for the responses in flight.
    pub async fn stop(mut self) {
        self.publisher.abort();
        self.stop.send_replace(true);
        // It ends by itself. A panic in it was reported already.
        let _ = (&mut self.listener).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.publisher.abort();
        self.listener.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
