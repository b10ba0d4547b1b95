//! The program `spektrix`: parses the arguments, runs the command, prints its error.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::Parser as _;
use spektrix_v2_cli::arguments::Cli;
use spektrix_v2_cli::{output, run};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr(cli.verbose);
    match run(&cli).await {
        Ok(exit) => exit,
        Err(failure) => {
            output::error(&failure);
            failure.exit().into()
        }
    }
}

/// Logs what the crates of this project report. Nothing of it contains a secret.
fn log_to_stderr(verbosity: u8) {
    let filter = match verbosity {
        0 => return,
        // The result of each request is an event for debugging, because a website logs its own pages.
        1 => "spektrix_v2=info,spektrix_v2::client::telemetry=debug",
        2 => "spektrix_v2=debug",
        _ => "spektrix_v2=trace,spektrix_v2_sandbox=debug",
    };
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .without_time()
        .init();
}
