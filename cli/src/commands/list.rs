//! Commands that print a list of the service: `events`, `instances`, `availability` and so on.

use std::ops::Bound;
use std::time::Duration;

use jiff::civil::Date;
use serde::Serialize;
use spektrix_v2::{Call, Client, EventId, FixedSeriesId, InstanceId, Operation, Paged};

use super::watch::Watch;
use crate::failure::Result;
use crate::output::{Listing, Row};

/// A command that prints a list.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum ListCommand {
    /// List the events: the shows that can be booked online
    Events(ProgrammeArgs),
    /// List the instances: the performances of events
    Instances(ProgrammeArgs),
    /// List how many seats are free, by instance and plan
    Availability(AvailabilityArgs),
    /// List the plans: the seats at instances
    Plans(ProgrammeArgs),
    /// List the price lists: a price for each ticket type and band
    PriceLists(ProgrammeArgs),
    /// List the bands: premium, restricted view, …
    Bands(ListArgs),
    /// List the ticket types: adult, student, …
    TicketTypes(ListArgs),
    /// List the offers that may apply
    Offers(OfferArgs),
    /// List the memberships
    Memberships(ListArgs),
    /// List the fixed series
    FixedSeries(FixedSeriesArgs),
    /// List the merchandise, with the number of units left
    StockItems(ListArgs),
    /// List the tags of customers
    Tags(ListArgs),
    /// List the groups of tags
    TagGroups(ListArgs),
    /// List the contact preferences that a customer can agree to
    Statements(ListArgs),
}

/// The arguments of a list that belongs to the programme.
#[derive(Debug, Clone, clap::Args)]
pub struct ProgrammeArgs {
    /// Only what belongs to instances that start on this day or later, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Only what belongs to instances that start on this day or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Only what belongs to this event
    #[arg(long, value_name = "ID")]
    event: Option<EventId>,
    /// Only what belongs to this instance
    #[arg(long, value_name = "ID")]
    instance: Option<InstanceId>,
    #[command(flatten)]
    list: ListArgs,
}

/// The arguments of the availability.
#[derive(Debug, Clone, clap::Args)]
pub struct AvailabilityArgs {
    /// Read it again and again, with this time between: 30s, 5m [default: 1m]. Redraws the table on a terminal, and prints
    /// what changed elsewhere. Ends with Ctrl-C
    #[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "1m", value_parser = super::duration::parse)]
    watch: Option<Duration>,
    #[command(flatten)]
    programme: ProgrammeArgs,
}

/// The arguments of every list.
#[derive(Debug, Clone, clap::Args)]
pub struct ListArgs {
    /// Only objects with this value of a user-defined attribute; case does not count. Can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = attribute)]
    attribute: Vec<(String, String)>,
    /// At most so many objects [default: all]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    #[command(flatten)]
    listing: Listing,
}

/// The arguments of the list of offers.
#[derive(Debug, Clone, clap::Args)]
pub struct OfferArgs {
    /// Only offers for this instance
    #[arg(long, value_name = "ID")]
    instance: Option<InstanceId>,
    #[command(flatten)]
    list: ListArgs,
}

/// The arguments of the list of fixed series.
#[derive(Debug, Clone, clap::Args)]
pub struct FixedSeriesArgs {
    /// Only this series
    #[arg(long, value_name = "ID")]
    id: Option<FixedSeriesId>,
    #[command(flatten)]
    list: ListArgs,
}

impl ListCommand {
    /// Returns whether it runs until it is stopped.
    pub fn is_repeated(&self) -> bool {
        matches!(self, Self::Availability(args) if args.watch.is_some())
    }
}

/// Restricts a list of the programme. A macro, because the setters of the calls have no trait in common.
macro_rules! programme {
    ($call:expr, $args:expr) => {{
        let (mut call, args) = ($call, $args);
        if let Some(event) = args.event {
            call = call.event(event);
        }
        if let Some(instance) = args.instance {
            call = call.instance(instance);
        }
        if let Some(range) = args.range() {
            call = call.starting(range);
        }
        call
    }};
}

