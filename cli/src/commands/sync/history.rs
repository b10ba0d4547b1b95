//! `spektrix sync status` and `purge`: what the database records.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use spektrix_v2_sync::Store;

use super::database::Database;
use crate::commands::duration;
use crate::connection::Target;
use crate::failure::{Failure, Result};
use crate::output::{self, Listing, Row};

/// The arguments of `status`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct StatusArgs {
    #[command(flatten)]
    database: Database,
    /// How many runs of each venue to print
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    runs: usize,
    /// Print the state of each venue of a fleet instead
    #[arg(long, conflicts_with = "runs")]
    fleet: bool,
    #[command(flatten)]
    listing: Listing,
}

/// The arguments of `purge`.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct PurgeArgs {
    #[command(flatten)]
    database: Database,
    /// Delete what is older than this: 90d
    #[arg(long, value_name = "TIME", value_parser = duration::parse)]
    older_than: Duration,
}

pub(super) async fn status(args: &StatusArgs, target: &Target) -> Result<()> {
    let store = args.database.open(target).await?;
    if args.fleet {
        return states(args, &store).await;
    }
    let runs = store.runs(args.runs).await?;
    store.close().await;
    let rows: Vec<_> = runs.iter().map(Row::of).collect::<std::result::Result<_, _>>()?;
    args.listing.print(
        &rows,
        &["venue", "run", "outcome", "started_at", "finished_at", "error"],
    )
}

async fn states(args: &StatusArgs, store: &Store) -> Result<()> {
    let venues = store.fleet().await?;
    store.close().await;
    let rows: Vec<_> = venues.iter().map(Row::of).collect::<std::result::Result<_, _>>()?;
    let fields = [
        "venue",
        "state",
        "due_at",
        "last_success_at",
        "failures",
        "leased_by",
        "error",
    ];
    args.listing.print(&rows, &fields)
}

pub(super) async fn purge(args: &PurgeArgs, target: &Target) -> Result<()> {
    let age = SignedDuration::try_from(args.older_than).ok();
    let before = age.and_then(|age| Timestamp::now().checked_sub(age).ok());
    let before = before.ok_or_else(|| Failure::usage("the time in --older-than is too long"))?;
    let store = args.database.open(target).await?;
    let purged = store.purge(before).await?;
    store.close().await;
    output::print(&format!(
        "deleted {} removed objects, {} changes and {} runs\n",
        purged.objects, purged.changes, purged.runs
    ))
}
