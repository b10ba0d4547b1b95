//! What the handlers share.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::http::HeaderValue;
use spektrix_v2::ErrorKind;
use spektrix_v2::catalogue::LiveCatalogue;
use tokio::sync::{Semaphore, watch};

use super::changes::ChangeLog;
use super::metrics::Metrics;
use super::snapshot::Snapshot;
use crate::export::Export;

/// What the handlers share.
pub(super) struct Shared {
    pub(super) export: Arc<Export>,
    pub(super) changes: ChangeLog,
    pub(super) metrics: Metrics,
    pub(super) cache_control: HeaderValue,
    /// Queries that are rendered at the same time: they use a processor each.
    pub(super) renders: Semaphore,
    pub(super) stopping: watch::Receiver<bool>,
    pub(super) compresses: bool,
    snapshot: watch::Sender<Option<Arc<Snapshot>>>,
    live: OnceLock<LiveCatalogue>,
    start_error: Mutex<Option<ErrorKind>>,
}

impl Shared {
    pub(super) fn new(export: Export, max_age: Duration, compresses: bool, stopping: watch::Receiver<bool>) -> Self {
        const A_DAY: u32 = 24 * 60 * 60;
        let cache_control = format!("public, max-age={}, stale-if-error={A_DAY}", max_age.as_secs());
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            export: Arc::new(export),
            changes: ChangeLog::new(),
            metrics: Metrics::new(),
            // It is ASCII.
            cache_control: HeaderValue::from_str(&cache_control).unwrap_or(HeaderValue::from_static("no-cache")),
            renders: Semaphore::new(processors),
            stopping,
            compresses,
            snapshot: watch::Sender::new(None),
            live: OnceLock::new(),
            start_error: Mutex::default(),
        }
    }

    /// Returns the current snapshot. `None` before the first load.
    pub(super) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.borrow().clone()
    }

    pub(super) fn set_snapshot(&self, snapshot: Arc<Snapshot>) {
        self.snapshot.send_replace(Some(snapshot));
        self.metrics.count_snapshot();
    }

    pub(super) fn live(&self) -> Option<&LiveCatalogue> {
        self.live.get()
    }

    pub(super) fn set_live(&self, live: LiveCatalogue) {
        // It starts once.
        let _ = self.live.set(live);
    }

    pub(super) fn start_error(&self) -> Option<ErrorKind> {
        *self.start_error.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_start_error(&self, kind: ErrorKind) {
        *self.start_error.lock().unwrap_or_else(PoisonError::into_inner) = Some(kind);
    }
}
