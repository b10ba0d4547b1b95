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
pub mod request;
pub mod secret_source;
pub mod session_file;
pub mod signals;

use std::process::ExitCode;

use arguments::{Cli, Command};
use failure::Result;
use signals::Signals;
use spektrix_v2::Client;

/// Runs a command.
///
/// # Errors
///
/// With an exit code for scripts: see [`exit::Exit`].
pub async fn run(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Sync(args) if !args.needs_client() => commands::sync::run_offline(args, &cli.target).await?,
        Command::Doctor(args) => return until_signal(cli, commands::doctor::run(args, &cli.target)).await,
        Command::Tester(args) => return commands::tester::run(args, &cli.target).await,
        Command::Sandbox(args) => return commands::sandbox::run(args, &cli.target).await,
        Command::Decode(args) => commands::decode::run(args)?,
        Command::Cert(command) => return commands::cert::run(command),
        Command::Completions(args) => commands::completions::run::<Cli>(args)?,
        Command::Man(args) => commands::man::run::<Cli>(args)?,
        _ => return connected(cli).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs a command that needs a client.
async fn connected(cli: &Cli) -> Result<ExitCode> {
    if !cli.command.ends_at_signals() {
        return until_signal(cli, connect_and_run(cli, std::future::pending())).await;
    }
    // Signals are caught before a sandbox writes its keys. One that arrives while the command starts ends it, too.
    let mut signals = Signals::listen()?;
    let stop = async {
        signals.next().await;
    };
    connect_and_run(cli, stop).await.map(|()| ExitCode::SUCCESS)
}

/// Runs a command to its end, or until a signal. With a sandbox, a signal removes the keys before it ends the program.
async fn until_signal(cli: &Cli, command: impl Future<Output = Result<()>>) -> Result<ExitCode> {
    if !cli.target.sandbox {
        return command.await.map(|()| ExitCode::SUCCESS);
    }
    let mut signals = Signals::listen()?;
    tokio::select! {
        result = command => result.map(|()| ExitCode::SUCCESS),
        signal = signals.next() => Ok(signal.exit_code()),
    }
}

async fn connect_and_run(cli: &Cli, stop: impl Future<Output = ()>) -> Result<()> {
    let connection = cli.target.connect().await?;
    let result = with_client(cli, connection.client(), stop).await;
    connection.close().await;
    result
}

/// Runs a command. One that runs until it is stopped ends in good order when `stop` completes.
async fn with_client(cli: &Cli, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    match &cli.command {
        Command::WhatsOn(args) => commands::whats_on::run(args, client).await,
        Command::Prices(args) => commands::prices::run(args, client).await,
        Command::List(command) => commands::list::run(command, client, stop).await,
        Command::Call(args) => commands::call::run(args, client).await,
        Command::Contract(args) => commands::contract::run(args, client).await,
        Command::Record(args) => commands::record::run(args, client).await,
        Command::Export(args) => commands::export::run(args, client, stop).await,
        Command::Serve(args) => commands::serve::run(args, client, stop).await,
        Command::Cache(args) => commands::cache::run(args, client, stop).await,
        // Boxed: one run, several and a fleet make it several times as large as the others.
        Command::Sync(args) => Box::pin(commands::sync::run(args, &cli.target, client, cli.verbose, stop)).await,
        // These need none, so `run` has handled them.
        Command::Doctor(_)
        | Command::Tester(_)
        | Command::Sandbox(_)
        | Command::Decode(_)
        | Command::Cert(_)
        | Command::Completions(_)
        | Command::Man(_) => Ok(()),
    }
}
