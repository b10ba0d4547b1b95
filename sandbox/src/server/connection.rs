//! Connections: TLS and HTTP/1 or HTTP/2 for the service, and HTTP/1 without TLS for the control endpoint and the
//! pages.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::body::to_hyper;
use super::connection_end::{ConnectionEnd, ConnectionHandle, ResettableStream};
use super::shared_stream::SharedStream;
use super::tasks::{Spawner, stopped};
use crate::faults::{Outcome, ResponseBody};
use crate::service::Service;
use crate::tls::{ActiveTlsReceiver, HttpVersions, Peer};

/// The time limit for a TLS handshake and for the headers of a request.
const CLIENT_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves connections of the service.
#[derive(Clone)]
pub(super) struct ServiceConnections {
    tls: ActiveTlsReceiver,
    http: Builder<Spawner>,
    service: Arc<Service>,
    stop: watch::Receiver<bool>,
}

impl ServiceConnections {
    pub(super) fn new(
        tls: ActiveTlsReceiver,
        service: Arc<Service>,
        spawner: Spawner,
        stop: watch::Receiver<bool>,
    ) -> Self {
        Self {
            tls,
            http: http_builder(spawner),
            service,
            stop,
        }
    }

    /// Serves a connection until the client or the server ends it.
    pub(super) async fn serve(mut self, stream: TcpStream) {
        let handle = ConnectionHandle::new();
        let stream = ResettableStream::new(stream, handle.clone());
        let tls = self.tls.borrow_and_update().clone();
        self.http = limited_to(self.http, tls.settings.http);
        let acceptor = TlsAcceptor::from(tls.config);
        let handshake = tokio::time::timeout(CLIENT_TIMEOUT, acceptor.accept(stream));
        let stream = tokio::select! {
            result = handshake => result,
            () = stopped(&mut self.stop) => return,
        };
        match stream {
            Ok(Ok(stream)) => self.serve_requests(stream, handle).await,
            Ok(Err(error)) => tracing::debug!(%error, "refused a TLS handshake"),
            Err(_) => tracing::debug!("a client did not finish its TLS handshake"),
        }
    }

    async fn serve_requests(mut self, stream: TlsStream<ResettableStream>, handle: ConnectionHandle) {
        let peer = Arc::new(Peer::of(stream.get_ref().1));
        let stop = self.stop.clone();
        let mut ends = handle.subscribe();
        let service = service_fn(|request| {
            let (service, peer) = (Arc::clone(&self.service), Arc::clone(&peer));
            let (handle, stop) = (handle.clone(), stop.clone());
            async move {
                let response = respond(&service, &peer, request, &handle).await?;
                Ok::<_, h2::Error>(to_hyper(response, handle, stop))
            }
        });
        let stream = SharedStream::new(stream);
        // In a box, so that it can be dropped before the stream.
        let mut connection = Box::pin(self.http.serve_connection(TokioIo::new(stream.share()), service));
        let mut is_ending = false;
        loop {
            let end = tokio::select! {
                result = connection.as_mut() => {
                    if let Err(error) = result {
                        tracing::debug!(%error, "a connection ended early");
                    }
                    return;
                }
                end = next_end(&mut ends) => end,
                () = stopped_or_changed(&mut self.stop, &mut self.tls), if !is_ending => ConnectionEnd::Graceful,
            };
            match end {
                ConnectionEnd::Open => {}
                ConnectionEnd::Graceful => {
                    is_ending = true;
                    connection.as_mut().graceful_shutdown();
                }
                // Held, so that the connection stays open, but not polled, so that nothing is sent.
                ConnectionEnd::Freeze => return stopped_or_changed(&mut self.stop, &mut self.tls).await,
                ConnectionEnd::GoAway => {
                    drop(connection);
                    return stream
                        .go_away()
                        .await
                        .unwrap_or_else(|error| tracing::debug!(%error, "no GOAWAY"));
                }
                // Returning drops the connection, which then resets it.
                ConnectionEnd::Reset => return,
            }
        }
    }
}

/// Waits until an end of the connection is requested. The connection's task has a handle, so there is always a sender.
async fn next_end(ends: &mut watch::Receiver<ConnectionEnd>) -> ConnectionEnd {
    match ends.changed().await {
        Ok(()) => *ends.borrow_and_update(),
        Err(_) => std::future::pending().await,
    }
}

/// Serves a connection without TLS.
pub(super) async fn serve_plain<F>(
    stream: TcpStream,
    respond: impl Fn(Request<Incoming>) -> F,
    mut stop: watch::Receiver<bool>,
) where
    F: Future<Output = Response<Bytes>>,
{
    let service = service_fn(|request| {
        let response = respond(request);
        async move { Ok::<_, Infallible>(response.await.map(Full::new)) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(CLIENT_TIMEOUT);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection without TLS ended early");
    }
}

/// Returns the response, or the error with which the stream is reset. Never returns if the connection ends.
async fn respond(
    service: &Service,
    peer: &Peer,
    request: Request<Incoming>,
    handle: &ConnectionHandle,
) -> Result<Response<ResponseBody>, h2::Error> {
    let end = match service.respond(peer, request).await {
        Outcome::Respond(response) => return Ok(response),
        Outcome::RespondAndEnd(response) => {
            handle.end(ConnectionEnd::Graceful);
            return Ok(response);
        }
        Outcome::ResetStream(reason) => return Err(reason.into()),
        Outcome::Reset => ConnectionEnd::Reset,
        Outcome::Freeze => ConnectionEnd::Freeze,
        Outcome::GoAway => ConnectionEnd::GoAway,
    };
    handle.end(end);
    std::future::pending().await
}

/// Limits the versions of HTTP, also for clients that do not negotiate one with ALPN.
fn limited_to(http: Builder<Spawner>, versions: HttpVersions) -> Builder<Spawner> {
    match versions {
        HttpVersions::Both => http,
        HttpVersions::OnlyHttp1 => http.http1_only(),
        HttpVersions::OnlyHttp2 => http.http2_only(),
    }
}

fn http_builder(spawner: Spawner) -> Builder<Spawner> {
    let mut http = Builder::new(spawner);
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(CLIENT_TIMEOUT);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(CLIENT_TIMEOUT);
    http
}

/// Waits until the server stops, or until its TLS settings change.
async fn stopped_or_changed(stop: &mut watch::Receiver<bool>, tls: &mut ActiveTlsReceiver) {
    tokio::select! {
        () = stopped(stop) => {},
        // An error means that the server was dropped.
        _ = tls.changed() => {},
    }
}
