//! Accepts connections until the server stops.

use std::future::Future;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::tasks::Spawner;

/// After an accept that failed, for want of file handles perhaps.
const PAUSE: Duration = Duration::from_millis(50);

/// Gives every connection a task of its own. When the server stops, the listener is closed.
pub(super) async fn accept<F>(
    listener: TcpListener,
    mut stopped: watch::Receiver<bool>,
    spawner: Spawner,
    serve: impl Fn(TcpStream) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop(&mut stopped) => return,
        };
        match accepted {
            Ok((stream, _)) => spawner.spawn(serve(stream)),
            Err(error) => {
                tracing::warn!(%error, "the sandbox could not accept a connection");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Comes back when the server stops, or is gone.
pub(super) async fn stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
