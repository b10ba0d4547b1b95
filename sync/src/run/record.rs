//! The table of runs.

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::kind::Kind;
use crate::schema::milliseconds;
use crate::store::{Session, Store};

use super::report::Report;

/// The state of a run in the table.
pub(crate) const RUNNING: &str = "running";
pub(crate) const SUCCEEDED: &str = "succeeded";
pub(crate) const FAILED: &str = "failed";
/// The process ended before it could record the result.
pub(crate) const INTERRUPTED: &str = "interrupted";

/// Records that a run has started. Returns its number. The lock of the venue is held, so nobody else takes the number.
pub(crate) async fn start(session: &mut Session, venue: &str, kinds: &[Kind], now: Timestamp) -> Result<i64> {
    let failed = |error| Error::database("record the run in spektrix_runs", error);
    let now = milliseconds(now);
    let interrupted = format!(
        "UPDATE spektrix_runs SET outcome = '{INTERRUPTED}', finished_at = '{now}' WHERE venue = ? AND outcome = '{RUNNING}'"
    );
    session.execute(&interrupted, &[Some(venue)]).await.map_err(failed)?;
    let next = format!(
        "SELECT {} FROM spektrix_runs WHERE venue = ?",
        session.dialect().text("coalesce(max(id), 0) + 1")
    );
    let row = session.row(&next, &[Some(venue)]).await.map_err(failed)?;
    let number = row
        .and_then(|row| row.into_iter().next().flatten()?.parse().ok())
        .unwrap_or(1);
    let names: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
    let insert = format!(
        "INSERT INTO spektrix_runs (venue, id, started_at, outcome, lists) VALUES (?, {number}, '{now}', '{RUNNING}', ?)"
    );
    session
        .execute(&insert, &[Some(venue), Some(names.join(",").as_str())])
        .await
        .map_err(failed)?;
    Ok(number)
}

/// Records the success of a run, in its transaction.
pub(crate) async fn succeed(session: &mut Session, venue: &str, run: i64, report: &Report) -> Result<()> {
    let counts = serde_json::to_string(&report.counts).unwrap_or_default();
    let sql = format!(
        "UPDATE spektrix_runs SET outcome = '{SUCCEEDED}', finished_at = '{}', counts = {} WHERE venue = ? AND id = {run}",
        milliseconds(Timestamp::now()),
        session.dialect().json()
    );
    let result = session.execute(&sql, &[Some(&counts), Some(venue)]).await;
    result.map_err(|error| Error::database("record the run in spektrix_runs", error))?;
    Ok(())
}

/// Records the failure of a run, over another connection: that of the run may be broken. If this fails, too, the next run
/// records that this one was interrupted.
pub(crate) async fn fail(store: &Store, venue: &str, run: i64, failure: &Error) {
    let sql = format!(
        "UPDATE spektrix_runs SET outcome = '{FAILED}', finished_at = '{}', error = ? WHERE venue = ? AND id = {run}",
        milliseconds(Timestamp::now()),
    );
    let Ok(mut session) = store.session().await else { return };
    if let Err(error) = session.execute(&sql, &[Some(&failure.to_string()), Some(venue)]).await {
        tracing::warn!("cannot record the failed run {run}: {error}");
    }
}
