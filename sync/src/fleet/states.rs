//! What the table of a fleet shows: the state of each venue.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::store::Store;

/// A venue of a fleet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FleetVenue {
    /// The venue.
    pub venue: String,
    /// `running`, `failing`, `due` or `waiting`. A venue that stays `due` is in the configuration of no process that runs.
    pub state: String,
    /// When all its lists are due, in UTC.
    pub due_at: String,
    /// When a run last succeeded, in UTC.
    pub last_success_at: Option<String>,
    /// How many runs have failed since then.
    pub failures: u32,
    /// The process that has the lease.
    pub leased_by: Option<String>,
    /// Why the last run failed.
    pub error: Option<String>,
}

impl Store {
    /// Returns the venues of a [`Fleet`](crate::Fleet) by name, those that failed included. Empty without PostgreSQL.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn fleet(&self) -> Result<Vec<FleetVenue>> {
        if !self.is_postgres() {
            return Ok(Vec::new());
        }
        let mut session = self.migrated_session().await?;
        let sql = "SELECT venue,
                CASE WHEN leased_until > now() THEN 'running' WHEN failures > 0 THEN 'failing' WHEN due_at <= now() THEN 'due'
                    ELSE 'waiting' END,
                CAST(due_at AS TEXT), CAST(last_success_at AS TEXT), CAST(failures AS TEXT),
                CASE WHEN leased_until > now() THEN leased_by END, error
            FROM spektrix_fleet ORDER BY venue";
        let mut venues = Vec::new();
        let mut visit = |row: &[Option<&str>]| venues.extend(venue(row));
        let read = session.rows(sql, &[], &mut visit).await;
        read.map_err(|error| Error::database("read spektrix_fleet", error))?;
        Ok(venues)
    }
}

fn venue(row: &[Option<&str>]) -> Option<FleetVenue> {
    let [venue, state, due_at, last_success_at, failures, leased_by, error] = row else {
        return None;
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Some(FleetVenue {
        venue: owned(*venue)?,
        state: owned(*state)?,
        due_at: owned(*due_at)?,
        last_success_at: owned(*last_success_at),
        failures: failures.as_ref()?.parse().ok()?,
        leased_by: owned(*leased_by),
        error: owned(*error),
    })
}
