//! The background task of a live catalogue. It alone sends requests, so at most one refresh is in flight.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::timeout_at;

use super::saved::CatalogueFile;
use super::schedule::Schedule;
use super::snapshot::{LivePart, Snapshot};
use crate::catalogue::lists::StartRange;
use crate::catalogue::{Catalogue, Guard};
use crate::client::Client;
use crate::error::Error;

pub(super) struct Worker {
    pub(super) client: Client,
    pub(super) guard: Guard,
    pub(super) file: Option<CatalogueFile>,
    pub(super) season: Schedule,
    pub(super) statuses: Schedule,
    /// The days from today whose availability is refreshed alone; `None` for all days.
    pub(super) availability_days: Option<u16>,
    pub(super) snapshot: watch::Sender<Snapshot>,
    pub(super) requests: mpsc::UnboundedReceiver<Request>,
}

/// A refresh of all lists that somebody waits for.
pub(super) struct Request {
    /// Replaces the guard of the settings.
    pub(super) guard: Option<Guard>,
    pub(super) reply: oneshot::Sender<Result<(), Error>>,
}

impl Worker {
    /// Refreshes the catalogue until the task is aborted or nobody can ask for it any more.
    pub(super) async fn run(mut self) {
        loop {
            let due = self.season.due().min(self.statuses.due());
            match timeout_at(due, self.requests.recv()).await {
                Ok(Some(request)) => self.serve(request).await,
                Ok(None) => return,
                Err(_) => self.refresh_what_is_due().await,
            }
        }
    }

    /// Refreshes all lists for everybody who waits.
    async fn serve(&mut self, first: Request) {
        let mut waiting = vec![first];
        while let Some(guard) = waiting.first().map(|request| request.guard) {
            let result = self.refresh_season(guard.unwrap_or(self.guard)).await;
            // Requests that came meanwhile share the result, unless they asked for another guard.
            while let Ok(request) = self.requests.try_recv() {
                waiting.push(request);
            }
            let (served, rest) = waiting.into_iter().partition(|request| request.guard == guard);
            waiting = rest;
            for request in Vec::<Request>::into_iter(served) {
                // Somebody who no longer waits needs no reply.
                let _ = request.reply.send(result.clone());
            }
        }
    }

    async fn refresh_what_is_due(&mut self) {
        // All lists include the availability.
        if self.season.is_due() {
            // The error is in the snapshot.
            let _ = self.refresh_season(self.guard).await;
        } else if self.statuses.is_due() {
            self.refresh_statuses().await;
        }
    }

    async fn refresh_season(&mut self, guard: Guard) -> Result<(), Error> {
        let result = self.catalogue().reload(&self.client, guard).await;
        let loaded = result.map_err(|error| {
            self.season.fail();
            self.report(LivePart::Season, error)
        })?;
        self.season.succeed();
        self.statuses.succeed();
        self.publish(loaded, true);
        self.save().await;
        Ok(())
    }

    async fn refresh_statuses(&mut self) {
        let current = self.catalogue();
        let result = current
            .reload_statuses(&self.client, self.availability_range(), self.guard)
            .await;
        match result {
            Ok(loaded) => {
                self.statuses.succeed();
                if self.publish(loaded, false) {
                    self.save().await;
                }
            }
            Err(error) => {
                self.statuses.fail();
                self.report(LivePart::Availability, error);
            }
        }
    }

    /// The range of a refresh of the availability alone. Its first day is that of the venue: also at night, and elsewhere.
    fn availability_range(&self) -> StartRange {
        let Some(days) = self.availability_days else {
            return StartRange::default();
        };
        let today = Timestamp::now().to_zoned(self.client.time_zone().clone()).date();
        StartRange::new(&(today..=today.saturating_add(i64::from(days).days())))
    }

    fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.snapshot.borrow().catalogue)
    }

    /// Makes a loaded catalogue the snapshot. Returns whether it differs from the last one.
    fn publish(&mut self, loaded: Catalogue, has_all_lists: bool) -> bool {
        let now = Timestamp::now();
        let mut differs = false;
        self.snapshot.send_modify(|snapshot| {
            differs = snapshot.replace(loaded);
            snapshot.statuses_at = now;
            snapshot.clear_error(LivePart::Availability);
            if has_all_lists {
                snapshot.loaded_at = now;
                snapshot.clear_error(LivePart::Season);
            }
        });
        differs
    }

    /// Writes the snapshot to the file, if there is one.
    async fn save(&mut self) {
        let Some(file) = &self.file else { return };
        let writing = file.write(&self.snapshot.borrow());
        match writing.await {
            Ok(()) => self
                .snapshot
                .send_modify(|snapshot| snapshot.clear_error(LivePart::File)),
            Err(error) => drop(self.report(LivePart::File, error)),
        }
    }

    /// Logs an error, and keeps it for those who ask.
    fn report(&self, part: LivePart, error: Error) -> Error {
        tracing::warn!("the catalogue is not up to date: {error}");
        self.snapshot
            .send_modify(|snapshot| snapshot.set_error(part, error.clone()));
        error
    }
}
