//! A catalogue that refreshes itself in the background and keeps serving its last snapshot while the service is down.
//!
//! [`builder`] starts it, [`worker`] refreshes it on the [`schedule`], [`snapshot`] is what it serves, [`saved`] is its file,
//! and [`subscription`] reports changes.

mod builder;
mod saved;
mod schedule;
mod snapshot;
mod subscription;
mod worker;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::AbortHandle;

pub use builder::LiveCatalogueBuilder;
use snapshot::Snapshot;
pub use snapshot::{LiveError, LivePart};
pub use subscription::Subscription;
use worker::Request;

use super::{Catalogue, Guard};
use crate::client::Client;
use crate::error::Error;

/// A catalogue that refreshes itself in the background, for a website that runs for weeks.
///
/// - It loads all lists every ten minutes and the availability every minute, with random deviations, so that several
///   servers do not send their requests at the same moment. After a failure it waits 30 seconds, then longer, up to the
///   usual time.
/// - While the service is down, it keeps its last snapshot, and reports its [age](Self::age) and the
///   [last error](Self::last_error). A list that lost most of its items is refused: see [`Guard`].
/// - With a [file](LiveCatalogueBuilder::file) it starts from the snapshot of the last run, without waiting for the service.
/// - [`subscribe`](Self::subscribe) returns changes as they are found.
///
/// Clones share one catalogue and one task, so never more than one refresh is in flight. The task stops when the last clone
/// is dropped; a request in flight is cancelled.
///
/// ```no_run
/// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
/// use spektrix_v2::catalogue::LiveCatalogue;
/// use spektrix_v2::jiff::civil::date;
///
/// let live = LiveCatalogue::builder(&client).file("catalogue.txt").start().await?;
///
/// // In the handler of a page: no request is sent.
/// let catalogue = live.catalogue();
/// for instance in catalogue.on(date(2027, 1, 9)) {
///     println!("{}", instance.start);
/// }
/// if live.is_stale() {
///     println!("availability may be out of date: {:?}", live.last_error());
/// }
///
/// // In another task:
/// let mut subscription = live.subscribe();
/// while let Some(changes) = subscription.next().await {
///     println!("{changes}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LiveCatalogue {
    snapshot: watch::Receiver<Snapshot>,
    requests: mpsc::UnboundedSender<Request>,
    stale_after: Duration,
    _task: Arc<AbortOnDrop>,
}

impl LiveCatalogue {
    /// Creates a builder.
    pub fn builder(client: &Client) -> LiveCatalogueBuilder {
        LiveCatalogueBuilder::new(client.clone())
    }

    /// Loads the catalogue and starts the task with the default settings, without a file.
    ///
    /// # Errors
    ///
    /// See [`LiveCatalogueBuilder::start`].
    pub async fn start(client: &Client) -> Result<Self, Error> {
        Self::builder(client).start().await
    }

    /// Returns the current snapshot. It does not change: later calls return later snapshots.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.snapshot.borrow().catalogue)
    }

    /// Returns how long ago all lists were loaded, also if that was in an earlier run.
    pub fn age(&self) -> Duration {
        elapsed_since(self.snapshot.borrow().loaded_at)
    }

    /// Returns how long ago the availability was loaded, alone or with all lists.
    pub fn availability_age(&self) -> Duration {
        elapsed_since(self.snapshot.borrow().statuses_at)
    }

    /// Returns whether the availability is older than three of its intervals: for a health check, or a note on a page.
    pub fn is_stale(&self) -> bool {
        self.availability_age() > self.stale_after
    }

    /// Returns why the last refresh failed, or why the file could not be written. `None` once that has succeeded. If several
    /// of them fail, returns the latest error.
    pub fn last_error(&self) -> Option<LiveError> {
        self.snapshot.borrow().last_error().cloned()
    }

    /// Returns the changes from now on.
    pub fn subscribe(&self) -> Subscription {
        Subscription::new(self.snapshot.clone())
    }

    /// Refreshes all lists now, and waits for it: after an editor has changed something, for example.
    ///
    /// If a refresh is in flight, it waits for that one and sends nothing.
    ///
    /// # Errors
    ///
    /// The error of the refresh, which [`last_error`](Self::last_error) returns as well. The snapshot stays as it was.
    pub async fn refresh(&self) -> Result<(), Error> {
        self.request(None).await
    }

    /// Refreshes all lists now, with another guard. With [`Guard::none`], it accepts a programme that has really ended.
    ///
    /// # Errors
    ///
    /// As for [`refresh`](Self::refresh).
    pub async fn refresh_with(&self, guard: Guard) -> Result<(), Error> {
        self.request(Some(guard)).await
    }

    async fn request(&self, guard: Option<Guard>) -> Result<(), Error> {
        let (reply, result) = oneshot::channel();
        let stopped = || Error::configuration("the task of the catalogue has ended", RUNTIME_ENDED);
        self.requests.send(Request { guard, reply }).map_err(|_| stopped())?;
        result.await.unwrap_or_else(|_| Err(stopped()))
    }
}

const RUNTIME_ENDED: &str = "start it in the Tokio runtime that runs as long as the program";

/// Shows what it serves, without the lists.
impl fmt::Debug for LiveCatalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveCatalogue")
            .field("age", &self.age())
            .field("availability_age", &self.availability_age())
            .field("last_error", &self.last_error())
            .finish_non_exhaustive()
    }
}

/// Stops the task of the worker.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Returns the time since then; zero if the clock was set back.
fn elapsed_since(then: Timestamp) -> Duration {
    Timestamp::now().duration_since(then).try_into().unwrap_or_default()
}
