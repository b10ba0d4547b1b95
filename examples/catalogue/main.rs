//! The season of a venue, joined: events, dates, seats left by plan, and prices by band and ticket type.
//!
//! ```text
//! cargo run --example catalogue
//! ```
//!
//! With `SPEKTRIX_CLIENT` and its like in the environment it talks to that service; without, it starts the sandbox.

#[path = "../whats-on/service.rs"]
mod service;

use std::io::{self, Write};

use spektrix_v2::catalogue::{Catalogue, PriceOf};
use spektrix_v2::{Event, Instance};

use service::Service;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::open(None).await?;
    writeln!(io::stderr(), "{}", service.description())?;
    let mut catalogue = Catalogue::load(service.client()).await?;
    let mut out = io::stdout().lock();
    print_season(&mut out, &catalogue)?;
    let missing = catalogue.missing();
    writeln!(out, "References that lead nowhere: {}", missing.len())?;
    for reference in missing {
        writeln!(out, "  {reference}")?;
    }
    let changes = catalogue.refresh(service.client()).await?;
    let quiet = if changes.is_empty() {
        "nothing has"
    } else {
        "something has"
    };
    writeln!(out, "Asked again: {quiet} changed.")?;
    service.close().await;
    Ok(())
}

fn print_season(out: &mut impl Write, catalogue: &Catalogue) -> io::Result<()> {
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
    let period = (first.start.date(), last.start.date());
    writeln!(
        out,
        "{}: {} dates, {} to {}",
        event.name,
        dates.len(),
        period.0,
        period.1
    )?;
    for instance in dates.iter().take(3) {
        print_instance(out, catalogue, instance)?;
    }
    print_prices(out, catalogue, first)?;
    writeln!(out)
}

fn print_instance(out: &mut impl Write, catalogue: &Catalogue, instance: &Instance) -> io::Result<()> {
    write!(out, "  {}", instance.start.strftime("%a %d %b %Y, %H:%M"))?;
    for plan in catalogue.bookable_plans_of(instance.id) {
        let left = catalogue.status(instance.id, plan.id).map(|status| status.available);
        let left = left.map_or("?".to_owned(), |left| left.to_string());
        write!(out, "   {} {left}", plan.name)?;
    }
    writeln!(out)
}

fn print_prices(out: &mut impl Write, catalogue: &Catalogue, instance: &Instance) -> io::Result<()> {
    for PriceOf {
        amount,
        band,
        ticket_type,
        ..
    } in catalogue.prices_of(instance.id)
    {
        let band = band.map_or("any seat", |band| &band.name);
        let kind = ticket_type.map_or("unknown", |kind| &kind.name);
        writeln!(out, "    {amount:>7}  {band}, {kind}")?;
    }
    Ok(())
}
