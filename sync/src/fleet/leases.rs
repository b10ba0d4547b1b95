//! The table of venues: leases, and when each venue is due.
//!
//! A lease ends at a time of the server, so that the clocks of the processes do not matter. It only distributes the work: that
//! no two runs of a venue overlap is the job of the lock of each run.

use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::repeat::Rhythm;
use crate::run::Report;
use crate::store::{Session, Store};

/// The delay after the first failure of a venue. It doubles with each further one, up to the interval.
const AFTER_FAILURE: &str = "30 seconds";
/// The delay if another process holds the lock of a venue: one that lost its lease, or a run that was started by hand.
const AFTER_LOCKED: &str = "5 seconds";

/// The venues and the rhythm of this process, and its connection for the table.
pub(super) struct Leases {
    store: Store,
    /// Opened when it is needed, and again after an error.
    session: Option<Session>,
    /// The name of this process in the table.
    process: String,
    /// The venues, as a JSON array.
    venues: String,
    rhythm: Rhythm,
    lease: Duration,
}

/// A venue that this process may sync now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lease {
    pub(super) venue: String,
    /// Whether all lists are due, or only the availability.
    pub(super) is_season: bool,
}

/// How a run ended.
pub(super) enum Outcome {
    Succeeded,
    Failed(String),
    /// Another run of the venue was in progress.
    Locked,
}

impl From<&Result<Report>> for Outcome {
    fn from(result: &Result<Report>) -> Self {
        match result {
            Ok(_) => Self::Succeeded,
            Err(error) if error.kind() == ErrorKind::Locked => Self::Locked,
            Err(error) => Self::Failed(error.to_string()),
        }
    }
}

impl Leases {
    pub(super) fn new(store: Store, venues: &[String], rhythm: Rhythm) -> Self {
        let shortest = rhythm
            .availability()
            .unwrap_or(rhythm.interval())
            .min(rhythm.interval());
        Self {
            store,
            session: None,
            process: process_name(),
            venues: serde_json::Value::from(venues).to_string(),
            rhythm,
            lease: (shortest / 4).clamp(Duration::from_secs(1), Duration::from_mins(1)),
        }
    }

    /// Returns how often held leases are renewed: before a third of them has passed.
    pub(super) fn renewal(&self) -> Duration {
        self.lease / 3
    }

    /// Returns how often the table is searched for due venues.
    pub(super) fn poll(&self) -> Duration {
        (self.lease / 4).min(Duration::from_secs(1))
    }

    /// Adds the venues that the table does not have. They are due now.
    pub(super) async fn register(&mut self) -> Result<()> {
        let add = "INSERT INTO spektrix_fleet (venue, due_at)
            SELECT name, now() FROM jsonb_array_elements_text(CAST(? AS jsonb)) name ON CONFLICT DO NOTHING";
        let venues = self.venues.clone();
        self.execute(add, &[Some(&venues)]).await?;
        let availability = if self.rhythm.availability().is_some() {
            "coalesce(availability_due_at, now())"
        } else {
            "NULL"
        };
        let set = format!(
            "UPDATE spektrix_fleet SET availability_due_at = {availability}
            WHERE venue IN (SELECT jsonb_array_elements_text(CAST(? AS jsonb)))"
        );
        self.execute(&set, &[Some(&venues)]).await.map(drop)
    }

    /// Takes the lease of the venue that has been due for longest. Rows that another process is looking at are skipped.
    pub(super) async fn take(&mut self) -> Result<Option<Lease>> {
        let sql = "UPDATE spektrix_fleet f SET leased_by = ?, leased_until = now() + CAST(? AS interval)
            FROM (
                SELECT venue FROM spektrix_fleet
                WHERE venue IN (SELECT jsonb_array_elements_text(CAST(? AS jsonb)))
                    AND (due_at <= now() OR availability_due_at <= now())
                    AND (leased_until IS NULL OR leased_until <= now())
                ORDER BY least(due_at, availability_due_at) LIMIT 1 FOR UPDATE SKIP LOCKED
            ) next
            WHERE f.venue = next.venue
            RETURNING f.venue, CASE WHEN f.due_at <= now() THEN '1' ELSE '0' END";
        let parameters = [self.process.clone(), interval(self.lease), self.venues.clone()];
        let parameters = parameters.each_ref().map(|text| Some(text.as_str()));
        let session = self.session().await?;
        let row = session.row(sql, &parameters).await;
        let Some(row) = self.checked(row)? else { return Ok(None) };
        let mut columns = row.into_iter().flatten();
        let lease = columns.next().zip(columns.next());
        Ok(lease.map(|(venue, is_season)| Lease {
            venue,
            is_season: is_season == "1",
        }))
    }

