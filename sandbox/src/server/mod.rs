//! The server: a listener on loopback and its connections. Dropping it ends all of them.

mod body;
mod connection;
mod connection_end;
mod shared_stream;
mod tasks;

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::control::Control;
use crate::pages::Pages;
use crate::service::Service;
use crate::tls::ActiveTlsReceiver;
use connection::{ServiceConnections, serve_plain};
use tasks::{Tasks, accept};

/// How long stopping waits for requests in flight.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    tasks: Tasks,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Serves the service on loopback. Port 0 means any free port.
    pub(crate) async fn start(port: u16, tls: ActiveTlsReceiver, service: Arc<Service>) -> io::Result<Self> {
        let (listener, server) = Self::bind(port).await?;
        let connections = ServiceConnections::new(tls, service, server.tasks.spawner(), server.stop.subscribe());
        server.accept(listener, move |stream| connections.clone().serve(stream));
        Ok(server)
    }

    /// Serves the control endpoint on loopback. Port 0 means any free port.
    pub(crate) async fn start_control(port: u16, control: Arc<Control>) -> io::Result<Self> {
        let (listener, server) = Self::bind(port).await?;
        let stop = server.stop.subscribe();
        server.accept(listener, move |stream| {
            let control = Arc::clone(&control);
            let respond = move |request| {
                let control = Arc::clone(&control);
                async move { control.respond(request).await }
            };
            serve_plain(stream, respond, stop.clone())
        });
        Ok(server)
    }

    /// Serves pages for browsers on loopback. Port 0 means any free port.
    pub(crate) async fn start_pages(port: u16, pages: Arc<Pages>) -> io::Result<Self> {
        let (listener, server) = Self::bind(port).await?;
        let stop = server.stop.subscribe();
        server.accept(listener, move |stream| {
            let pages = Arc::clone(&pages);
            let respond = move |request| {
                let pages = Arc::clone(&pages);
                async move { pages.respond(request).await }
            };
            serve_plain(stream, respond, stop.clone())
        });
        Ok(server)
    }

    async fn bind(port: u16) -> io::Result<(TcpListener, Self)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let server = Self {
            address: listener.local_addr()?,
            tasks: Tasks::default(),
            stop: watch::Sender::new(false),
        };
        Ok((listener, server))
    }

    /// Accepts connections in a task.
    fn accept<F>(&self, listener: TcpListener, serve: impl Fn(TcpStream) -> F + Send + Sync + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let spawner = self.tasks.spawner();
        let accepting = accept(listener, self.stop.subscribe(), spawner.clone(), serve);
        spawner.spawn(accepting);
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Closes the port, waits a limited time for requests in flight, and ends the remaining ones.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(STOP_TIMEOUT, self.tasks.finished()).await.is_err() {
            tracing::debug!("requests were still in flight when the sandbox stopped");
        }
    }
}
