//! `cargo xtask …`: lists the commands, runs one, and prints its error.

use std::process::ExitCode;

use clap::Parser;
use xtask::{api, codegen, drift, features, fetch, learn, msrv, output, preview};

/// The maintainers' commands of spektrix-v2.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

// A command is a module of the library with its `Args` and its `run`: add a variant here, and an arm below.
#[derive(clap::Subcommand)]
enum Command {
    /// Fetch the help pages of the service into schemas/
    Fetch(fetch::Args),
    /// Generate types and operations from the vendored help pages
    Codegen(codegen::Args),
    /// Compare the vendored help pages with those of a service or of a folder
    ///
    /// The exit code is 0 without differences, 1 with differences, and 2 if the pages could not be compared.
    Drift(drift::Args),
    /// Generate a crate from any folder of help pages, with a test of every example
    Preview(preview::Args),
    /// Print what reports of `spektrix contract` prove about the schemas
    Learn(learn::Args),
    /// Write the public interface of spektrix-v2 to a file, or check the file
    Api(api::Args),
    /// Lint the library with every combination of its features
    Features(features::Args),
    /// Check that no dependency declares a newer Rust version than the workspace
    Msrv(msrv::Args),
}

#[tokio::main]
async fn main() -> ExitCode {
    if let Some(exit_code) = api::run_as_rustdoc() {
        return exit_code;
    }
    let result = match Cli::parse().command {
        Command::Drift(args) => return drift::exit_code(drift::run(args).await),
        Command::Preview(args) => preview::run(&args),
        Command::Fetch(args) => fetch::run(args).await,
        Command::Codegen(args) => codegen::run(args),
        Command::Learn(args) => learn::run(&args),
        Command::Api(args) => api::run(&args),
        Command::Features(args) => features::run(&args),
        Command::Msrv(args) => msrv::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&error);
            ExitCode::FAILURE
        }
    }
}
