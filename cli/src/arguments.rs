//! The command line.

use clap::{ArgAction, Parser, Subcommand};

use crate::commands::cert::CertCommand;
use crate::commands::list::ListCommand;
use crate::commands::{
    cache, call, completions, contract, decode, doctor, export, man, prices, record, sandbox, serve, sync, tester,
    whats_on,
};
use crate::connection::Target;
use crate::exit;

/// The layout of `--help`: the purpose, examples, and then the arguments.
const HELP: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Read a venue's events, availability and prices from the Spektrix API v2 (legacy, read-only since 2025).
#[derive(Debug, Parser)]
#[command(
    name = "spektrix",
    version,
    help_template = HELP,
    before_help = "\
Examples:
  spektrix --sandbox whats-on                      # try it: a fictional venue on this machine
  spektrix events --from 2026-12-01 --to 2026-12-31 --format csv
  spektrix availability --event 7001 --fields instance,available
  spektrix --venue playhouse instances --format jsonl | head",
    after_help = exit::TABLE,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Show more: -v requests, -vv retries and connections, -vvv everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Which service to read from.
    #[command(flatten)]
    pub target: Target,
}

/// A command.
#[derive(Debug, Subcommand)]
#[command(subcommand_help_heading = "Commands")]
pub enum Command {
    /// List the next performances, with availability and prices
    WhatsOn(whats_on::Args),
    /// List what tickets cost, by performance, band and ticket type
    Prices(prices::Args),
    /// A list.
    #[command(flatten)]
    List(ListCommand),
    /// Send any request, and print the response as it is
    Call(call::Args),
    /// Open a page in the browser that sends any request and shows the response
    Tester(tester::Args),
    /// Check configuration, certificate, connection and clock, and say what to do
    Doctor(doctor::Args),
    /// Report whether the reconstructed schemas fit this venue, without any values
    Contract(contract::Args),
    /// Save the lists as they are, for tests without the service
    Record(record::Args),
    /// Run a fictional venue on this machine, for the tests of your website
    Sandbox(Box<sandbox::Args>),
    /// Write the programme as a calendar, as structured data, as CSV or JSON lines
    Export(export::Args),
    /// Serve the programme from memory as a JSON API, also while the service is down
    Serve(serve::Args),
    /// Write the programme to memcached or Redis, for pages in any language
    Cache(cache::Args),
    /// Keep the lists in a database: SQLite, PostgreSQL, MySQL or MariaDB
    Sync(Box<sync::Args>),
    /// Print a body of the service as JSON
    Decode(decode::Args),
    /// Request, inspect, check and convert client certificates
    #[command(subcommand)]
    Cert(CertCommand),
    /// Print a script that completes commands in a shell
    Completions(completions::Args),
    /// Write the manual pages
    Man(man::Args),
}

impl Command {
    /// Returns whether the command runs until a signal, and ends in good order then.
    pub fn ends_at_signals(&self) -> bool {
        match self {
            Self::Serve(_) => true,
            Self::List(command) => command.is_repeated(),
            Self::Export(args) => args.is_repeated(),
            Self::Cache(args) => args.is_repeated(),
            Self::Sync(args) => args.is_repeated(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
