//! The season as a person reads it at a terminal.

use std::fmt;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use rust_decimal::Decimal;
use spektrix_v2::{Event, Instance};
use textwrap::Options;

use crate::season::{Period, Season};

/// How wide a line may be.
const WIDTH: usize = 100;

/// Prints events with their dates. Times are local to the venue, prices in its currency.
pub(crate) struct Listing<'a> {
    /// What to print.
    pub(crate) season: &'a Season,
    /// Which days were asked for.
    pub(crate) period: Period,
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = &self.season.events;
        let dates: usize = events.iter().map(|event| self.season.instances(event.id).len()).sum();
        write!(f, "{}, {}", counted(events.len(), "event"), counted(dates, "date"))?;
        match self.period {
            Period::Everything => writeln!(f, "\n")?,
            Period::Days { from, until } => writeln!(f, ", from {from} up to {until}\n")?,
        }
        events.iter().try_for_each(|event| self.event(f, event))?;
        match self.season.strays() {
            0 => Ok(()),
            strays => writeln!(
                f,
                "… and {} of events that were not listed",
                counted(strays, "more date")
            ),
        }
    }
}

impl Listing<'_> {
    fn event(&self, f: &mut fmt::Formatter<'_>, event: &Event) -> fmt::Result {
        let notes = [
            duration(event.duration),
            (!event.is_on_sale).then(|| "not on sale".to_owned()),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        match notes.is_empty() {
            true => writeln!(f, "{}", event.name)?,
            false => writeln!(f, "{} ({})", event.name, notes.join(", "))?,
        }
        let set: Vec<String> = event
            .attributes
            .set()
            .map(|attribute| shown(attribute.name, attribute.value))
            .collect();
        let indented = Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
        if !set.is_empty() {
            writeln!(f, "{}", textwrap::fill(&set.join(" · "), indented))?;
        }
        let instances = self.season.instances(event.id);
        if instances.is_empty() {
            return writeln!(f, "  no dates\n");
        }
        writeln!(f, "{}\n", self.table(&instances).trim_fmt())
    }

    fn table(&self, instances: &[&Instance]) -> Table {
        let mut table = Table::new();
        table.load_style(NOTHING);
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

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// `2 h 15`. Events without a length say 0.
fn duration(minutes: i32) -> Option<String> {
    match (minutes / 60, minutes % 60) {
        (0, ..=0) => None,
        (0, minutes) => Some(format!("{minutes} min")),
        (hours, 0) => Some(format!("{hours} h")),
        (hours, minutes) => Some(format!("{hours} h {minutes:02}")),
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
