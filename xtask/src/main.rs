//! `cargo xtask …`: names the commands, runs one, and prints how it failed.

use std::process::ExitCode;

use clap::Parser;
use xtask::{api, codegen, drift, features, fetch, msrv, output, preview};
#[cfg(feature = "runtime")]
use xtask::{decode, sandbox};

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

// A command is a module of this crate with its `Args` and its `run`: a line here, an arm below.
#[derive(clap::Subcommand)]
enum Command {
    /// Read the service's help pages into the schemas folder
    Fetch(fetch::Args),
    /// Generate types and operations from the vendored help pages
    Codegen(codegen::Args),
    /// Compare the vendored help pages with others
    ///
    /// Exits with 0 when they say the same, 1 when they differ, 2 when they could not be compared.
    Drift(drift::Args),
    /// Write a crate from a folder of help pages, to see what they would become
    Preview(preview::Args),
    /// Write the public interface of spektrix-v2 to a file, or compare it
    Api(api::Args),
    /// Lint the library with every combination of its features
    Features(features::Args),
    /// Check that no dependency needs a newer Rust than is declared
    Msrv(msrv::Args),
    #[cfg(feature = "runtime")]
    /// Print a request or response body as JSON
    Decode(decode::Args),
    #[cfg(feature = "runtime")]
    /// Run an offline stand-in for the service, with a fictional venue
    Sandbox(sandbox::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Some(exit_code) = api::stand_in() {
        return exit_code;
    }
    let result = match Cli::parse().command {
        Command::Drift(args) => return drift::exit_code(drift::run(args).await),
        Command::Preview(args) => preview::run(&args),
        Command::Fetch(args) => fetch::run(args).await,
        Command::Codegen(args) => codegen::run(args),
        Command::Api(args) => api::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Msrv(args) => msrv::run(&args),
        #[cfg(feature = "runtime")]
        Command::Decode(args) => decode::run(&args),
        #[cfg(feature = "runtime")]
        Command::Sandbox(args) => sandbox::run(args).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}
