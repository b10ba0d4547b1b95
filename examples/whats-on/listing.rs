//! The season as a person reads it at a terminal.

use std::fmt;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use rust_decimal::Decimal;
use spektrix_v2::{Event, Instance};

use crate::season::{Period, Season};

/// Prints events with their dates. Times are local to the venue, prices in its currency.
pub struct Listing<'a> {
    /// What to print.
    pub season: &'a Season,
    /// Which days were asked for.
    pub period: Period,
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = &self.season.events;
        let dates: usize = events.iter().map(|event| self.season.instances(event.id).len()).sum();
        match self.period {
            Period::Everything => writeln!(f, "{} events, {dates} dates\n", events.len())?,
            Period::Days { from, until } => {
                writeln!(f, "{} events, {dates} dates, {from} up to {until}\n", events.len())?;
            }
        }
        events.iter().try_for_each(|event| self.event(f, event))
    }
}

impl Listing<'_> {
    fn event(&self, f: &mut fmt::Formatter<'_>, event: &Event) -> fmt::Result {
        let on_sale = if event.is_on_sale { "" } else { ", not on sale" };
        writeln!(f, "{} ({}{on_sale})", event.name, duration(event.duration))?;
        let set: Vec<String> = event
            .attributes
            .set()
            .map(|attribute| shown(attribute.name, attribute.value))
            .collect();
        if !set.is_empty() {
            writeln!(f, "  {}", set.join(" · "))?;
        }
        let instances = self.season.instances(event.id);
        if instances.is_empty() {
            return writeln!(f, "  no dates\n");
        }
        writeln!(f, "{}\n", self.table(&instances))
    }

    fn table(&self, instances: &[&Instance]) -> Table {
        let mut table = Table::new();
        table.load_preset(NOTHING);
        for instance in instances {
            let start = instance.start.strftime("%a %e %b %Y %H:%M").to_string();
            let seats = match self.season.seats(instance) {
                Some((0, _)) => "sold out".to_owned(),
                Some((left, all)) => format!("{left} of {all} left"),
                None => "—".to_owned(),
            };
            let prices = self
                .season
                .price_range(instance)
                .map_or_else(|| "—".to_owned(), price_range);
            let sale = if instance.is_on_sale { "" } else { "not on sale" };
            table.add_row(["", &start, &seats, &prices, sale]);
        }
        for column in [2, 3] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }
}

fn duration(minutes: i32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

fn price_range((cheapest, dearest): (Decimal, Decimal)) -> String {
    if cheapest == dearest {
        format!("{cheapest:.2}")
    } else {
        format!("{cheapest:.2}–{dearest:.2}")
    }
}

/// `Family` for a flag that is set, `Venue: Main House` for a text, cut to a line's length.
fn shown(name: Option<&str>, value: Option<&str>) -> String {
    const MAX: usize = 48;
    let (name, value) = (name.unwrap_or_default(), value.unwrap_or_default());
    if value == "1" {
        return name.to_owned();
    }
    let mut text: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MAX {
        text = text.chars().take(MAX - 1).chain(['…']).collect();
    }
    format!("{name}: {text}")
}