/// Reads the list and prints it. If it is watched, until `stop` completes.
///
/// # Errors
///
/// If the list cannot be read, or a field that was asked for does not exist.
pub async fn run(command: &ListCommand, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    match command {
        ListCommand::Events(args) => args.list.show(programme!(client.events(), args), EVENT).await,
        ListCommand::Instances(args) => args.list.show(programme!(client.instances(), args), INSTANCE).await,
        ListCommand::Availability(args) => availability(args, client, stop).await,
        ListCommand::Plans(args) => args.list.show(programme!(client.plans(), args), PLAN).await,
        ListCommand::PriceLists(args) => args.list.show(programme!(client.price_lists(), args), PRICE_LIST).await,
        ListCommand::Bands(args) => args.show(client.bands(), NAMED).await,
        ListCommand::TicketTypes(args) => args.show(client.ticket_types(), NAMED).await,
        ListCommand::Offers(args) => {
            let call = client.offers();
            let call = match args.instance {
                Some(instance) => call.instance(instance),
                None => call,
            };
            args.list.show(call, NAMED).await
        }
        ListCommand::Memberships(args) => args.show(client.memberships(), NAMED).await,
        ListCommand::FixedSeries(args) => {
            let call = client.fixed_series();
            let call = match args.id {
                Some(id) => call.fixed_series(id),
                None => call,
            };
            args.list.show_whole(call, FIXED_SERIES).await
        }
        ListCommand::StockItems(args) => args.show(client.stock_items(), STOCK_ITEM).await,
        ListCommand::Tags(args) => args.show(client.tags(), NAMED).await,
        ListCommand::TagGroups(args) => args.show(client.tag_groups(), NAMED).await,
        ListCommand::Statements(args) => args.show(client.statements(), STATEMENT).await,
    }
}

async fn availability(args: &AvailabilityArgs, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    let list = &args.programme.list;
    let call = programme!(client.instance_status(), &args.programme);
    match args.watch {
        Some(every) => {
            let title = format!("availability, every {} s until Ctrl-C", every.as_secs());
            let watch = Watch {
                every,
                title: &title,
                listing: &list.listing,
                columns: STATUS,
            };
            watch.run(client, stop, async || list.read(call.clone()).await).await
        }
        None => list.show(call, STATUS).await,
    }
}

// The columns of tables.
const EVENT: &[&str] = &["id", "name", "duration", "is_on_sale"];
const INSTANCE: &[&str] = &["id", "event", "start", "is_on_sale", "plan", "price_list"];
const STATUS: &[&str] = &["instance", "plan", "name", "available", "capacity", "sold", "reserved"];
const PLAN: &[&str] = &["id", "name", "is_bookable", "sub_plans"];
const PRICE_LIST: &[&str] = &["id", "prices"];
const FIXED_SERIES: &[&str] = &["id", "name", "is_on_sale", "instances"];
const STOCK_ITEM: &[&str] = &["id", "name", "price", "stock_level"];
const STATEMENT: &[&str] = &["id", "text"];
const NAMED: &[&str] = &["id", "name"];

impl ProgrammeArgs {
    /// Both days are included.
    fn range(&self) -> Option<(Bound<Date>, Bound<Date>)> {
        let bound = |date: Option<Date>| date.map_or(Bound::Unbounded, Bound::Included);
        (self.from.is_some() || self.to.is_some()).then(|| (bound(self.from), bound(self.to)))
    }
}

impl ListArgs {
    async fn show<O>(&self, call: Call<O>, columns: &[&str]) -> Result<()>
    where
        O: Paged<Item: Serialize> + 'static,
    {
        self.listing.print(&self.read(call).await?, columns)
    }

    async fn read<O>(&self, call: Call<O>) -> Result<Vec<Row>>
    where
        O: Paged<Item: Serialize> + 'static,
    {
        let objects = match self.limit {
            // The service cannot filter by attribute: what it leaves out could match.
            Some(limit) if self.attribute.is_empty() => call.limit(limit).await?,
            _ => call.all().await?,
        };
        self.rows(&objects)
    }

    /// Reads a list that the service always sends whole.
    async fn show_whole<O, T>(&self, call: Call<O>, columns: &[&str]) -> Result<()>
    where
        O: Operation<Response = Vec<T>> + 'static,
        T: Serialize,
    {
        self.listing.print(&self.rows(&call.await?)?, columns)
    }

    fn rows<T: Serialize>(&self, objects: &[T]) -> Result<Vec<Row>> {
        let rows = objects.iter().map(Row::of).collect::<Result<Vec<_>>>()?;
        let limit = self.limit.map_or(usize::MAX, |limit| limit as usize);
        Ok(rows.into_iter().filter(|row| self.matches(row)).take(limit).collect())
    }

    fn matches(&self, row: &Row) -> bool {
        self.attribute
            .iter()
            .all(|(name, value)| row.has_attribute(name, value))
    }
}

pub(super) fn attribute(text: &str) -> std::result::Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}
