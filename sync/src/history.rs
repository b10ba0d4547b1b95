//! What the database records: the last runs of each venue, and how to remove old records.

use jiff::Timestamp;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::run::{RUNNING, SUCCEEDED};
use crate::schema::{layout, milliseconds};
use crate::store::{Session, Store};

/// A run in the table of runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RunRecord {
    /// The venue.
    pub venue: String,
    /// The number of the run, among those of the venue.
    pub run: i64,
    /// When it started, in UTC.
    pub started_at: String,
    /// When it ended, in UTC.
    pub finished_at: Option<String>,
    /// `running`, `succeeded`, `failed`, or `interrupted`: the process ended before it could record the result.
    pub outcome: String,
    /// The lists, separated by commas.
    pub lists: String,
    /// Why it failed.
    pub error: Option<String>,
}

/// How many rows a purge deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Purged {
    /// Objects that are no longer listed.
    pub objects: u64,
    /// Rows of the table of changes.
    pub changes: u64,
    /// Rows of the table of runs.
    pub runs: u64,
}

impl Store {
    /// Returns the last runs of each venue, the newest first.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub async fn runs(&self, most_per_venue: usize) -> Result<Vec<RunRecord>> {
        let mut session = self.migrated_session().await?;
        let time = |column: &str| self.dialect().text(column);
        let sql = format!(
            "SELECT venue, {id}, {started}, {finished}, outcome, lists, error FROM (
                SELECT spektrix_runs.*, ROW_NUMBER() OVER (PARTITION BY venue ORDER BY id DESC) AS age FROM spektrix_runs
            ) numbered WHERE age <= {most_per_venue} ORDER BY venue, id DESC",
            id = time("id"),
            started = time("started_at"),
            finished = time("finished_at"),
        );
        let mut runs = Vec::new();
        let mut visit = |row: &[Option<&str>]| runs.extend(run_record(row));
        let read = session.rows(&sql, &[], &mut visit).await;
        read.map_err(|error| Error::database("read spektrix_runs", error))?;
        Ok(runs)
    }

    /// Deletes what was recorded before a time: objects that are no longer listed, changes, and runs. Objects that are listed
    /// are never deleted, and neither is the last run of a venue that succeeded.
    ///
    /// # Errors
    ///
    /// If it fails. Then nothing is deleted.
    pub async fn purge(&self, before: Timestamp) -> Result<Purged> {
        let mut session = self.migrated_session().await?;
        let failed = |error| Error::database("delete old records", error);
        session.begin().await.map_err(failed)?;
        let purged = purge(&mut session, &milliseconds(before)).await.map_err(failed)?;
        session.commit().await.map_err(failed)?;
        Ok(purged)
    }
}

async fn purge(session: &mut Session, before: &str) -> sqlx::Result<Purged> {
    let mut purged = Purged::default();
    for kind in Kind::ALL {
        let layout = layout(kind);
        let is_old = format!("removed_at < '{before}'");
        for child in &layout.children {
            let same = layout.key.iter().zip(&child.parent);
            let same: Vec<_> = same
                .map(|(own, parent)| format!("p.{own} = {}.{parent}", child.table))
                .collect();
            let sql = format!(
                "DELETE FROM {child} WHERE EXISTS (SELECT 1 FROM {parent} p WHERE p.venue = {child}.venue AND {same} AND p.{is_old})",
                child = child.table,
                parent = layout.table,
                same = same.join(" AND "),
            );
            session.execute(&sql, &[]).await?;
        }
        // The next run reads the objects of these lists, and writes their hashes.
        let hashes = format!(
            "DELETE FROM spektrix_hashes WHERE kind = '{kind}' AND venue IN (SELECT venue FROM {} WHERE {is_old})",
            layout.table
        );
        session.execute(&hashes, &[]).await?;
        let sql = format!("DELETE FROM {} WHERE {is_old}", layout.table);
        purged.objects += session.execute(&sql, &[]).await?;
    }
    let changes = format!("DELETE FROM spektrix_changes WHERE changed_at < '{before}'");
    purged.changes = session.execute(&changes, &[]).await?;
    // The derived table is one that MySQL allows to be read while the table is changed.
    let runs = format!(
        "DELETE FROM spektrix_runs WHERE started_at < '{before}' AND outcome <> '{RUNNING}' AND NOT EXISTS (
            SELECT 1 FROM (SELECT venue, max(id) AS id FROM spektrix_runs WHERE outcome = '{SUCCEEDED}' GROUP BY venue) kept
            WHERE kept.venue = spektrix_runs.venue AND kept.id = spektrix_runs.id)"
    );
    purged.runs = session.execute(&runs, &[]).await?;
    Ok(purged)
}

fn run_record(row: &[Option<&str>]) -> Option<RunRecord> {
    let [venue, run, started_at, finished_at, outcome, lists, error] = row else {
        return None;
    };
    Some(RunRecord {
        venue: (*venue)?.to_owned(),
        run: run.as_ref()?.parse().ok()?,
        started_at: (*started_at)?.to_owned(),
        finished_at: finished_at.map(str::to_owned),
        outcome: (*outcome)?.to_owned(),
        lists: (*lists)?.to_owned(),
        error: error.map(str::to_owned),
    })
}
