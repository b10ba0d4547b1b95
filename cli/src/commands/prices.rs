//! `spektrix prices`: what a ticket costs, by instance, band and ticket type.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::Serialize;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::{Client, EventId, InstanceId};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::{Listing, Row};

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix prices --event 7001
  spektrix prices --instance 21009 --format csv")]
#[command(group(clap::ArgGroup::new("what").required(true).args(["event", "instance"])))]
pub struct Args {
    /// The prices of the coming performances of this event
    #[arg(long, value_name = "ID")]
    event: Option<EventId>,
    /// The prices of this performance
    #[arg(long, value_name = "ID")]
    instance: Option<InstanceId>,
    #[command(flatten)]
    listing: Listing,
}

/// A price, as one row.
#[derive(Debug, Serialize)]
struct Price<'a> {
    instance: InstanceId,
    start: DateTime,
    band: &'a str,
    ticket_type: &'a str,
    /// In the venue's currency, which the service does not name.
    amount: Decimal,
}

const COLUMNS: &[&str] = &["instance", "start", "band", "ticket_type", "amount"];

/// Prints the prices.
///
/// # Errors
///
/// If the lists cannot be read, or the service has no such event or instance.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    let catalogue = Catalogue::load(client).await?;
    let now = Timestamp::now();
    let instances: Vec<_> = match (args.event, args.instance) {
        (_, Some(instance)) => catalogue.instance(instance).into_iter().collect(),
        (Some(event), None) => catalogue
            .instances_of(event)
            .filter(|instance| instance.start_utc >= now)
            .collect(),
        (None, None) => Vec::new(),
    };
    if instances.is_empty() {
        return Err(Failure::new(Exit::NotFound, "there is no such performance")
            .with_hint("`spektrix whats-on` lists the identifiers of events and instances"));
    }
    let prices = instances.iter().flat_map(|instance| {
        catalogue.prices_of(instance.id).map(|price| Price {
            instance: instance.id,
            start: instance.start,
            band: price.band.map_or("", |band| &band.name),
            ticket_type: price.ticket_type.map_or("", |ticket_type| &ticket_type.name),
            amount: price.amount,
        })
    });
    let rows: Result<Vec<_>> = prices.map(|price| Row::of(&price)).collect();
    args.listing.print(&rows?, COLUMNS)
}
