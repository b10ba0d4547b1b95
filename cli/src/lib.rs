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
        Command::List(command) => {
            let connection = cli.target.connect().await?;
            let result = commands::list::run(command, connection.client()).await;
            connection.close().await;
            result?;
        }
        Command::Cert(command) => return commands::cert::run(command),
        Command::Completions(args) => commands::completions::run::<Cli>(args)?,
        Command::Man(args) => commands::man::run::<Cli>(args)?,
    }
    Ok(ExitCode::SUCCESS)
}
