//! A row for each performance: CSV and JSON lines.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Export, ExportError, Item};
use crate::whats_on::Performance;

/// A performance with what only exports have.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    performance: &'a Performance<'a>,
    /// The page of the service on which a visitor chooses seats.
    booking_url: String,
    /// As plain text.
    description: String,
}

impl<'a> Row<'a> {
    fn new(export: &Export, item: &'a Item<'_>) -> Self {
        Self {
            performance: &item.performance,
            booking_url: export.booking_url(item.performance.instance_id),
            description: item.description(),
        }
    }
}

pub(super) fn json_lines<'a>(export: &Export, items: impl Iterator<Item = Item<'a>>) -> Result<Vec<u8>, ExportError> {
    let mut lines = Vec::new();
    for item in items {
        serde_json::to_writer(&mut lines, &Row::new(export, &item))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// The columns that every venue has.
fn columns() -> impl Iterator<Item = &'static str> {
    let fields = Performance::FIELDS.iter().copied().filter(|name| *name != "attributes");
    fields.chain(["booking_url", "description"])
}

/// Attributes differ from venue to venue: each has a column, named `attribute.NAME`. Items are joined twice, because all of them
/// in memory would take several times as much as the result.
pub(super) fn csv<'a, I: Iterator<Item = Item<'a>>>(
    export: &Export,
    items: impl Fn() -> I,
) -> Result<Vec<u8>, ExportError> {
    let mut attributes: BTreeSet<&'a str> = BTreeSet::new();
    items().for_each(|item| attributes.extend(item.performance.attributes.keys()));
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let names = attributes.iter().map(|name| format!("attribute.{name}"));
    let header: Vec<String> = columns().map(str::to_owned).chain(names).collect();
    writer.write_record(&header).map_err(ExportError::new)?;
    for item in items() {
        let row = serde_json::to_value(Row::new(export, &item))?;
        let fields = columns().map(|name| cell(&row[name]));
        let values = attributes.iter().map(|name| cell(&row["attributes"][*name]));
        writer.write_record(fields.chain(values)).map_err(ExportError::new)?;
    }
    writer.into_inner().map_err(ExportError::new)
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => spreadsheet_cell(text),
        value => value.to_string(),
    }
}

/// Returns a cell that no spreadsheet runs as a formula. Titles come from people, so a string that starts like a formula
/// gets an apostrophe, as OWASP advises. Numbers stay numbers.
pub fn spreadsheet_cell(text: &str) -> String {
    // The last four are read as the first four where people type Japanese or Chinese.
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_formula = text.starts_with(starts) && text.parse::<f64>().is_err();
    if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
