//! The tasks of a server: accepting connections, one task for each of them, and how all of them end.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The pause after a failed accept, which fails for example when there are too many open files.
const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(50);

/// Accepts connections and spawns a task for each. Closes the listener when the server stops.
pub(super) async fn accept<F>(
    listener: TcpListener,
    mut stop: watch::Receiver<bool>,
    spawner: Spawner,
    serve: impl Fn(TcpStream) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => return,
        };
        match accepted {
            Ok((stream, _)) => spawner.spawn(serve(stream)),
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection");
                tokio::time::sleep(PAUSE_AFTER_ERROR).await;
            }
        }
    }
}

/// Waits until the server stops or is dropped.
pub(super) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the server was dropped.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Owns the tasks of a server. Dropping it aborts all of them.
#[derive(Debug, Default)]
pub(super) struct Tasks(Arc<Mutex<JoinSet<()>>>);

impl Tasks {
    pub(super) fn spawner(&self) -> Spawner {
        Spawner(Arc::downgrade(&self.0))
    }

    /// Waits until all tasks have finished, including those that are spawned while it waits.
    pub(super) async fn finished(&self) {
        loop {
            let mut tasks = std::mem::take(&mut *lock(&self.0));
            if tasks.is_empty() {
                return;
            }
            while tasks.join_next().await.is_some() {}
        }
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        lock(&self.0).abort_all();
    }
}

/// Spawns tasks while their owner exists. It does not keep the owner alive.
#[derive(Clone, Debug)]
pub(super) struct Spawner(Weak<Mutex<JoinSet<()>>>);

impl Spawner {
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(tasks) = self.0.upgrade() {
            let mut tasks = lock(&tasks);
            // Finished tasks are removed here. Otherwise the set would grow with every connection.
            while tasks.try_join_next().is_some() {}
            tasks.spawn(task);
        }
    }
}

/// hyper spawns a task for every HTTP/2 stream.
impl<F: Future<Output: Send> + Send + 'static> hyper::rt::Executor<F> for Spawner {
    fn execute(&self, future: F) {
        self.spawn(async move {
            future.await;
        });
    }
}

fn lock(tasks: &Mutex<JoinSet<()>>) -> MutexGuard<'_, JoinSet<()>> {
    tasks.lock().unwrap_or_else(PoisonError::into_inner)
}