    /// Extends the leases of these venues.
    pub(super) async fn renew(&mut self, venues: &[&str]) -> Result<()> {
        let sql = "UPDATE spektrix_fleet SET leased_until = now() + CAST(? AS interval)
            WHERE leased_by = ? AND venue IN (SELECT jsonb_array_elements_text(CAST(? AS jsonb)))";
        let venues = serde_json::Value::from(venues).to_string();
        let (lease, process) = (interval(self.lease), self.process.clone());
        self.execute(sql, &[Some(&lease), Some(&process), Some(&venues)])
            .await
            .map(drop)
    }

    /// Ends a lease, and sets when the venue is due next. Nothing happens if another process has taken the lease.
    pub(super) async fn end(&mut self, lease: &Lease, outcome: &Outcome) -> Result<()> {
        let (every, process) = (interval(self.rhythm.interval()), self.process.clone());
        let availability = self.rhythm.availability().map_or(every.clone(), interval);
        let error = match outcome {
            Outcome::Failed(error) => Some(error.as_str()),
            Outcome::Succeeded | Outcome::Locked => None,
        };
        let sql = format!(
            "WITH rhythm AS (SELECT CAST(? AS interval) AS season, CAST(? AS interval) AS tick, CAST(? AS text) AS failure)
            UPDATE spektrix_fleet SET leased_by = NULL, leased_until = NULL, {} FROM rhythm
            WHERE venue = ? AND leased_by = ?",
            assignments(lease.is_season, outcome)
        );
        let venue = lease.venue.as_str();
        let parameters = [Some(&*every), Some(&availability), error, Some(venue), Some(&process)];
        if self.execute(&sql, &parameters).await? == 0 {
            tracing::warn!(venue, "the lease had ended before the run did");
        }
        Ok(())
    }

    async fn execute(&mut self, sql: &str, parameters: &[Option<&str>]) -> Result<u64> {
        let session = self.session().await?;
        let result = session.execute(sql, parameters).await;
        self.checked(result)
    }

    async fn session(&mut self) -> Result<&mut Session> {
        let session = match self.session.take() {
            Some(session) => session,
            None => self.store.session().await?,
        };
        Ok(self.session.insert(session))
    }

    /// The connection may be broken after an error: the next statement uses another one.
    fn checked<T>(&mut self, result: sqlx::Result<T>) -> Result<T> {
        result.map_err(|error| {
            self.session = None;
            Error::database("use the table spektrix_fleet", error)
        })
    }
}

/// When a venue is due next.
///
/// Intervals are counted from the time that it was due, not from the end of a run, so that each interval has one run. The
/// first interval has a random length, so that venues that were added together are spread.
fn assignments(is_season: bool, outcome: &Outcome) -> String {
    let (column, interval) = if is_season {
        ("due_at", "season")
    } else {
        ("availability_due_at", "tick")
    };
    match outcome {
        Outcome::Succeeded => {
            let next = format!(
                "{column} + {interval} * greatest(1, ceil(extract(epoch FROM now() - {column}) / extract(epoch FROM {interval})))"
            );
            let next = if is_season {
                format!(
                    "due_at = CASE WHEN last_success_at IS NULL THEN now() + season * random() WHEN failures > 0 THEN now() + season \
                    ELSE {next} END, availability_due_at = CASE WHEN availability_due_at IS NOT NULL THEN now() + tick END"
                )
            } else {
                format!("{column} = {next}")
            };
            format!("failures = 0, error = NULL, last_success_at = now(), {next}")
        }
        Outcome::Failed(_) => format!(
            "failures = failures + 1, error = failure, {column} = now() + (0.9 + 0.2 * random()) * \
            least({interval}, interval '{AFTER_FAILURE}' * power(2, least(failures, 16)))"
        ),
        Outcome::Locked => format!("{column} = now() + least({interval} / 4, interval '{AFTER_LOCKED}')"),
    }
}

fn interval(duration: Duration) -> String {
    // Times are divided by it.
    format!("{} milliseconds", duration.as_millis().max(1))
}

/// The names of processes only need to differ.
fn process_name() -> String {
    format!("{}-{:08x}", std::process::id(), fastrand::u32(..))
}
