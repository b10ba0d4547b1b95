//! `cargo xtask sandbox`: runs an offline replacement for the service until Ctrl-C or SIGTERM.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;
use spektrix_v2_sandbox::Sandbox;

use crate::{key_material, output};

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask sandbox                                     # prints variables for a shell, and a curl command
  cargo xtask sandbox --write-env sandbox.env             # in another shell: set -a; . sandbox.env; set +a
  cargo xtask sandbox --port 8443 --today 2026-05-01 --scale 10000"
)]
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
    /// The API key that is accepted
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
    /// Also write the variables to a file, for `set -a; . FILE; set +a`; replaces a file that it wrote before, and no other
    #[arg(long, value_name = "FILE")]
    write_env: Option<PathBuf>,
}

/// Starts the sandbox, prints how to connect, and stops it on Ctrl-C or SIGTERM.
pub async fn run(args: Args) -> anyhow::Result<()> {
    // Signals are caught from here on. One that arrives while the sandbox starts must not leave its keys behind.
    let interrupted = interruption()?;
    let sandbox = start(&args).await?;
    if let Some(file) = &args.write_env {
        write_environment(&sandbox, file)?;
    }
    output::print_line(&introduction(&sandbox))?;
    output::note(&format!(
        "The sandbox runs at {}. Press Ctrl-C to stop it.",
        sandbox.base_url()
    ));
    interrupted.await.context("cannot wait for Ctrl-C")?;
    sandbox.stop().await;
    output::note("The sandbox has stopped.");
    Ok(())
}

/// Returns a future that waits for Ctrl-C, or for SIGTERM, which process managers and `timeout` send.
#[cfg(unix)]
fn interruption() -> anyhow::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).context("cannot listen for signals");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

/// Returns a future that waits for Ctrl-C.
#[cfg(not(unix))]
fn interruption() -> anyhow::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

async fn start(args: &Args) -> anyhow::Result<Sandbox> {
    let mut builder = Sandbox::builder()
        .port(args.port)
        .pages_port(args.pages_port)
        .client_name(&args.client_name)
        .api_key(&args.api_key)
        .seed(args.seed)
        .scale(args.scale)
        .retired_customers(args.retired_customers)
        .read_only(args.read_only)
        .venues(args.venues);
    if let Some(today) = args.today {
        builder = builder.today(today);
    }
    if let Some(path) = &args.data {
        // An error about the data quotes them. An error about a file that cannot be read comes from the sandbox.
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
    if let Some(link) = &args.checkout_link {
        builder = builder.checkout_link(link);
    }
    builder.start().await.context("the sandbox could not start")
}

fn write_environment(sandbox: &Sandbox, file: &Path) -> anyhow::Result<()> {
    let written = sandbox.write_environment(file);
    written.with_context(|| {
        format!(
            "cannot write {}: it must be a new file in a folder that exists, or one that a sandbox wrote",
            file.display()
        )
    })
}

/// Returns lines for a shell: the variables, and comments with commands to try.
fn introduction(sandbox: &Sandbox) -> String {
    let control = sandbox.control_url();
    format!(
        "{}# {}\n# Pages for a browser: {}\n{}# A session that has a basket: --cookie 'SessionId={}'",
        sandbox.environment_lines(),
        curl(sandbox),
        sandbox.site_url(),
        control.map(|url| format!("# curl {url}\n")).unwrap_or_default(),
        sandbox.seeded_session_id()
    )
}

/// Returns a curl command that needs none of the variables.
fn curl(sandbox: &Sandbox) -> String {
    let files = sandbox.files();
    let path = |path: &Path| shell_word(&path.display().to_string());
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
        shell_word(&url)
    )
}

/// Quotes a string as one word of a shell.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
