//! Resetting connections: a handle that requests a reset, and a TCP stream that sends RST when it is dropped.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// A handle that resets one connection.
#[derive(Clone, Debug)]
pub(super) struct ResetHandle(Arc<watch::Sender<bool>>);

impl ResetHandle {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Requests a reset. The connection's task performs it.
    pub(super) fn reset(&self) {
        self.0.send_replace(true);
    }

    fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until a reset is requested.
    pub(super) async fn requested(&self) {
        // This cannot fail, because `self` has the sender.
        let _ = self.0.subscribe().wait_for(|requested| *requested).await;
    }
}

/// A TCP stream that can end with a reset.
pub(super) struct ResettableStream {
    stream: TcpStream,
    handle: ResetHandle,
}

impl ResettableStream {
    pub(super) fn new(stream: TcpStream, handle: ResetHandle) -> Self {
        Self { stream, handle }
    }

    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Drop for ResettableStream {
    fn drop(&mut self) {
        if self.handle.is_requested() {
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
