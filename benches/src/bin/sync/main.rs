//! Measures what keeps a venue's data where a website wants it: the sync with PostgreSQL, and the JSON API in memory.
//!
//! Each time is compared with a reference in the same run. The work is done in other processes, so that the memory of each
//! is its own.
#![expect(clippy::print_stdout, reason = "the output of this program")]

mod api;
mod api_server;
mod database;
mod load;
mod service;
mod store;
mod worker;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Measures the sync with PostgreSQL and the JSON API in memory, and prints ratios.
#[derive(Parser)]
struct Arguments {
    /// What is measured. Everything, if nothing is named.
    #[arg(value_enum)]
    what: Vec<What>,
    /// How many instances the venue has.
    #[arg(long, default_value_t = 100_000)]
    instances: usize,
    /// How often each time is measured. The best counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The PostgreSQL server, on which a database is created and dropped.
    #[arg(long, default_value = "postgres://postgres@127.0.0.1:5432")]
    server: String,
    #[command(subcommand)]
    part: Option<Part>,
}

/// A group of measurements.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Runs of the sync.
    Store,
    /// The responses of the JSON API under load.
    Api,
    /// The memory of the JSON API.
    ApiMemory,
}

/// The other processes.
#[derive(Subcommand)]
#[command(hide = true)]
enum Part {
    /// The service with the lists of the sync.
    Service { instances: usize },
    /// Work that is measured.
    #[command(subcommand)]
    Work(worker::Work),
    /// The JSON API, or a server that returns the same bytes.
    #[command(subcommand)]
    Serve(api_server::Settings),
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match &arguments.part {
        Some(Part::Service { instances }) => return service::serve(*instances).await,
        Some(Part::Work(work)) => return worker::work(work).await,
        Some(Part::Serve(settings)) => return api_server::serve(settings).await,
        None => {}
    }
    let wanted = |what| arguments.what.is_empty() || arguments.what.contains(&what);
    if wanted(What::Store) {
        store::measure(&arguments.server, arguments.instances, arguments.rounds).await?;
    }
    if wanted(What::Api) {
        api::load(arguments.rounds)?;
    }
    if wanted(What::ApiMemory) {
        api::memory(arguments.instances)?;
    }
    Ok(())
}
