//! One connection after the other: TLS first, then HTTP/1 or HTTP/2, until the peer or the server ends it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::tasks::Spawner;
use crate::service::{Peer, Service};

/// For the handshake, and again for the head of a request.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// After an accept that failed, for want of file handles perhaps.
const PAUSE: Duration = Duration::from_millis(50);

/// What every connection needs.
#[derive(Clone)]
pub(super) struct Connections {
    acceptor: TlsAcceptor,
    http: Builder<Spawner>,
    service: Arc<Service>,
    spawner: Spawner,
    stopped: watch::Receiver<bool>,
}

impl Connections {
    pub(super) fn new(
        tls: rustls::ServerConfig,
        service: Arc<Service>,
        spawner: Spawner,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        Self {
            acceptor,
            http: http(spawner.clone()),
            service,
            spawner,
            stopped,
        }
    }

    /// Accepts connections until the server stops; then the listener is closed.
    pub(super) async fn accept(mut self, listener: TcpListener) {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = stop(&mut self.stopped) => return,
            };
            match accepted {
                Ok((stream, _)) => self.spawner.spawn(self.clone().serve(stream)),
                Err(error) => {
                    tracing::warn!(%error, "the sandbox could not accept a connection");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    async fn serve(mut self, stream: TcpStream) {
        let handshake = tokio::time::timeout(LONGEST_WAIT, self.acceptor.accept(stream));
        let stream = tokio::select! {
            result = handshake => result,
            () = stop(&mut self.stopped) => return,
        };
        match stream {
            Ok(Ok(stream)) => self.serve_requests(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "the sandbox refused a TLS handshake"),
            Err(_) => tracing::debug!("a client did not finish its TLS handshake"),
        }
    }

    async fn serve_requests(mut self, stream: TlsStream<TcpStream>) {
        let peer = Arc::new(Peer::of(stream.get_ref().1));
        let service = service_fn(|request: Request<Incoming>| {
            let (service, peer) = (Arc::clone(&self.service), Arc::clone(&peer));
            async move { Ok::<_, Infallible>(service.respond(&peer, request).await) }
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let result = tokio::select! {
            result = connection.as_mut() => result,
            () = stop(&mut self.stopped) => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = result {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

fn http(spawner: Spawner) -> Builder<Spawner> {
    let mut http = Builder::new(spawner);
    http.http1().timer(TokioTimer::new()).header_read_timeout(LONGEST_WAIT);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(LONGEST_WAIT);
    http
}

/// Comes back when the server stops, or is gone.
async fn stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
