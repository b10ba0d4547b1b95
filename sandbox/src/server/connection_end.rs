//! Ends of connections: a handle that requests one, and a TCP stream that sends RST when it is dropped.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// How a connection ends. A later one in this list takes precedence over those before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ConnectionEnd {
    /// Not yet.
    #[default]
    Open,
    /// When its open requests are done.
    Graceful,
    /// Nothing is sent any more, and it stays open.
    Freeze,
    /// With GOAWAY of HTTP/2, without processing its open requests.
    GoAway,
    /// With RST of TCP.
    Reset,
}

/// A handle that ends one connection. The connection's task does it.
#[derive(Clone, Debug)]
pub(super) struct ConnectionHandle(Arc<watch::Sender<ConnectionEnd>>);

impl ConnectionHandle {
    pub(super) fn new() -> Self {
        Self(Arc::default())
    }

    /// Requests an end, unless one that takes precedence was requested before.
    pub(super) fn end(&self, end: ConnectionEnd) {
        self.0.send_if_modified(|current| {
            let is_later = end > *current;
            *current = end.max(*current);
            is_later
        });
    }

    /// Returns a receiver of the requested end.
    pub(super) fn subscribe(&self) -> watch::Receiver<ConnectionEnd> {
        self.0.subscribe()
    }

    fn is_reset(&self) -> bool {
        *self.0.borrow() == ConnectionEnd::Reset
    }
}

/// A TCP stream that can end with a reset.
pub(super) struct ResettableStream {
    stream: TcpStream,
    handle: ConnectionHandle,
}

impl ResettableStream {
    pub(super) fn new(stream: TcpStream, handle: ConnectionHandle) -> Self {
        Self { stream, handle }
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Drop for ResettableStream {
    fn drop(&mut self) {
        if self.handle.is_reset() {
            // With a linger time of zero, closing the socket sends RST instead of FIN. If the system does not support
            // that, the connection still ends without a TLS close_notify.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for ResettableStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_read(cx, buffer)
    }
}

impl AsyncWrite for ResettableStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream().poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write_vectored(cx, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::{ConnectionEnd, ConnectionHandle};

    #[test]
    fn the_strongest_end_is_kept() {
        use ConnectionEnd::{Freeze, GoAway, Graceful, Open, Reset};
        let handle = ConnectionHandle::new();
        let mut ends = handle.subscribe();
        for (end, kept, is_news) in [
            (Open, Open, false),
            (Graceful, Graceful, true),
            (Graceful, Graceful, false),
            (GoAway, GoAway, true),
            (Freeze, GoAway, false),
            (Reset, Reset, true),
            (Graceful, Reset, false),
        ] {
            handle.end(end);
            assert_eq!(ends.has_changed().expect("a sender"), is_news, "{end:?}");
            assert_eq!(*ends.borrow_and_update(), kept, "{end:?}");
        }
    }
}
