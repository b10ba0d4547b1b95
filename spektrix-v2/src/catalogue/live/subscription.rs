//! A subscription to the changes of a live catalogue.

use std::fmt;
use std::sync::Arc;

use futures_core::Stream;
use tokio::sync::watch;

use super::snapshot::Snapshot;
use crate::catalogue::{Catalogue, Changes};

/// The changes of a [`LiveCatalogue`](super::LiveCatalogue). [`subscribe`](super::LiveCatalogue::subscribe) returns it.
///
/// No change is lost. A subscriber that is slow gets the changes of several refreshes as one: it compares the snapshot that
/// it has seen with the current one.
pub struct Subscription {
    snapshot: watch::Receiver<Snapshot>,
    seen: Arc<Catalogue>,
}

impl Subscription {
    pub(super) fn new(snapshot: watch::Receiver<Snapshot>) -> Self {
        let seen = Arc::clone(&snapshot.borrow().catalogue);
        Self { snapshot, seen }
    }

    /// Waits for the next changes. `None` once the catalogue has been dropped and all changes were returned.
    ///
    /// It can be cancelled: the next call returns the changes.
    pub async fn next(&mut self) -> Option<Changes> {
        loop {
            let current = Arc::clone(&self.snapshot.borrow_and_update().catalogue);
            if !Arc::ptr_eq(&current, &self.seen) {
                let changes = current.changes_since(&self.seen);
                self.seen = current;
                if !changes.is_empty() {
                    return Some(changes);
                }
            }
            self.snapshot.changed().await.ok()?;
        }
    }

    /// Returns the same changes as a stream, which ends when [`next`](Self::next) would return `None`.
    ///
    /// ```no_run
    /// # async fn example(live: spektrix_v2::catalogue::LiveCatalogue) {
    /// use std::pin::pin;
    ///
    /// use futures_util::StreamExt as _;
    ///
    /// let mut changes = pin!(live.subscribe().into_stream());
    /// while let Some(changes) = changes.next().await {
    ///     println!("{changes}");
    /// }
    /// # }
    /// ```
    pub fn into_stream(self) -> impl Stream<Item = Changes> + Send {
        futures_util::stream::unfold(self, async |mut subscription| {
            let changes = subscription.next().await?;
            Some((changes, subscription))
        })
    }

    /// Returns the snapshot that the last changes lead to; at first, the one at the time of the subscription.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.seen
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}
