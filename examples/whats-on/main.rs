//! What is on at a venue: each event with its dates, how many seats are left, and what they cost.
//!
//! ```text
//! cargo run --example whats-on
//! cargo run --example whats-on -- --from 2027-01-01 --days 14
//! ```
//!
//! With `SPEKTRIX_CLIENT` and its like in the environment it talks to that service; without, it starts the sandbox.

mod listing;
mod season;
mod service;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};

use listing::Listing;
use season::{Period, Season};
use service::Service;

/// What is on at a venue
#[derive(Parser)]
struct Args {
    /// The first day to list [default: today; with --replay, everything]
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// How many days to list
    #[arg(long, default_value_t = 14)]
    days: u16,
    /// Answer from recorded bodies in this folder, named GetEvents.xml and so on
    #[arg(long, value_name = "DIR")]
    replay: Option<std::path::PathBuf>,
}

impl Args {
    fn period(&self) -> anyhow::Result<Period> {
        let from = match (self.from, &self.replay) {
            (Some(from), _) => from,
            (None, Some(_)) => return Ok(Period::Everything),
            (None, None) => Zoned::now().date(),
        };
        let until = from.checked_add(i64::from(self.days).days())?;
        Ok(Period::Days { from, until })
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> anyhow::Result<()> {
    let period = args.period()?;
    let service = Service::open(args.replay).await?;
    writeln!(std::io::stderr(), "{}", service.description())?;
    let season = Season::load(service.client(), period).await?;
    let printed = print(&Listing {
        season: &season,
        period,
    });
    service.close().await;
    Ok(printed?)
}

fn print(listing: &Listing<'_>) -> std::io::Result<()> {
    match write!(std::io::stdout(), "{listing}") {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
