//! One connection after the other: TLS first, then HTTP/1 or HTTP/2, until the peer or the server ends it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::body::{SentBody, sent};
use super::cut::Cut;
use super::tasks::Spawner;
use super::wire::Wire;
use crate::faults::Outcome;
use crate::service::{Peer, Service};
use crate::tls::Using;

/// For the handshake, and again for the head of a request.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// After an accept that failed, for want of file handles perhaps.
const PAUSE: Duration = Duration::from_millis(50);

/// What every connection needs.
#[derive(Clone)]
pub(super) struct Connections {
    tls: Using,
    http: Builder<Spawner>,
    service: Arc<Service>,
    spawner: Spawner,
    stopped: watch::Receiver<bool>,
}

impl Connections {
    pub(super) fn new(tls: Using, service: Arc<Service>, spawner: Spawner, stopped: watch::Receiver<bool>) -> Self {
        Self {
            tls,
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
        let cut = Cut::new();
        let wire = Wire::new(stream, cut.clone());
        let acceptor = TlsAcceptor::from(Arc::clone(&self.tls.borrow_and_update().config));
        let handshake = tokio::time::timeout(LONGEST_WAIT, acceptor.accept(wire));
        let stream = tokio::select! {
            result = handshake => result,
            () = stop(&mut self.stopped) => return,
        };
        match stream {
            Ok(Ok(stream)) => self.serve_requests(stream, cut).await,
            Ok(Err(error)) => tracing::debug!(%error, "the sandbox refused a TLS handshake"),
            Err(_) => tracing::debug!("a client did not finish its TLS handshake"),
        }
    }

    async fn serve_requests(mut self, stream: TlsStream<Wire>, cut: Cut) {
        let peer = Arc::new(Peer::of(stream.get_ref().1));
        let service = service_fn(|request| {
            let (service, peer, cut) = (Arc::clone(&self.service), Arc::clone(&peer), cut.clone());
            async move { Ok::<_, Infallible>(answer(&service, &peer, request, cut).await) }
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let result = tokio::select! {
            result = connection.as_mut() => result,
            () = cut.made() => return,
            () = end(&mut self.stopped, &mut self.tls) => {
                connection.as_mut().graceful_shutdown();
                tokio::select! {
                    result = connection => result,
                    () = cut.made() => return,
                }
            }
        };
        if let Err(error) = result {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// The answer to a request; or none ever, as the connection is about to be cut.
async fn answer(service: &Service, peer: &Peer, request: Request<Incoming>, cut: Cut) -> Response<SentBody> {
    match service.respond(peer, request).await {
        Outcome::Answer(response) => sent(response, cut),
        Outcome::Reset => {
            cut.now();
            std::future::pending().await
        }
    }
}

fn http(spawner: Spawner) -> Builder<Spawner> {
    let mut http = Builder::new(spawner);
    http.http1().timer(TokioTimer::new()).header_read_timeout(LONGEST_WAIT);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(LONGEST_WAIT);
    http
}

/// Comes back when the connection should end: the server stops, or meets its clients in another way now.
async fn end(stopped: &mut watch::Receiver<bool>, tls: &mut Using) {
    tokio::select! {
        () = stop(stopped) => {},
        // An error means that the server is gone.
        _ = tls.changed() => {},
    }
}

/// Comes back when the server stops, or is gone.
async fn stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
