//! `spektrix whats-on`: the next performances, with availability and prices.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan as _};
use rust_decimal::Decimal;
use serde::Serialize;
use spektrix_v2::catalogue::{Catalogue, SaleState};
use spektrix_v2::{Client, EventId, Instance, InstanceId};

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

/// A performance, as one row.
#[derive(Debug, Serialize)]
struct Performance<'a> {
    /// In the venue's local time.
    start: DateTime,
    start_utc: Timestamp,
    event: &'a str,
    event_id: EventId,
    instance_id: InstanceId,
    state: Option<SaleState>,
    left: Option<u32>,
    capacity: Option<u32>,
    /// The lowest price above zero.
    from_price: Option<Decimal>,
    highest_price: Option<Decimal>,
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
    let is_wanted = |instance: &&Instance| args.from.is_some() || instance.start_utc >= now;
    let rows = catalogue.between(first..end).filter(is_wanted);
    let rows = rows.filter(|instance| args.matches(&catalogue, instance));
    let rows: Result<Vec<_>> = rows
        .map(|instance| Row::of(&performance(&catalogue, instance, now)))
        .collect();
    args.listing.print(&rows?, COLUMNS)
}

impl Args {
    fn matches(&self, catalogue: &Catalogue, instance: &Instance) -> bool {
        let has = |(name, value): &(String, String)| {
            let event = catalogue.event(instance.event);
            event.is_some_and(|event| event.attributes.has(name, value)) || instance.attributes.has(name, value)
        };
        self.event.is_none_or(|event| event == instance.event) && self.attribute.iter().all(has)
    }
}

fn performance<'a>(catalogue: &'a Catalogue, instance: &Instance, now: Timestamp) -> Performance<'a> {
    let availability = catalogue.availability(instance.id, now);
    let price = catalogue.price_range(instance.id);
    Performance {
        start: instance.start,
        start_utc: instance.start_utc,
        event: catalogue.event(instance.event).map_or("", |event| &event.name),
        event_id: instance.event,
        instance_id: instance.id,
        state: availability.map(|availability| availability.state),
        left: availability.and_then(|availability| availability.left),
        capacity: availability.and_then(|availability| availability.capacity),
        from_price: price.map(|price| price.from),
        highest_price: price.map(|price| price.highest),
    }
}
