//! The settings of a live catalogue, and its start: from the file, or with a load.

use std::ops::RangeBounds;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use super::saved::{CatalogueFile, Saved};
use super::schedule::Schedule;
use super::snapshot::Snapshot;
use super::worker::Worker;
use super::{AbortOnDrop, LiveCatalogue};
use crate::catalogue::lists::StartRange;
use crate::catalogue::load::load;
use crate::catalogue::{Catalogue, Guard};
use crate::client::Client;
use crate::error::Error;
use crate::operation::QueryDate;

/// Sets up a [`LiveCatalogue`]. [`LiveCatalogue::builder`] creates it.
#[derive(Debug)]
#[must_use = "a builder does nothing before `start`"]
pub struct LiveCatalogueBuilder {
    client: Client,
    range: StartRange,
    season_every: Duration,
    availability_every: Duration,
    availability_days: Option<u16>,
    guard: Guard,
    file: Option<PathBuf>,
}

/// Shorter intervals would be a mistake in the unit.
const MIN_INTERVAL: Duration = Duration::from_secs(1);

impl LiveCatalogueBuilder {
    pub(super) fn new(client: Client) -> Self {
        Self {
            client,
            range: StartRange::default(),
            season_every: Duration::from_secs(10 * 60),
            availability_every: Duration::from_secs(60),
            availability_days: None,
            guard: Guard::new(),
            file: None,
        }
    }

    /// Limits the catalogue to what belongs to instances that start within this range, as
    /// [`Catalogue::load_starting`] does. The range does not move with time.
    pub fn starting<D: Into<QueryDate> + Clone>(mut self, range: impl RangeBounds<D>) -> Self {
        self.range = StartRange::new(&range);
        self
    }

    /// Sets how often all lists are loaded, in seven requests. The default is ten minutes. Less than a second counts as one.
    pub fn season_every(mut self, interval: Duration) -> Self {
        self.season_every = interval.max(MIN_INTERVAL);
        self
    }

    /// Sets how often the availability is loaded, in one request. The default is one minute. Less than a second counts as one.
    pub fn availability_every(mut self, interval: Duration) -> Self {
        self.availability_every = interval.max(MIN_INTERVAL);
        self
    }

    /// Limits the requests for the availability alone to instances that start today or within so many days. The availability
    /// of later instances is loaded with all lists.
    ///
    /// Visitors look at the next weeks most. With a season of a year, the response of each minute is much shorter.
    pub fn availability_days(mut self, days: u16) -> Self {
        self.availability_days = Some(days);
        self
    }

    /// Sets how many items a list may lose before it is refused. The default is [`Guard::new`].
    pub fn guard(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }

    /// Keeps the snapshot in a file, and starts from it.
    ///
    /// The file is written after every refresh that changed something: beside its place, and then renamed, so that a crash
    /// never leaves half a file. It contains the lists as XML, as the service sends them, and no secret. A file of another
    /// venue or another range, or a damaged one, is ignored with a warning in the log, and replaced. Each program needs its
    /// own file.
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Starts the task. With a file of an earlier run it returns immediately, with the snapshot of that file, and refreshes it
    /// in the background. Otherwise it loads the catalogue.
    ///
    /// # Errors
    ///
    /// Without such a file: the error of the request that failed. Outside a Tokio runtime:
    /// [`is_configuration`](Error::is_configuration).
    pub async fn start(self) -> Result<LiveCatalogue, Error> {
        let runtime = Handle::try_current().map_err(|_| Error::no_runtime())?;
        let file = self
            .file
            .as_ref()
            .map(|path| CatalogueFile::new(path.clone(), &self.client, self.range));
        let saved = match &file {
            Some(file) => file.read().await,
            None => None,
        };
        let is_saved = saved.is_some();
        let snapshot = match saved {
            Some(saved) => self.resume(saved),
            None => Snapshot::new(load(self.range, &self.client).await?, Timestamp::now()),
        };
        if let (Some(file), false) = (&file, is_saved) {
            // An error is found again after the next refresh, and reported then.
            file.write(&snapshot)
                .await
                .unwrap_or_else(|error| tracing::warn!("{error}"));
        }
        let (sender, receiver) = watch::channel(snapshot);
        let (requests, queue) = mpsc::unbounded_channel();
        let worker = Worker {
            client: self.client,
            guard: self.guard,
            file,
            season: Schedule::new(self.season_every, is_saved),
            statuses: Schedule::new(self.availability_every, false),
            availability_days: self.availability_days,
            snapshot: sender,
            requests: queue,
        };
        let task = runtime.spawn(worker.run());
        Ok(LiveCatalogue {
            snapshot: receiver,
            requests,
            stale_after: self.availability_every.saturating_mul(3),
            _task: Arc::new(AbortOnDrop(task.abort_handle())),
        })
    }

    fn resume(&self, saved: Saved) -> Snapshot {
        let catalogue = Catalogue {
            range: self.range,
            time_zone: self.client.time_zone().clone(),
            ..saved.lists.into()
        };
        let mut snapshot = Snapshot::new(catalogue, saved.loaded_at);
        snapshot.statuses_at = saved.statuses_at;
        snapshot
    }
}
