//! The formats of lists: a table, JSON, JSON lines, CSV.

use clap::ValueEnum;

use spektrix_v2_sync::export::spreadsheet_cell;

use super::rows::Row;
use super::{is_terminal, print, table};
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// A format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns for people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header line (RFC 4180)
    Csv,
}

/// How a command prints a list.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct Listing {
    /// The format [default: table on a terminal, tab-separated lines in a pipe]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The fields to print, in this order, separated by commas; attribute.NAME is a user-defined attribute
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    fields: Vec<String>,
}

impl Listing {
    /// Prints rows. A table has the default columns unless fields are named; the other formats have all fields.
    ///
    /// # Errors
    ///
    /// If a field does not exist, or standard output cannot be written to.
    pub fn print(&self, rows: &[Row], columns: &[&str]) -> Result<()> {
        self.check_fields(rows)?;
        print(&self.render(rows, columns)?)
    }

    /// Returns the list as a table if that is its format.
    ///
    /// # Errors
    ///
    /// If a field does not exist.
    pub fn table(&self, rows: &[Row], columns: &[&str]) -> Result<Option<String>> {
        self.check_fields(rows)?;
        let is_table = self.format.map_or_else(is_terminal, |format| format == Format::Table);
        is_table.then(|| self.render(rows, columns)).transpose()
    }

    /// Returns a string for each row, and before them the header of CSV.
    ///
    /// # Errors
    ///
    /// If a field does not exist, or the format has no lines.
    pub fn lines(&self, rows: &[Row], columns: &[&str]) -> Result<Vec<String>> {
        self.check_fields(rows)?;
        if self.format == Some(Format::Json) {
            let failure = Failure::usage("a JSON array cannot be continued");
            return Err(failure.with_hint("--format jsonl has a line for each object"));
        }
        let each = rows.iter().map(|row| self.render(std::slice::from_ref(row), columns));
        let each = each.collect::<Result<Vec<_>>>()?;
        if self.format != Some(Format::Csv) {
            return Ok(each);
        }
        let header = csv(&self.selected(rows), &self.fields)?;
        let header = header.split_inclusive("\r\n").next().unwrap_or_default();
        let without = each
            .iter()
            .map(|record| record.strip_prefix(header).unwrap_or(record).to_owned());
        Ok([header.to_owned()].into_iter().chain(without).collect())
    }

    fn render(&self, rows: &[Row], columns: &[&str]) -> Result<String> {
        match self.format {
            Some(Format::Json) => Ok(json(&self.selected(rows))),
            Some(Format::Jsonl) => Ok(json_lines(&self.selected(rows))),
            Some(Format::Csv) => csv(&self.selected(rows), &self.fields),
            Some(Format::Table) => Ok(table::aligned(&self.columns(columns), &self.table_rows(rows, columns))),
            None if is_terminal() => Ok(table::aligned(&self.columns(columns), &self.table_rows(rows, columns))),
            None => Ok(table::tab_separated(&self.table_rows(rows, columns))),
        }
    }

    /// Objects of one kind may omit fields, so a name is unknown if no object has it.
    fn check_fields(&self, rows: &[Row]) -> Result<()> {
        let is_known = |field: &str| rows.is_empty() || rows.iter().any(|row| row.has_field(field));
        let Some(unknown) = self.fields.iter().find(|field| !is_known(field)) else {
            return Ok(());
        };
        let known: Vec<_> = rows.first().map(|row| row.names().collect()).unwrap_or_default();
        Err(Failure::usage(format!("there is no field `{unknown}`"))
            .with_hint(format!("the fields are {}", known.join(", "))))
    }

    fn columns(&self, defaults: &[&str]) -> Vec<String> {
        if self.fields.is_empty() {
            defaults.iter().map(|name| (*name).to_owned()).collect()
        } else {
            self.fields.clone()
        }
    }

    fn selected(&self, rows: &[Row]) -> Vec<Row> {
        if self.fields.is_empty() {
            rows.to_vec()
        } else {
            rows.iter().map(|row| row.select(&self.fields)).collect()
        }
    }

