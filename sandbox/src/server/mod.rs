//! The server: a listener on loopback whose tasks end when it is dropped.

mod body;
mod connection;
mod cut;
mod tasks;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::service::Service;
use crate::tls::Using;
use connection::Connections;
use tasks::Tasks;

/// How long a graceful stop waits for requests in flight.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running server. Dropping it ends every connection at once.
pub(crate) struct Server {
    address: SocketAddr,
    tasks: Tasks,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Listens on loopback; port 0 means any that is free.
    pub(crate) async fn start(port: u16, tls: Using, service: Arc<Service>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let tasks = Tasks::default();
        let (stop, stopped) = watch::channel(false);
        let connections = Connections::new(tls, service, tasks.spawner(), stopped);
        tasks.spawner().spawn(connections.accept(listener));
        Ok(Self { address, tasks, stop })
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
