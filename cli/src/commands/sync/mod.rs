//! `spektrix sync`: keeps a venue's lists in a database.

mod database;
mod fleet;
mod history;

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Client;
use spektrix_v2_sync::{Guard, Health, Kind, Report, Rhythm, Store, Sync};

use crate::connection::Target;
use crate::failure::{Failure, Result};
use crate::output;

use database::Database;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    before_help = "\
Examples:
  spektrix --sandbox sync --to sqlite:season.db
  spektrix sync --to postgres://web@db/site --every 1h --availability-every 1m
  spektrix sync --to sqlite:season.db --dry-run
  spektrix sync --fleet --to postgres://sync@db/venues --every 15m
  spektrix sync status --to sqlite:season.db
  spektrix sync purge --to sqlite:season.db --older-than 90d"
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunArgs,
}

/// What to do instead of a run.
#[derive(Debug, Clone, clap::Subcommand)]
enum Command {
    /// Print the last runs of each venue
    Status(history::StatusArgs),
    /// Delete records that are older than a time: removed objects, changes, runs
    Purge(history::PurgeArgs),
}

/// How to run.
#[derive(Debug, Clone, clap::Args)]
struct RunArgs {
    #[command(flatten)]
    database: Database,
    /// Only these lists, separated by commas: events, instances, availability, …
    #[arg(long, value_name = "LISTS", value_delimiter = ',')]
    only: Vec<Kind>,
    /// Print what a run would do, and store nothing; -v prints each object
    #[arg(long, conflicts_with_all = ["every", "availability_every", "health_file"])]
    dry_run: bool,
    /// Keep running, at this interval: 90s, 15m, 1h
    #[arg(long, value_name = "TIME", value_parser = super::duration::parse)]
    every: Option<Duration>,
    /// With --every: sync the availability at this interval, too
    #[arg(long, value_name = "TIME", value_parser = super::duration::parse, requires = "every")]
    availability_every: Option<Duration>,
    /// Be one of several processes that sync all venues of the configuration file, in one PostgreSQL database
    #[arg(long, requires = "every", conflicts_with_all = ["only", "dry_run", "wait", "allow_loss", "health_file", "venue"])]
    fleet: bool,
    /// With --fleet: how many venues are synced at the same time
    #[arg(long, value_name = "NUMBER", requires = "fleet", default_value_t = 4)]
    jobs: usize,
    /// Wait while another run of the venue is in progress, instead of failing
    #[arg(long)]
    wait: bool,
    /// The share of a list, in percent, that may be missing before the run is stopped
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::value_parser!(u8).range(0..=100))]
    max_loss: u8,
    /// Lists that may lose everything in this run: for a programme that has really ended
    #[arg(long, value_name = "LISTS", value_delimiter = ',', conflicts_with = "every")]
    allow_loss: Vec<Kind>,
    /// With --every: a file to write after each run, as JSON, for a supervisor
    #[arg(long, value_name = "FILE", requires = "every")]
    health_file: Option<PathBuf>,
}

impl Args {
    /// Returns whether a client of one venue is needed.
    pub fn needs_client(&self) -> bool {
        self.command.is_none() && !self.run.fleet
    }

    /// Returns whether it runs until it is stopped.
    pub fn is_repeated(&self) -> bool {
        self.run.every.is_some()
    }
}

/// Runs a command that needs no client, or a fleet, which has many.
///
/// # Errors
///
/// If the database cannot be used.
pub async fn run_offline(args: &Args, target: &Target) -> Result<()> {
    match &args.command {
        Some(Command::Status(args)) => history::status(args, target).await,
        Some(Command::Purge(args)) => history::purge(args, target).await,
        None => args.run.fleet(target).await,
    }
}

/// Syncs once, or again and again until `stop` completes.
///
/// # Errors
///
/// If the run fails. Then nothing was stored.
pub async fn run(
    args: &Args,
    target: &Target,
    client: &Client,
    verbosity: u8,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let args = &args.run;
    let mut stop = pin!(stop);
    // To open a database may take long: other runs lock it, or its server does not respond.
    let store = tokio::select! {
        store = args.database.open(target) => store?,
        () = &mut stop => return Ok(()),
    };
    let sync = args.sync(client, store.clone(), target);
    let result = if let Some(every) = args.every {
        args.run_every(&sync, every, stop).await
    } else if args.dry_run {
        sync.plan()
            .await
            .map_err(Failure::from)
            .and_then(|plan| print(&plan, verbosity > 0))
    } else {
        run_once(&sync, &store).await
    };
    store.close().await;
    result
}

async fn run_once(sync: &Sync, store: &Store) -> Result<()> {
    let report = sync.run().await?;
    print(&report, false)?;
    if report.run == Some(1) {
        note_venues(store).await?;
    }
    Ok(())
}

/// Names the venues if the first run of one has added it to others. By mistake, that may be the same venue under another name.
async fn note_venues(store: &Store) -> Result<()> {
    let last_runs = store.runs(1).await?;
    let venues: Vec<_> = last_runs.iter().map(|run| run.venue.as_str()).collect();
    if venues.len() > 1 {
        let venues = venues.join(", ");
        output::note(&format!(
            "note: the database has several venues now: {venues}. Queries select one by the column `venue`"
        ));
    }
    Ok(())
}

fn print(report: &Report, with_objects: bool) -> Result<()> {
    let objects = report.planned.iter().filter(|_| with_objects);
    let lines: Vec<_> = objects
        .map(|change| format!("{} {} {}\n", change.what, change.kind, change.key))
        .collect();
    output::print(&format!("{}{report}\n", lines.concat()))
}

impl RunArgs {
    fn sync(&self, client: &Client, store: Store, target: &Target) -> Sync {
        let sync = Sync::new(client.clone(), store).guard(self.guard()).wait(self.wait);
        // The name in the configuration file is the one that its users know.
        let sync = target.venue().into_iter().fold(sync, Sync::venue);
        if self.only.is_empty() {
            sync
        } else {
            sync.only(self.only.iter().copied())
        }
    }

    fn guard(&self) -> Guard {
        let guard = Guard::new().max_loss(self.max_loss);
        self.allow_loss.iter().copied().fold(guard, Guard::allow)
    }

    fn rhythm(&self, every: Duration) -> Rhythm {
        let rhythm = Rhythm::every(every);
        self.availability_every
            .into_iter()
            .fold(rhythm, Rhythm::availability_every)
    }

    async fn run_every(&self, sync: &Sync, every: Duration, stop: impl Future<Output = ()>) -> Result<()> {
        let mut health = Health::default();
        sync.run_every(self.rhythm(every), stop, |result| {
            match result {
                Ok(report) => output::note(&report.to_string()),
                Err(error) => output::error(&Failure::from_sync(error)),
            }
            health.record(result, Timestamp::now());
            let written = self.health_file.as_ref().map(|path| health.write(path));
            if let Some(Err(error)) = written {
                output::error(&Failure::from_sync(&error));
            }
        })
        .await;
        Ok(())
    }
}