    fn table_rows(&self, rows: &[Row], defaults: &[&str]) -> Vec<Vec<String>> {
        let columns = self.columns(defaults);
        rows.iter().map(|row| row.select(&columns).cells()).collect()
    }
}

fn json(rows: &[Row]) -> String {
    let rows: Vec<_> = rows.iter().map(|row| format!("\n  {}", row.json())).collect();
    if rows.is_empty() {
        "[]\n".to_owned()
    } else {
        format!("[{}\n]\n", rows.join(","))
    }
}

fn json_lines(rows: &[Row]) -> String {
    rows.iter().map(|row| row.json() + "\n").collect()
}

fn csv(rows: &[Row], fields: &[String]) -> Result<String> {
    let header: Vec<String> = match rows.first() {
        Some(row) => row.names().map(str::to_owned).collect(),
        None => fields.to_vec(),
    };
    let write = || -> std::result::Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        if !header.is_empty() {
            writer.write_record(&header)?;
        }
        for row in rows {
            writer.write_record(row.select(&header).cells().iter().map(|cell| spreadsheet_cell(cell)))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    };
    let bytes = write().map_err(|error| Failure::new(Exit::Failure, format!("cannot write CSV: {error}")))?;
    // Made of strings and ASCII.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Item {
        id: i32,
        name: &'static str,
    }

    const ITEMS: [Item; 2] = [
        Item { id: 1, name: "Plain" },
        Item {
            id: -2,
            name: "=A1, \"quoted\"\nand\tmore",
        },
    ];

    fn rendered(format: Option<Format>, fields: &[&str], items: &[Item]) -> String {
        let listing = Listing {
            format,
            fields: fields.iter().map(|name| (*name).to_owned()).collect(),
        };
        let rows: Vec<_> = items.iter().map(|item| Row::of(item).unwrap()).collect();
        listing.render(&rows, &["name"]).unwrap()
    }

    #[test]
    fn every_format_keeps_every_value() {
        let json =
            "[\n  {\"id\":1,\"name\":\"Plain\"},\n  {\"id\":-2,\"name\":\"=A1, \\\"quoted\\\"\\nand\\tmore\"}\n]\n";
        let lines = "{\"id\":1,\"name\":\"Plain\"}\n{\"id\":-2,\"name\":\"=A1, \\\"quoted\\\"\\nand\\tmore\"}\n";
        let csv = "id,name\r\n1,Plain\r\n-2,\"'=A1, \"\"quoted\"\"\nand\tmore\"\r\n";
        let table = [
            ("JSON", Some(Format::Json), json),
            ("JSON lines", Some(Format::Jsonl), lines),
            ("CSV", Some(Format::Csv), csv),
            ("a pipe", None, "Plain\n=A1, \"quoted\" and more\n"),
        ];
        for (name, format, expected) in table {
            assert_eq!(rendered(format, &[], &ITEMS), expected, "{name}");
        }
    }

    #[test]
    fn empty_lists_are_valid_in_every_format() {
        let table = [
            ("JSON", Some(Format::Json), "[]\n"),
            ("JSON lines", Some(Format::Jsonl), ""),
            ("CSV", Some(Format::Csv), "name\r\n"),
            ("a pipe", None, ""),
        ];
        for (name, format, expected) in table {
            assert_eq!(rendered(format, &["name"], &[]), expected, "{name}");
        }
    }

    #[test]
    fn unknown_fields_are_refused_and_the_others_named() {
        let listing = Listing {
            format: None,
            fields: vec!["title".to_owned()],
        };
        let error = listing.print(&[Row::of(&ITEMS[0]).unwrap()], &["name"]).unwrap_err();
        assert_eq!(error.to_string(), "there is no field `title`");
        assert_eq!(error.hint(), Some("the fields are id, name"));
        assert_eq!(error.exit(), Exit::Usage);
    }
}
