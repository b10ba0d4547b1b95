//! The programme of a venue: events, dates, available seats by plan, and prices by band and ticket type.
//!
//! ```text
//! cargo run --example catalogue
//! ```
//!
//! If `SPEKTRIX_CLIENT` and the other variables are set, it uses that service. Otherwise it starts the sandbox.

use std::io::{self, Write};

use jiff::Timestamp;
use spektrix_v2::catalogue::{Catalogue, ResolvedPrice};
use spektrix_v2::{Event, Instance};
use spektrix_v2_examples::Service;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    writeln!(io::stderr(), "{}", service.description())?;
    let mut catalogue = Catalogue::load(service.client()).await?;
    let mut out = io::stdout().lock();
    print_programme(&mut out, &catalogue)?;
    let dangling = catalogue.dangling_references();
    writeln!(out, "Dangling references: {}", dangling.len())?;
    for reference in dangling {
        writeln!(out, "  {reference}")?;
    }
    let changes = catalogue.refresh(service.client()).await?;
    writeln!(out, "Refreshed: {changes}.")?;
    service.stop().await;
    Ok(())
}

fn print_programme(out: &mut impl Write, catalogue: &Catalogue) -> io::Result<()> {
    for event in catalogue.events() {
        print_event(out, catalogue, event)?;
    }
    Ok(())
}

fn print_event(out: &mut impl Write, catalogue: &Catalogue, event: &Event) -> io::Result<()> {
    let dates: Vec<_> = catalogue.instances_of(event.id).collect();
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return writeln!(out, "{}: no dates\n", event.name);
    };
    writeln!(
        out,
        "{}: {} dates, {} to {}",
        event.name,
        dates.len(),
        first.start.date(),
        last.start.date()
    )?;
    for instance in dates.iter().take(3) {
        print_instance(out, catalogue, instance)?;
    }
    print_prices(out, catalogue, first)?;
    writeln!(out)
}

fn print_instance(out: &mut impl Write, catalogue: &Catalogue, instance: &Instance) -> io::Result<()> {
    write!(out, "  {}", instance.start.strftime("%a %d %b %Y, %H:%M"))?;
    let now = Timestamp::now();
    for plan in catalogue.bookable_plans_of(instance.id) {
        let Some(seats) = catalogue.plan_availability(instance.id, plan.id, now) else {
            continue;
        };
        let left = seats.left.map_or("?".to_owned(), |left| left.to_string());
        write!(out, "   {} {left} ({:?})", plan.name, seats.state)?;
    }
    writeln!(out)
}

fn print_prices(out: &mut impl Write, catalogue: &Catalogue, instance: &Instance) -> io::Result<()> {
    for ResolvedPrice {
        amount,
        band,
        ticket_type,
        ..
    } in catalogue.prices_of(instance.id)
    {
        let band = band.map_or("any seat", |band| &band.name);
        let ticket_type = ticket_type.map_or("unknown", |ticket_type| &ticket_type.name);
        writeln!(out, "    {amount:>7}  {band}, {ticket_type}")?;
    }
    Ok(())
}
