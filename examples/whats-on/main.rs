//! What is on at a venue: each event with its dates, available seats and prices.
//!
//! ```text
//! cargo run --example whats-on
//! cargo run --example whats-on -- --from 2027-01-01 --days 14
//! ```
//!
//! If `SPEKTRIX_CLIENT` and the other variables are set, it uses that service. Otherwise it starts the sandbox.

mod listing;
mod season;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;
use jiff::{ToSpan as _, Zoned};
use spektrix_v2_examples::Service;

use listing::Listing;
use season::Period;

/// What is on at a venue
#[derive(Parser)]
struct Args {
    /// The first day to list [default: today; with --replay, everything]
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// How many days to list
    #[arg(long, default_value_t = 14)]
    days: u16,
    /// Respond with recorded bodies from this folder, named GetEvents.xml and so on
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
    let service = Service::start(args.replay).await?;
    writeln!(std::io::stderr(), "{}", service.description())?;
    let season = season::load(service.client(), period).await?;
    let result = print(&Listing {
        season: &season,
        period,
    });
    service.stop().await;
    Ok(result?)
}

fn print(listing: &Listing<'_>) -> std::io::Result<()> {
    match write!(std::io::stdout(), "{listing}") {
        // The reader, such as `head`, has closed the pipe.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
