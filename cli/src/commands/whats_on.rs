//! `spektrix whats-on`: the next performances, with availability and prices.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::{Client, EventId};
use spektrix_v2_sync::whats_on::{Filter, Performance, WhatsOn};

use crate::failure::{Failure, Result};
use crate::output::{Listing, Row};

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox whats-on
  spektrix whats-on --from 2026-12-24 --days 3 --attribute Family=1
  spektrix whats-on --event 7001 --days 365 --format json")]
pub struct Args {
    /// The first day, YYYY-MM-DD [default: from now on]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The number of days
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(i32).range(1..=3660))]
    days: i32,
    /// Only performances of this event
    #[arg(long, value_name = "ID")]
    event: Option<EventId>,
    /// Only events with this value of a user-defined attribute; case does not count. Can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::list::attribute)]
    attribute: Vec<(String, String)>,
    #[command(flatten)]
    listing: Listing,
}

const COLUMNS: &[&str] = &["start", "event", "state", "left", "from_price", "instance_id"];

/// Prints the performances, sorted by start.
///
/// # Errors
///
/// If the lists cannot be read.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    let now = Timestamp::now();
    let first = args
        .from
        .unwrap_or_else(|| now.to_zoned(client.time_zone().clone()).date());
    let end = first.checked_add(args.days.days());
    let end = end.map_err(|_| Failure::usage("the last day is after the year 9999"))?;
    let catalogue = Catalogue::load_starting(client, first..end).await?;
    let is_wanted = |performance: &Performance<'_>| args.from.is_some() || performance.start_utc >= now;
    let filter = Filter {
        events: args.event.into_iter().collect(),
        attributes: args.attribute.clone(),
        ..Filter::default()
    };
    // The catalogue has the instances of these days only.
    let performances = WhatsOn::new(&catalogue, now).performances(&filter).filter(is_wanted);
    let rows: Result<Vec<_>> = performances.map(|performance| Row::of(&performance)).collect();
    args.listing.print(&rows?, COLUMNS)
}
