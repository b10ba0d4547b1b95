//! `spektrix tester`: a page in the browser from which any request can be sent.
//!
//! The page can read everything that the API key allows, so it is for the person at this machine alone: see `guard.rs`.

mod bodies;
mod exchange;
mod guard;
mod history;
mod input;
mod limits;
mod links;
mod masking;
mod operations;
mod pages;
mod pending;
mod recorder;
mod router;
mod send;
mod sessions;
mod state;
mod table;
mod token;
mod xml;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use spektrix_v2::{Client, ClientBuilder, Retry};
use tokio::net::TcpListener;

use crate::connection::Target;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;
use crate::signals::Signals;
use guard::Guard;
use recorder::Recorder;
use state::Tester;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox tester                # try it: a fictional venue on this machine
  spektrix --venue playhouse tester --open
  spektrix tester --port 8090

The page listens on 127.0.0.1 only. The address that the command prints contains a token: do not share it.
v2 has been read-only since 2025 (documented): today's service refuses writes. The sandbox accepts them.")]
pub struct Args {
    /// The port on 127.0.0.1 [default: any free port]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Open the page in the default browser
    #[arg(long)]
    open: bool,
}

/// Serves the page until a signal ends the program.
///
/// # Errors
///
/// If the configuration is invalid, or the port is in use.
pub async fn run(args: &Args, target: &Target) -> Result<ExitCode> {
    // Before the sandbox writes its keys, so that a signal removes them in any case.
    let mut signals = Signals::listen()?;
    let connection = target.connect_with(watched).await?;
    let result = serve(args, connection.client(), target.sandbox, &mut signals).await;
    connection.close().await;
    result.map(|()| ExitCode::SUCCESS)
}

/// Records each request. The page shows what one request does, so nothing is sent twice, and bodies stay readable.
fn watched(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder.retry(Retry::none()).compression(false);
    builder.wrap_transport(Recorder::new)
}

async fn serve(args: &Args, client: &Client, is_sandbox: bool, signals: &mut Signals) -> Result<()> {
    // Loopback is not an option of the command: the page must never be public.
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let failed = |error: std::io::Error| {
        let failure = Failure::new(Exit::Failure, format!("cannot listen on {address}: {error}"));
        failure.with_hint("choose another port with --port, or leave it out for any free port")
    };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let guard = Guard::new(listener.local_addr().map_err(failed)?.port())?;
    let url = guard.entry_url();
    let to_open = args.open.then(|| guard.one_time_url()).transpose()?;
    let tester = Tester::new(client, is_sandbox, guard.form_token());
    let router = router::router(Arc::new(tester), Arc::new(guard));
    introduce(&url)?;
    if let Some(url) = to_open {
        open(&url);
    }
    // Browsers keep connections open, so the server does not wait for their end.
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served.map_err(failed),
        _ = signals.next() => Ok(()),
    }
}

fn introduce(url: &str) -> Result<()> {
    output::print(&format!("{url}\n"))?;
    output::note(
        "Open this address in a browser on this machine. It contains a token: do not share it. Ctrl-C ends it.",
    );
    Ok(())
}

/// Opens the address in the default browser. A failure is reported and changes nothing: the address was printed.
fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    let silent = std::process::Stdio::null;
    command.args(arguments).arg(url).stdout(silent()).stderr(silent());
    if let Err(error) = command.spawn() {
        output::note(&format!("cannot start {program}: {error}"));
    }
}
