//! Accepts connections, within limits: their number, the size and time of request headers, and the time that a client may not
//! read.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

use super::shared::Shared;

/// A client that has not sent its request headers is disconnected, and so is one that sends no further request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// A client that does not read for so long is disconnected.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Request headers have at most so many bytes.
const MOST_HEADER_BYTES: usize = 16 * 1024;
/// How long stopping waits for responses.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Accepts connections until the server stops, and then waits for the responses in flight.
pub(super) async fn accept(listener: TcpListener, router: Router, shared: Arc<Shared>, most_connections: usize) {
    let permits = Arc::new(Semaphore::new(most_connections));
    let graceful = GracefulShutdown::new();
    let mut stopping = shared.stopping.clone();
    loop {
        // With all permits taken, further clients wait in the queue of the operating system.
        let stream = tokio::select! {
            stream = next(&listener, &permits) => stream,
            _ = stopping.wait_for(|stopping| *stopping) => break,
        };
        let Some((stream, permit)) = stream else { continue };
        let service = TowerToHyperService::new(router.clone());
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .max_buf_size(MOST_HEADER_BYTES)
            .serve_connection(TokioIo::new(with_timeout(stream)), service);
        let connection = graceful.watch(connection);
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            shared.metrics.connections.inc();
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
            shared.metrics.connections.dec();
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOP_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("responses were still in flight when the server stopped");
    }
}

async fn next(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    // The semaphore is never closed.
    let permit = Arc::clone(permits).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, permit)),
        Err(error) => {
            // Too many open files, for example: accepting again immediately would use the whole processor.
            tracing::warn!("a connection could not be accepted: {error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

fn with_timeout(stream: TcpStream) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    // A failure only makes responses slower.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    Box::pin(stream)
}

/// Returns a channel that stops a server.
pub(super) fn stop_channel() -> (watch::Sender<bool>, watch::Receiver<bool>) {
    watch::channel(false)
}
