//! The server: a listener on loopback whose tasks end when it is dropped.

mod accept;
mod body;
mod connection;
mod cut;
mod plain;
mod tasks;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::control::Control;
use crate::service::Service;
use crate::tls::Using;
use connection::Connections;
use tasks::Tasks;

/// For a handshake, and again for the head of a request.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How long a graceful stop waits for requests in flight.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running server. Dropping it ends every connection at once.
pub(crate) struct Server {
    address: SocketAddr,
    tasks: Tasks,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Serves the service. Listens on loopback; port 0 means any that is free.
    pub(crate) async fn start(port: u16, tls: Using, service: Arc<Service>) -> io::Result<Self> {
        let (listener, server) = Self::bind(port).await?;
        let (spawner, stopped) = (server.tasks.spawner(), server.stop.subscribe());
        let connections = Connections::new(tls, service, spawner.clone(), stopped.clone());
        let serve = move |stream| connections.clone().serve(stream);
        server
            .tasks
            .spawner()
            .spawn(accept::accept(listener, stopped, spawner, serve));
        Ok(server)
    }

    /// Serves the control endpoint, in the same way.
    pub(crate) async fn start_control(port: u16, control: Arc<Control>) -> io::Result<Self> {
        let (listener, server) = Self::bind(port).await?;
        let (spawner, stopped) = (server.tasks.spawner(), server.stop.subscribe());
        let stopping = stopped.clone();
        let serve = move |stream| plain::serve(stream, Arc::clone(&control), stopping.clone());
        server
            .tasks
            .spawner()
            .spawn(accept::accept(listener, stopped, spawner, serve));
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

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Closes the port, lets requests in flight finish for a while, then ends what is left.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(PATIENCE, self.tasks.finished()).await.is_err() {
            tracing::debug!("requests were still in flight when the sandbox stopped");
        }
    }
}
