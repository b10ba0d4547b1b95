//! `spektrix export`: the programme as a calendar, as structured data for search engines, as CSV or JSON lines.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Client;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2_sync::export::{Export, Format};
use spektrix_v2_sync::replace_file;

use super::programme::{Content, Selection};
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox export ics --out calendar.ics
  spektrix export jsonld --currency GBP --location-attribute Venue --image-base https://venue.example/images/
  spektrix export csv --from 2026-12-01 --to 2026-12-31 > december.csv
  spektrix export ics --out /var/www/calendar.ics --every 15m")]
pub struct Args {
    /// The format
    #[arg(value_enum)]
    format: FormatName,
    /// The file to replace [default: standard output]. Readers see the old content or the new one
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the file again and again, with this time between: 90s, 15m, 1h. Ends on SIGTERM
    #[arg(long, value_name = "TIME", value_parser = super::duration::parse, requires = "out")]
    every: Option<Duration>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    content: Content,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// A calendar (iCalendar, RFC 5545)
    Ics,
    /// Structured data for search engines (schema.org Event)
    Jsonld,
    /// A row for each performance (RFC 4180)
    Csv,
    /// A JSON object a line for each performance
    Jsonl,
}

impl Args {
    /// Returns whether it runs until it is stopped.
    pub fn is_repeated(&self) -> bool {
        self.every.is_some()
    }
}

/// Writes the export, once or at intervals until `stop` completes.
///
/// # Errors
///
/// If the lists cannot be read or the file cannot be written. At intervals, errors are printed, and the file stays as it was.
pub async fn run(args: &Args, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    let Some(every) = args.every else {
        return write(args, client).await;
    };
    let repeated = async {
        loop {
            if let Err(failure) = write(args, client).await {
                output::error(&failure);
                if !failure.exit().is_temporary() {
                    return Err(failure);
                }
            }
            tokio::time::sleep(every).await;
        }
    };
    tokio::select! {
        result = repeated => result,
        () = stop => Ok(()),
    }
}

async fn write(args: &Args, client: &Client) -> Result<()> {
    let catalogue = Catalogue::load(client).await?;
    let export = args.content.export(client);
    match &args.out {
        Some(path) => {
            // To read from a pipe or a device would not end.
            let previous = path.is_file().then(|| std::fs::read(path).ok()).flatten();
            let content = render(args, &export, &catalogue, previous.as_deref())?;
            replace_file(path, &content)
                .map_err(|error| Failure::io(format!("cannot write {}", path.display()), &error))
        }
        None => output::print_bytes(&render(args, &export, &catalogue, None)?),
    }
}

fn render(args: &Args, export: &Export, catalogue: &Catalogue, previous: Option<&[u8]>) -> Result<Vec<u8>> {
    let filter = args.selection.filter();
    let rendered = export.render(args.format.into(), catalogue, Timestamp::now(), &filter, previous);
    rendered.map_err(|error| Failure::new(Exit::Failure, error.to_string()))
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Ics => Self::Ics,
            FormatName::Jsonld => Self::JsonLd,
            FormatName::Csv => Self::Csv,
            FormatName::Jsonl => Self::JsonLines,
        }
    }
}
