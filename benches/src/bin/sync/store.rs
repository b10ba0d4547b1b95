//! Runs of the sync with PostgreSQL.

use std::time::Duration;

use anyhow::{Result, ensure};
use spektrix_v2_benches::local_server::LocalServer;

use crate::database::{Database, TABLES};
use crate::worker::{Measured, Task};

const SEASON: &str = "instances,availability";
/// How often a process repeats what it measures. An even number: every other time, the venue is the one before.
const TIMES: usize = 6;

/// Measures the runs, and prints ratios. Prints that it did not run if there is no server.
pub(crate) async fn measure(server: &str, instances: usize, rounds: usize) -> Result<()> {
    match Database::create(server).await {
        Ok(database) => database.drop().await?,
        Err(error) => {
            println!("NOT RUN: the sync with PostgreSQL: {error:#}. Name a server with --server");
            return Ok(());
        }
    }
    let service = LocalServer::start(&["service", &instances.to_string()])?;
    println!("sync of {instances} instances and their availability with PostgreSQL, the best of {rounds} rounds:");
    // The last database is used for the other runs.
    let mut first = First::default();
    for round in 0..rounds {
        let database = Database::create(server).await?;
        let result = measure_in(
            &service,
            &database,
            &mut first,
            round + 1 == rounds,
            [rounds, instances],
        )
        .await;
        database.drop().await?;
        result?;
    }
    Ok(())
}

async fn measure_in(
    service: &LocalServer,
    database: &Database,
    first: &mut First,
    is_last: bool,
    [rounds, instances]: [usize; 2],
) -> Result<()> {
    first.round(service, database).await?;
    if is_last {
        first.show();
        // The server does this itself within a minute or so: PostgreSQL then reads hashes from an index alone.
        database.vacuum().await?;
        unchanged(service, database, rounds)?;
        tick(service, database, rounds, instances)?;
    }
    Ok(())
}

/// The first sync, beside `COPY`.
#[derive(Default)]
struct First {
    runs: Vec<Measured>,
    copies: Vec<Duration>,
    /// Without the table of changes.
    objects: Vec<Duration>,
}

impl First {
    async fn round(&mut self, service: &LocalServer, database: &Database) -> Result<()> {
        let task = Task {
            service,
            times: 1,
            venues: "before",
            kinds: SEASON,
        };
        self.runs.push(task.run(&database.url)?);
        self.copies.push(database.copy(&TABLES).await?);
        self.objects.push(database.copy(&TABLES[..4]).await?);
        Ok(())
    }

    fn show(&self) {
        let (run, copy) = (best(&self.runs), shortest(&self.copies));
        let objects = shortest(&self.objects);
        show("first sync", run, "COPY of all rows that it writes", copy);
        show("first sync", run, "COPY of them without the changes", objects);
    }
}

/// Measures a run and the reference in turn, each some times in one process.
fn beside_fetch(what: &str, task: Task<'_>, url: &str, rounds: usize) -> Result<usize> {
    let (mut fetches, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        fetches.push(task.fetch()?);
        runs.push(task.run(url)?);
    }
    let (fetch, run) = (best(&fetches), best(&runs));
    show(what, run, "fetch and decode", fetch.time);
    println!(
        "    on the processor, without the server: {:.2} s, {:.2} × fetch and decode",
        run.processor.as_secs_f64(),
        run.processor.as_secs_f64() / fetch.processor.as_secs_f64(),
    );
    let written = run.objects;
    ensure!(
        runs.iter().all(|run| run.objects == written),
        "the numbers of written objects differ"
    );
    Ok(written)
}

fn unchanged(service: &LocalServer, database: &Database, rounds: usize) -> Result<()> {
    for (what, venues) in [
        ("nothing changed", "before"),
        ("the same, lists compressed", "gzip-before"),
    ] {
        let task = Task {
            service,
            times: TIMES,
            venues,
            kinds: SEASON,
        };
        let written = beside_fetch(what, task, &database.url, rounds)?;
        ensure!(written == 0, "a run without changes wrote {written} objects");
    }
    Ok(())
}

fn tick(service: &LocalServer, database: &Database, rounds: usize, instances: usize) -> Result<()> {
    let cases = [
        ("availability, 1 % changed", "after,before"),
        ("the same, lists compressed", "gzip-after,gzip-before"),
    ];
    for (what, venues) in cases {
        let task = Task {
            service,
            times: TIMES,
            venues,
            kinds: "availability",
        };
        let written = beside_fetch(what, task, &database.url, rounds)?;
        ensure!(written == instances / 100, "a tick wrote {written} objects");
    }
    Ok(())
}

/// The shortest time, and the highest peak.
fn best(measured: &[Measured]) -> Measured {
    let time = measured.iter().map(|one| one.time).min().unwrap_or_default();
    let peak = measured.iter().map(|one| one.peak).max().unwrap_or_default();
    let processor = measured.iter().map(|one| one.processor).min().unwrap_or_default();
    let objects = measured.first().map_or(0, |one| one.objects);
    Measured {
        time,
        processor,
        peak,
        objects,
    }
}

fn shortest(times: &[Duration]) -> Duration {
    times.iter().copied().min().unwrap_or_default()
}

fn show(what: &str, run: Measured, reference: &str, time: Duration) {
    let ratio = run.time.as_secs_f64() / time.as_secs_f64();
    println!(
        "  {what}: {:.2} s, {ratio:.2} × {reference} ({:.2} s); {} objects written; peak memory {:.0} MB",
        run.time.as_secs_f64(),
        time.as_secs_f64(),
        run.objects,
        f64::from(run.peak) / 1024.0,
    );
}
