//! Keeps a session alive in the background, as long as somebody wants it.

use std::fmt;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::Session;
use crate::retry::Retry;

impl Session {
    /// Keeps the session alive in the background: sends [`keep_alive`](Self::keep_alive) each time this period has
    /// passed, until the [`Keeper`] is dropped, or the session is over.
    ///
    /// A session ends after ten minutes, so that four minutes leave room for an attempt that fails. Less than a second
    /// counts as a second. A session that has not begun yet is waited for.
    ///
    /// The seats in a basket are taken from everybody else for as long as it is kept: keep it only while the visitor is
    /// there.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// use std::time::Duration;
    ///
    /// let keeper = session.keep_alive_every(Duration::from_secs(4 * 60));
    /// // … the visitor reads the small print, and pays …
    /// drop(keeper);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime.
    pub fn keep_alive_every(&self, period: Duration) -> Keeper {
        let (tell, state) = watch::channel(KeeperState::Waiting);
        let period = period.max(Duration::from_secs(1));
        let task = tokio::spawn(keep(self.clone(), period, tell));
        Keeper { task, state }
    }
}

/// Keeps a session alive until it is dropped. Made by [`Session::keep_alive_every`].
#[must_use = "the session is kept alive only until this is dropped"]
pub struct Keeper {
    task: JoinHandle<()>,
    state: watch::Receiver<KeeperState>,
}

/// How a [`Keeper`] gets on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeeperState {
    /// Nothing was sent yet: the first period has not passed, or the session has not begun.
    Waiting,
    /// The service has kept the session alive, the last time that it was asked.
    Kept,
    /// The last attempt failed, which the log explains; there will be another.
    Failing,
    /// The session is over, and the keeper with it.
    Over,
}

impl Keeper {
    /// How it gets on.
    pub fn state(&self) -> KeeperState {
        *self.state.borrow()
    }

    /// Waits until the session is over.
    pub async fn over(&mut self) {
        // An error would mean that the task has ended, which it only does once it has said so.
        let _ = self.state.wait_for(|state| *state == KeeperState::Over).await;
    }
}

/// Stops the keeping. An attempt that is on its way is given up.
impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("state", &self.state()).finish()
    }
}

async fn keep(session: Session, period: Duration, tell: watch::Sender<KeeperState>) {
    let mut has_begun = false;
    while *tell.borrow() != KeeperState::Over {
        sleep(period).await;
        let is_begun = session.id().is_some();
        if is_begun || has_begun {
            tell.send_replace(keep_once(&session).await);
        }
        has_begun |= is_begun;
    }
}

/// Such a call is tried again only where the service cannot have acted; twice would do no harm.
async fn keep_once(session: &Session) -> KeeperState {
    match session.keep_alive().retry(Retry::new()).await {
        Ok(()) => KeeperState::Kept,
        Err(error) if error.is_session_expired() => KeeperState::Over,
        Err(error) => {
            tracing::warn!(%error, "a session could not be kept alive");
            KeeperState::Failing
        }
    }
}
