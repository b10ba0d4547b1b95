//! Keeps a session alive in the background.

use std::fmt;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::Session;
use crate::error::Error;
use crate::retry::Retry;

impl Session {
    /// Keeps the session alive in the background: calls [`keep_alive`](Self::keep_alive) after each period, until the
    /// returned [`KeepAlive`] is dropped or the session has ended.
    ///
    /// A session ends after ten minutes. With a period of four minutes, one failed call does not end it. A period below one
    /// second counts as one second. If the session has not started, the task waits until it has.
    ///
    /// As long as a session is kept alive, the seats in its basket are unavailable to everybody else. So keep it alive
    /// only while the visitor is on the page.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// use std::time::Duration;
    ///
    /// let keep_alive = session.keep_alive_every(Duration::from_secs(4 * 60))?;
    /// // … the visitor reads the terms, and pays …
    /// drop(keep_alive);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) outside a Tokio runtime.
    pub fn keep_alive_every(&self, period: Duration) -> Result<KeepAlive, Error> {
        let runtime = Handle::try_current().map_err(|_| Error::no_runtime())?;
        let (sender, state) = watch::channel(KeepAliveState::Waiting);
        let period = period.max(Duration::from_secs(1));
        let task = runtime.spawn(keep_alive(self.clone(), period, sender));
        Ok(KeepAlive { task, state })
    }
}

/// Keeps a session alive until it is dropped. Created by [`Session::keep_alive_every`].
#[must_use = "the session is kept alive only until this is dropped"]
pub struct KeepAlive {
    task: JoinHandle<()>,
    state: watch::Receiver<KeepAliveState>,
}

/// The state of a [`KeepAlive`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeepAliveState {
    /// Nothing was sent yet: the first period has not passed, or the session has not started.
    Waiting,
    /// The last call succeeded: the session is alive.
    Alive,
    /// The last call failed, for the reason in the log. Another call follows after the next period.
    Failing,
    /// The session has ended, and nothing more is sent.
    Ended,
}

impl KeepAlive {
    /// Returns the current state.
    pub fn state(&self) -> KeepAliveState {
        *self.state.borrow()
    }

    /// Waits until the session has ended.
    pub async fn ended(&mut self) {
        // An error would mean that the task has dropped its sender, which it does only after it has sent `Ended`.
        let _ = self.state.wait_for(|state| *state == KeepAliveState::Ended).await;
    }
}

/// Stops the background task. A call in flight is cancelled.
impl Drop for KeepAlive {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for KeepAlive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeepAlive").field("state", &self.state()).finish()
    }
}

async fn keep_alive(session: Session, period: Duration, sender: watch::Sender<KeepAliveState>) {
    let mut was_started = false;
    while *sender.borrow() != KeepAliveState::Ended {
        sleep(period).await;
        let is_started = session.id().is_some();
        // A session that was started and has no identifier any more was ended by the service: the call reports that without
        // sending anything.
        if is_started || was_started {
            sender.send_replace(keep_alive_once(&session).await);
        }
        was_started |= is_started;
    }
}

async fn keep_alive_once(session: &Session) -> KeepAliveState {
    // A write with a retry policy is retried only if the service cannot have applied it. Twice would do no harm either.
    match session.keep_alive().retry(Retry::new()).await {
        Ok(()) => KeepAliveState::Alive,
        Err(error) if error.is_session_expired() => KeepAliveState::Ended,
        Err(error) => {
            tracing::warn!(%error, "a session could not be kept alive");
            KeepAliveState::Failing
        }
    }
}
