//! `cargo xtask sandbox`: the offline stand-in for the service, until Ctrl-C.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;
use spektrix_v2_sandbox::Sandbox;

use crate::{key_material, output};

/// Run an offline stand-in for the service, with a fictional venue
#[derive(clap::Args)]
pub struct Args {
    /// The port on 127.0.0.1; 0 means any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Answer lists from recorded bodies in this folder, named after their operations: `GetEvents.xml`
    #[arg(long, value_name = "DIR")]
    replay: Option<PathBuf>,
    /// The day that the season is laid around, YYYY-MM-DD; without this, today in London
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// What looks like chance, such as how well things sell; the same number gives the same answers
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How many instances the venue has, up to 100000; the ordinary one has some 770
    #[arg(long, value_name = "N", default_value_t = 0)]
    scale: usize,
    /// Lists of your own in place of the venue's: a JSON file, or a folder of bodies named after their operations
    #[arg(long, value_name = "PATH", conflicts_with = "replay")]
    data: Option<PathBuf>,
    /// The system name of the venue, the first part of every path
    #[arg(long, value_name = "NAME", default_value = "sandbox")]
    client_name: String,
    /// The API key that is accepted
    #[arg(long, value_name = "KEY", default_value = "sandbox-api-key")]
    api_key: String,
    /// Refuse to change customers, as the service is documented to do since 2025
    #[arg(long)]
    retired_customers: bool,
    /// Add a control endpoint, plain HTTP on 127.0.0.1, which takes faults and answers the log; on this port if one is given
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "0")]
    control: Option<u16>,
    /// Write the environment to a new file as well, for `set -a; . FILE; set +a`
    #[arg(long, value_name = "FILE")]
    write_env: Option<PathBuf>,
}

/// Starts, prints how to reach it, and stops when it is told to.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let sandbox = start(&args).await?;
    if let Some(file) = &args.write_env {
        write_environment(&sandbox, file)?;
    }
    output::print_line(&introduction(&sandbox))?;
    output::note(&format!(
        "The sandbox runs at {} and ends with Ctrl-C.",
        sandbox.base_url()
    ));
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
    sandbox.stop().await;
    output::note("The sandbox has stopped.");
    Ok(())
}

async fn start(args: &Args) -> anyhow::Result<Sandbox> {
    let mut builder = Sandbox::builder()
        .port(args.port)
        .client_name(&args.client_name)
        .api_key(&args.api_key)
        .seed(args.seed)
        .scale(args.scale)
        .retired_customers(args.retired_customers);
    if let Some(today) = args.today {
        builder = builder.today(today);
    }
    if let Some(path) = &args.data {
        if let Ok(bytes) = fs::read(path) {
            key_material::refuse(&path.display().to_string(), &bytes)?;
        }
        builder = builder.data(path);
    }
    if let Some(folder) = &args.replay {
        builder = builder.replay(folder);
    }
    if let Some(port) = args.control {
        builder = builder.control_port(port);
    }
    builder.start().await.context("the sandbox could not start")
}

fn write_environment(sandbox: &Sandbox, file: &Path) -> anyhow::Result<()> {
    let written = sandbox.write_environment(file);
    written.with_context(|| format!("cannot write {}, which must be a new file", file.display()))
}

/// Lines for a shell: the environment, and comments with what to try.
fn introduction(sandbox: &Sandbox) -> String {
    let control = sandbox.control_url();
    format!(
        "{}# {}\n{}# There is a basket in the session of --cookie 'SessionId={}'",
        sandbox.environment_lines(),
        curl(sandbox),
        control.map(|url| format!("# curl {url}\n")).unwrap_or_default(),
        sandbox.seeded_session_id()
    )
}

/// Complete in itself: it needs none of the variables.
fn curl(sandbox: &Sandbox) -> String {
    let files = sandbox.files();
    let path = |path: &Path| quoted(&path.display().to_string());
    let url = format!(
        "{}{}/api/v2/events?limit=3&api_key={}",
        sandbox.base_url(),
        sandbox.client_name(),
        sandbox.api_key()
    );
    format!(
        "curl --cacert {} --cert {} --key {} {}",
        path(files.ca()),
        path(files.certificate()),
        path(files.key()),
        quoted(&url)
    )
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
