//! The command `spektrix`: reads a venue's events, availability and prices from the Spektrix API v2 without writing Rust.
//!
//! v2 is a legacy API: since 2025 its documentation says that data can be read and no longer created, changed or deleted.
//! This library exists for the program, and its interface may change in any version.

pub mod arguments;
pub mod commands;
pub mod config;
pub mod connection;
pub mod exit;
pub mod failure;
pub mod new_file;
pub mod output;
pub mod secret_source;

use std::process::ExitCode;

use arguments::{Cli, Command};
use failure::Result;

/// Runs a command.
///
/// # Errors
///
/// With an exit code for scripts: see [`exit::Exit`].
pub async fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::WhatsOn(_)
        | Command::Prices(_)
        | Command::List(_)
        | Command::Call(_)
        | Command::Contract(_)
        | Command::Record(_) => {
            connected(cli).await?;
        }
        Command::Doctor(args) => commands::doctor::run(args, &cli.target).await?,
        Command::Decode(args) => commands::decode::run(args)?,
        Command::Cert(command) => return commands::cert::run(command),
        Command::Completions(args) => commands::completions::run::<Cli>(args)?,
        Command::Man(args) => commands::man::run::<Cli>(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs a command that needs a client.
async fn connected(cli: &Cli) -> Result<()> {
    let connection = cli.target.connect().await?;
    let client = connection.client();
    let result = match &cli.command {
        Command::WhatsOn(args) => commands::whats_on::run(args, client).await,
        Command::Prices(args) => commands::prices::run(args, client).await,
        Command::List(command) => commands::list::run(command, client).await,
        Command::Call(args) => commands::call::run(args, client).await,
        Command::Contract(args) => commands::contract::run(args, client).await,
        Command::Record(args) => commands::record::run(args, client).await,
        _ => Ok(()),
    };
    connection.close().await;
    result
}
