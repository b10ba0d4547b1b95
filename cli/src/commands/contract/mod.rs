//! `spektrix contract`: whether the reconstructed schemas fit a venue.
//!
//! The report has names, counts and shapes, and no values: it can be shared.

mod fields;
mod lists;

use std::path::PathBuf;

use spektrix_v2::Client;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::new_file::{self, Readers};
use crate::output;
use lists::{ListReport, Report};

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox contract
  spektrix contract --out report.json      # to share: it has names and counts, no values")]
pub struct Args {
    /// Also write the report as JSON to a new file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Reads every list that needs no customer, prints what was found, and writes the report.
///
/// # Errors
///
/// With the exit code of the first list that cannot be read or does not match the schemas. The others are reported.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    if let Some(path) = &args.out {
        new_file::refuse_existing(path)?;
    }
    let report = lists::read_all(client).await;
    output::print(&text(&report))?;
    if let Some(path) = &args.out {
        let json = serde_json::to_string_pretty(&report);
        let json = json.map_err(|error| Failure::new(Exit::Failure, format!("cannot write the report: {error}")))?;
        new_file::write(path, (json + "\n").as_bytes(), Readers::Everyone)?;
        output::note(&format!("The report is in {}.", path.display()));
    }
    match report.lists.iter().find_map(|list| list.failure.as_ref()) {
        Some(failure) => Err(Failure::new(
            failure.exit(),
            "not every list could be read, or matches the schemas",
        )),
        None => Ok(()),
    }
}

fn text(report: &Report) -> String {
    let lists: Vec<_> = report.lists.iter().map(list_text).collect();
    lists.join("\n") + "\n" + &summary(report)
}

fn list_text(list: &ListReport) -> String {
    let failure = list
        .failure
        .iter()
        .map(|failure| format!("  failed: {}", output::printable(&failure.message)));
    let fields = list.fields.iter().map(|(field, seen)| match seen.set {
        0 => format!("  never seen     {field}"),
        set => format!("  {set:>6} of {:<6} {field}", seen.objects),
    });
    let unknown = list
        .unknown
        .iter()
        .map(|path| format!("  not in the schema: {}", output::printable(path)));
    let title = format!("{}: {} objects", list.operation, list.objects);
    let lines: Vec<_> = [title]
        .into_iter()
        .chain(failure)
        .chain(fields)
        .chain(unknown)
        .collect();
    lines.join("\n") + "\n"
}

fn summary(report: &Report) -> String {
    let count = |of: &dyn Fn(&ListReport) -> usize| report.lists.iter().map(of).sum::<usize>();
    format!(
        "{} lists with {} objects: {} lists failed, {} parts are not in the schema, {} fields were never seen\n",
        report.lists.len(),
        count(&|list| list.objects),
        count(&|list| usize::from(list.failure.is_some())),
        count(&|list| list.unknown.len()),
        count(&|list| list.fields.values().filter(|seen| seen.set == 0).count()),
    )
}
