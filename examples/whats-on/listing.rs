//! The programme, formatted for a terminal.

use std::fmt;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use jiff::Timestamp;
use spektrix_v2::catalogue::{Catalogue, PriceRange};
use spektrix_v2::{Event, Instance};
use textwrap::Options;

use crate::season::Period;

/// The maximum width of a line.
const WIDTH: usize = 100;

/// Formats events with their dates. Times are in the venue's time zone, prices in its currency.
pub(crate) struct Listing<'a> {
    /// The events to list.
    pub(crate) season: &'a Catalogue,
    /// The days that were requested.
    pub(crate) period: Period,
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let season = self.season;
        let (listed, unlisted): (Vec<_>, Vec<_>) = season
            .instances()
            .partition(|instance| season.event(instance.event).is_some());
        let mut events: Vec<_> = season.events().collect();
        // Those without dates are the last.
        let first_date = |event: &&Event| season.instances_of(event.id).map(|instance| instance.start_utc).next();
        events.sort_by_key(|event| first_date(event).unwrap_or(Timestamp::MAX));
        write!(f, "{}, {}", count(events.len(), "event"), count(listed.len(), "date"))?;
        match self.period {
            Period::Everything => writeln!(f, "\n")?,
            Period::Days { from, until } => writeln!(f, ", from {from} up to {until}\n")?,
        }
        events.into_iter().try_for_each(|event| self.write_event(f, event))?;
        match unlisted.len() {
            0 => Ok(()),
            unlisted => writeln!(f, "… and {} of unlisted events", count(unlisted, "more date")),
        }
    }
}

impl Listing<'_> {
    fn write_event(&self, f: &mut fmt::Formatter<'_>, event: &Event) -> fmt::Result {
        let notes = [
            duration(event.duration),
            (!event.is_on_sale).then(|| "not on sale".to_owned()),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        if notes.is_empty() {
            writeln!(f, "{}", event.name)?;
        } else {
            writeln!(f, "{} ({})", event.name, notes.join(", "))?;
        }
        let attributes: Vec<String> = event
            .attributes
            .filled()
            .map(|attribute| format_attribute(attribute.name, attribute.value))
            .collect();
        let indented = Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
        if !attributes.is_empty() {
            writeln!(f, "{}", textwrap::fill(&attributes.join(" · "), indented))?;
        }
        let instances: Vec<_> = self.season.instances_of(event.id).collect();
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
            let seats = self.season.availability(instance.id, Timestamp::now());
            let seats = match seats.and_then(|seats| seats.left.zip(seats.capacity)) {
                Some((0, _)) => "sold out".to_owned(),
                Some((left, capacity)) => format!("{left} of {capacity} left"),
                None => "—".to_owned(),
            };
            let prices = self
                .season
                .price_range(instance.id)
                .map_or_else(|| "—".to_owned(), price_range);
            let sale_note = if instance.is_on_sale { "" } else { "not on sale" };
            table.add_row(["", &start, &seats, &prices, sale_note]);
        }
        for column in [2, 3] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Formats a duration, such as `2 h 15`. Events without a duration have 0.
fn duration(minutes: i32) -> Option<String> {
    match (minutes / 60, minutes % 60) {
        (0, ..=0) => None,
        (0, minutes) => Some(format!("{minutes} min")),
        (hours, 0) => Some(format!("{hours} h")),
        (hours, minutes) => Some(format!("{hours} h {minutes:02}")),
    }
}

fn price_range(prices: PriceRange) -> String {
    if prices.lowest == prices.highest {
        format!("{:.2}", prices.lowest)
    } else {
        format!("{:.2}–{:.2}", prices.lowest, prices.highest)
    }
}

/// Formats an attribute: `Family` for a flag that is set, `Venue: Main House` for a string. Long strings are truncated.
fn format_attribute(name: Option<&str>, value: Option<&str>) -> String {
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
