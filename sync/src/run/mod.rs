//! One run: lock, read the lists, compare, check, write everything in one transaction.

mod record;
mod report;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use spektrix_v2::Client;

use crate::error::{Error, ErrorKind, Result};
use crate::extract::{self, ListChanges};
use crate::guard::Guard;
use crate::kind::Kind;
use crate::merge::Writer;
use crate::schema::milliseconds;
use crate::store::{Dialect, Lock, Session, Store};

pub(crate) use record::{RUNNING, SUCCEEDED};
pub use report::{PlannedChange, Report};

/// Keeps the lists of one venue in a database. See the [crate](crate) for an example.
#[derive(Debug, Clone)]
pub struct Sync {
    client: Client,
    store: Store,
    venue: String,
    kinds: Vec<Kind>,
    guard: Guard,
    waits: bool,
}

impl Sync {
    /// Creates a sync of a venue: all lists, with the default [guard](Guard).
    pub fn new(client: Client, store: Store) -> Self {
        Self {
            venue: client.client_name().to_owned(),
            client,
            store,
            kinds: Kind::ALL.to_vec(),
            guard: Guard::new(),
            waits: false,
        }
    }

    /// Sets the name of the venue in the database, up to 100 characters. The default is the client name.
    #[must_use]
    pub fn venue(mut self, name: impl Into<String>) -> Self {
        self.venue = name.into();
        self
    }

    /// Syncs only these lists.
    #[must_use]
    pub fn only(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        let wanted: Vec<_> = kinds.into_iter().collect();
        self.kinds = Kind::ALL.into_iter().filter(|kind| wanted.contains(kind)).collect();
        self
    }

    /// Sets the guard against implausible lists.
    #[must_use]
    pub fn guard(mut self, guard: Guard) -> Self {
        self.guard = guard;
        self
    }

    /// Waits while another run of the venue is in progress, instead of failing.
    #[must_use]
    pub fn wait(mut self, waits: bool) -> Self {
        self.waits = waits;
        self
    }

    /// Runs once: reads the lists, and stores what has changed in one transaction. Readers see all of it or nothing.
    ///
    /// If the future is dropped, nothing is stored.
    ///
    /// # Errors
    ///
    /// Then nothing was stored, except that the run failed. See [`ErrorKind`].
    pub async fn run(&self) -> Result<Report> {
        self.check()?;
        let mut session = self.store.migrated_session().await?;
        let lock = self.lock(&mut session).await?;
        let result = self.run_locked(&mut session, &lock).await;
        lock.release(&mut session).await;
        result
    }

    /// Returns what a run would do, without storing anything. Tables that do not exist are created.
    ///
    /// # Errors
    ///
    /// As for [`run`](Self::run).
    pub async fn plan(&self) -> Result<Report> {
        self.check()?;
        let started = Instant::now();
        let mut session = self.store.migrated_session().await?;
        let lists = self.read(&mut session, Timestamp::now()).await?;
        let planned = lists.iter().flat_map(planned).collect();
        Ok(self.report(None, &lists, planned, started))
    }

    async fn run_locked(&self, session: &mut Session, lock: &Lock) -> Result<Report> {
        let (started, now) = (Instant::now(), Timestamp::now());
        let run = record::start(session, &self.venue, &self.kinds, now).await?;
        let result = self.read_and_write(session, lock, (run, now), started).await;
        match &result {
            Ok(report) => tracing::info!(venue = self.venue, run, written = report.written(), "the run succeeded"),
            Err(error) => {
                tracing::warn!(venue = self.venue, run, %error, "the run failed");
                // SQLite has one writer at a time: the transaction must have ended first.
                let _ = session.rollback().await;
                record::fail(&self.store, &self.venue, run, error).await;
            }
        }
        result
    }

    async fn read_and_write(
        &self,
        session: &mut Session,
        lock: &Lock,
        (run, now): (i64, Timestamp),
        started: Instant,
    ) -> Result<Report> {
        let lists = self.read(session, now).await?;
        let report = self.report(Some(run), &lists, Vec::new(), started);
        let failed = |error| Error::database("write the changes", error);
        tracing::debug!(
            venue = self.venue,
            run,
            objects = report.written(),
            "writing the changes"
        );
        session.begin().await.map_err(failed)?;
        lock.check(session).await?;
        let writer = Writer {
            venue: &self.venue,
            run,
            now: &milliseconds(now),
        };
        for changes in lists {
            if !changes.is_empty() {
                writer.write(session, changes).await?;
            }
        }
        record::succeed(session, &self.venue, run, &report).await?;
        if report.written() > 0 {
            self.notify(session, run).await?;
        }
        session.commit().await.map_err(failed)?;
        Ok(Report {
            took: started.elapsed(),
            ..report
        })
    }

    /// Reads and checks all lists.
    async fn read(&self, session: &mut Session, now: Timestamp) -> Result<Vec<ListChanges>> {
        let mut lists = Vec::new();
        for kind in &self.kinds {
            let changes = extract::read(&self.client, session, &self.venue, *kind).await?;
            self.guard.check(session, &self.venue, now, &changes).await?;
            lists.push(changes);
        }
        Ok(lists)
    }

    fn report(&self, run: Option<i64>, lists: &[ListChanges], planned: Vec<PlannedChange>, started: Instant) -> Report {
        let counts = lists.iter().map(|changes| (changes.layout.kind, changes.counts));
        Report {
            venue: self.venue.clone(),
            run,
            counts: counts.collect::<BTreeMap<_, _>>(),
            planned,
            took: started.elapsed(),
        }
    }

    /// Wakes the programs that listen for changes. PostgreSQL delivers it when the transaction is committed.
    async fn notify(&self, session: &mut Session, run: i64) -> Result<()> {
        #[cfg(feature = "postgres")]
        if session.dialect() == Dialect::Postgres {
            let payload = serde_json::json!({ "venue": self.venue, "run": run }).to_string();
            let sql = "SELECT CAST(pg_notify('spektrix_changes', ?) AS TEXT)";
            let result = session.row(sql, &[Some(&payload)]).await;
            result.map_err(|error| Error::database("notify the listeners of spektrix_changes", error))?;
        }
        Ok(())
    }

    async fn lock(&self, session: &mut Session) -> Result<Lock> {
        loop {
            match self.store.lock(session, &self.venue).await {
                Err(error) if error.kind() == ErrorKind::Locked && self.waits => {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                result => return result,
            }
        }
    }

    fn check(&self) -> Result<()> {
        let is_valid = (1..=100).contains(&self.venue.chars().count()) && !self.venue.contains(char::is_control);
        // MySQL compares names without the spaces at their end, so two venues would be one.
        if is_valid && self.venue.trim() == self.venue {
            return Ok(());
        }
        Err(Error::configuration(
            "the name of the venue must have 1 to 100 characters, no control characters, and no whitespace around it",
        ))
    }
}

fn planned(changes: &ListChanges) -> Vec<PlannedChange> {
    let kind = changes.layout.kind;
    let lists = [
        ("added", &changes.added),
        ("changed", &changes.changed),
        ("removed", &changes.removed),
    ];
    let planned = lists.into_iter().flat_map(|(what, keys)| {
        keys.iter().map(move |key| PlannedChange {
            kind,
            key: key.to_string(),
            what,
        })
    });
    planned.collect()
}
