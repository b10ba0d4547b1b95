//! The tasks of one server, owned in one place: when the owner goes, they all go.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::task::JoinSet;

/// Owns the tasks; dropping it aborts them.
#[derive(Debug, Default)]
pub(super) struct Tasks(Arc<Mutex<JoinSet<()>>>);

impl Tasks {
    pub(super) fn spawner(&self) -> Spawner {
        Spawner(Arc::downgrade(&self.0))
    }

    /// Waits until no task is left, also of those that are spawned meanwhile.
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

/// Adds tasks for as long as their owner lives. Does not keep it alive.
#[derive(Clone, Debug)]
pub(super) struct Spawner(Weak<Mutex<JoinSet<()>>>);

impl Spawner {
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(tasks) = self.0.upgrade() {
            let mut tasks = lock(&tasks);
            // Otherwise a long run would collect the results of every connection it ever had.
            while tasks.try_join_next().is_some() {}
            tasks.spawn(task);
        }
    }
}

/// hyper runs every HTTP/2 stream as a task of its own.
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
