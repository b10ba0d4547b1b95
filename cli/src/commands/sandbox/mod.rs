//! `spektrix sandbox`: runs an offline replacement for the service until Ctrl-C or SIGTERM, or as long as a program runs.

mod environment_file;
mod introduction;
mod program;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use spektrix_v2_sandbox::Sandbox;

use environment_file::EnvironmentFile;

use crate::connection::{self, Target};
use crate::failure::{Failure, Result};
use crate::output;
use crate::signals::Signals;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix sandbox                                     # prints variables for a shell, and a curl command
  spektrix sandbox --write-env sandbox.env             # in another shell: set -a; . ./sandbox.env; set +a
  spektrix sandbox --control -- vendor/bin/phpunit     # runs a program with the variables, and ends with it
  spektrix sandbox --port 8443 --today 2026-05-01 --scale 10000")]
pub struct Args {
    /// The port on 127.0.0.1; 0 means any free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Respond with the recorded bodies in this folder, named after their operations: `GetEvents.xml`
    #[arg(long, value_name = "DIR")]
    replay: Option<PathBuf>,
    /// The date of the venue, YYYY-MM-DD; its season starts about a month earlier [default: today in London]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// The seed of everything that looks random, such as ticket sales; the same seed gives the same responses
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How many instances the venue has, up to 100000 [default: about 770]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    scale: usize,
    /// Your own lists instead of the venue's: a JSON file, or a folder of bodies named after their operations
    #[arg(long, value_name = "PATH", conflicts_with = "replay")]
    data: Option<PathBuf>,
    /// How many venues there are, up to 1000, each with its own client name, API key, certificate and seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    venues: usize,
    /// The system name of the venue, the first part of every path
    #[arg(long, value_name = "NAME", default_value = "sandbox")]
    client_name: String,
    /// The API key that is accepted. It protects nothing, so it can be an argument
    #[arg(long, value_name = "KEY", default_value = "sandbox-api-key")]
    api_key: String,
    /// Refuse to change customers, as the service is documented to do since 2025
    #[arg(long)]
    retired_customers: bool,
    /// Refuse every write, baskets and orders included, as the service is documented to do since 2025
    #[arg(long)]
    read_only: bool,
    /// Add a control endpoint, plain HTTP on 127.0.0.1, to inject faults and to read the log; on this port, if one is given
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "0")]
    control: Option<u16>,
    /// The port of the pages for browsers on 127.0.0.1; 0 means any free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    pages_port: u16,
    /// The page of your website that contains the frame with the checkout or the payment; the payment page checks its host
    #[arg(long, value_name = "URL")]
    checkout_link: Option<String>,
    /// Also write the variables to a file, for `set -a; . FILE; set +a`, and remove it at the end; replaces only a file that a
    /// sandbox wrote
    #[arg(long, value_name = "FILE")]
    write_env: Option<PathBuf>,
    /// A program to run with the variables, and its arguments. The sandbox ends with it, and returns its exit code
    #[arg(last = true, value_name = "PROGRAM")]
    program: Vec<OsString>,
}

/// Starts the sandbox, prints how to connect or runs the program, and removes the keys and the file with the variables at
/// the end.
///
/// # Errors
///
/// If the sandbox or the program cannot start, or the file with the variables cannot be written.
pub async fn run(args: &Args, target: &Target) -> Result<ExitCode> {
    if target.sandbox {
        return Err(
            Failure::usage("`spektrix sandbox` starts a sandbox, and --sandbox is for the other commands")
                .with_hint("leave out --sandbox"),
        );
    }
    // Signals are caught from here on. One that arrives while the sandbox starts must not leave its keys behind.
    let mut signals = Signals::listen()?;
    let sandbox = args.start().await?;
    // The program has not received this signal: it does not run yet.
    if let Some(signal) = signals.arrived().await {
        return Ok(signal.exit_code());
    }
    let file = args.write_env.as_ref();
    let file = file.map(|path| EnvironmentFile::write(&sandbox, path)).transpose()?;
    let exit_code = match args.program.split_first() {
        Some((program, arguments)) => program::run(program, arguments, &sandbox, &mut signals).await?,
        None => {
            output::print(&introduction::text(&sandbox))?;
            output::note(&format!(
                "The sandbox runs at {}. Press Ctrl-C to stop it.",
                sandbox.base_url()
            ));
            signals.next().await;
            ExitCode::SUCCESS
        }
    };
    drop(file);
    sandbox.stop().await;
    Ok(exit_code)
}

impl Args {
    async fn start(&self) -> Result<Sandbox> {
        let mut builder = Sandbox::builder()
            .port(self.port)
            .pages_port(self.pages_port)
            .client_name(&self.client_name)
            .api_key(&self.api_key)
            .seed(self.seed)
            .scale(self.scale)
            .retired_customers(self.retired_customers)
            .read_only(self.read_only)
            .venues(self.venues);
        if let Some(today) = self.today {
            builder = builder.today(today);
        }
        if let Some(path) = &self.data {
            builder = builder.data(path);
        }
        if let Some(folder) = &self.replay {
            builder = builder.replay(folder);
        }
        if let Some(port) = self.control {
            builder = builder.control_port(port);
        }
        if let Some(link) = &self.checkout_link {
            builder = builder.checkout_link(link);
        }
        builder.start().await.map_err(|error| connection::not_started(&error))
    }
}
