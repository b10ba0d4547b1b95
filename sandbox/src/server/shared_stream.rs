//! A stream that HTTP uses, and that the connection's task gets back when HTTP is done with it.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, ReadBuf};

/// A stream with two owners in the same task, so that its lock is always free.
pub(super) struct SharedStream<S>(Arc<Mutex<S>>);

/// A frame GOAWAY of HTTP/2 without an error: a header of nine bytes for a payload of eight, the last stream that was
/// processed, and the code `NO_ERROR`.
const GO_AWAY: [u8; 17] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// How long to wait until the client has closed its side.
const MAX_WAIT: Duration = Duration::from_secs(1);

impl<S: AsyncRead + AsyncWrite + Unpin> SharedStream<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Arc::new(Mutex::new(stream)))
    }

    /// Returns the second owner.
    pub(super) fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// Ends a connection of HTTP/2. Call it after HTTP has dropped the stream: hyper cannot send this frame.
    pub(super) async fn go_away(mut self) -> io::Result<()> {
        self.write_all(&GO_AWAY).await?;
        self.shutdown().await?;
        // Closing a socket with unread bytes resets it, and the client could lose the frame.
        let mut sink = tokio::io::sink();
        let unread = tokio::time::timeout(MAX_WAIT, tokio::io::copy(&mut self, &mut sink));
        unread.await.map_or(Ok(()), |read| read.map(drop))
    }

    fn lock(&self) -> MutexGuard<'_, S> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for SharedStream<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.lock()).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for SharedStream<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.lock()).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.lock()).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.lock()).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.lock()).poll_write_vectored(cx, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.lock().is_write_vectored()
    }
}
