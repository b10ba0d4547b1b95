//! A connection: TLS first, then HTTP/1 or HTTP/2, until the peer or the server ends it.

use std::convert::Infallible;
use std::sync::Arc;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::LONGEST_WAIT;
use super::accept::stop;
use super::body::sent;
use super::cut::Cut;
use super::tasks::Spawner;
use super::wire::Wire;
use crate::faults::Delivery;
use crate::service::{Peer, Service};
use crate::tls::{HttpVersions, Using};

/// What every connection needs.
#[derive(Clone)]
pub(super) struct Connections {
    tls: Using,
    http: Builder<Spawner>,
    service: Arc<Service>,
    stopped: watch::Receiver<bool>,
}

impl Connections {
    pub(super) fn new(tls: Using, service: Arc<Service>, spawner: Spawner, stopped: watch::Receiver<bool>) -> Self {
        Self {
            tls,
            http: http(spawner),
            service,
            stopped,
        }
    }

    pub(super) async fn serve(mut self, stream: TcpStream) {
        let cut = Cut::new();
        let wire = Wire::new(stream, cut.clone());
        let in_force = self.tls.borrow_and_update().clone();
        self.http = speaks(self.http, in_force.settings.http);
        let acceptor = TlsAcceptor::from(in_force.config);
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
        let stopped = self.stopped.clone();
        let service = service_fn(|request| {
            let (service, peer) = (Arc::clone(&self.service), Arc::clone(&peer));
            let (cut, stopped) = (cut.clone(), stopped.clone());
            async move {
                let response = answer(&service, &peer, request, &cut).await;
                Ok::<_, Infallible>(sent(response, cut, stopped))
            }
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
async fn answer(service: &Service, peer: &Peer, request: Request<Incoming>, cut: &Cut) -> Response<Delivery> {
    match service.respond(peer, request).await {
        Some(response) => response,
        None => {
            cut.now();
            std::future::pending().await
        }
    }
}

/// A client that does not negotiate is held to the same versions.
fn speaks(http: Builder<Spawner>, versions: HttpVersions) -> Builder<Spawner> {
    match versions {
        HttpVersions::Both => http,
        HttpVersions::OnlyHttp1 => http.http1_only(),
        HttpVersions::OnlyHttp2 => http.http2_only(),
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
