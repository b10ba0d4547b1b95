//! The servers that are measured, in their own processes, and the venue that they read.

use std::io::{BufRead as _, BufReader, Lines};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use bytes::Bytes;
use clap::Subcommand;
use spektrix_v2::{Client, Identity};
use spektrix_v2_benches::memory_of;
use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::serve::Serve;
use tokio::net::TcpListener;

/// A server.
#[derive(Subcommand)]
pub(crate) enum Settings {
    /// The JSON API with the data of a venue, which the environment names.
    Api {
        /// Whether lists are compressed.
        #[arg(long)]
        compress: bool,
        /// Loads all lists once a second, while the venue changes.
        #[arg(long)]
        refresh: bool,
    },
    /// A venue of the sandbox, which changes all the time.
    Venue { instances: usize },
    /// An axum handler that returns the bytes of a file.
    Bytes { file: PathBuf },
}

/// Prints what a client needs in one line, and serves until it is killed.
pub(crate) async fn serve(settings: &Settings) -> Result<()> {
    match settings {
        Settings::Api { compress, refresh } => api(*compress, *refresh).await,
        Settings::Venue { instances } => venue(*instances).await,
        Settings::Bytes { file } => bytes(std::fs::read(file)?.into()).await,
    }
}

async fn api(compress: bool, refresh: bool) -> Result<()> {
    let interval = Duration::from_secs(if refresh { 1 } else { 3600 });
    let client = client()?;
    let server = Serve::new(&client)
        .season_every(interval)
        .availability_every(interval)
        .compression(compress)
        .start()
        .await?;
    println!("{}", server.address().port());
    Ok(server.wait().await?)
}

/// As `Client::from_env`, with more time.
fn client() -> Result<Client> {
    let variable = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
    let identity = Identity::from_files(variable("SPEKTRIX_CERT")?, variable("SPEKTRIX_KEY")?)?;
    let client = Client::builder(variable("SPEKTRIX_CLIENT")?)
        .api_key(variable("SPEKTRIX_API_KEY")?)
        .identity(identity)
        .base_url(variable("SPEKTRIX_BASE_URL")?)
        .trust_only(std::fs::read(variable("SPEKTRIX_CA")?)?)
        .timeout(Duration::from_secs(600));
    Ok(client.build()?)
}

async fn venue(instances: usize) -> Result<()> {
    let sandbox = Sandbox::builder().scale(instances).start().await?;
    let environment: Vec<_> = sandbox.environment();
    let lines: Vec<_> = environment
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    println!("{}", lines.join("\t"));
    // Longer lists are not changed: that would take longer than the interval.
    let changes = instances < 10_000;
    for number in 0.. {
        tokio::time::sleep(Duration::from_millis(500)).await;
        if changes {
            sandbox.edit(|venue| {
                for event in venue.events.iter_mut().take(1) {
                    event.name = format!("Changed {number}");
                }
            })?;
        }
    }
    Ok(())
}

async fn bytes(body: Bytes) -> Result<()> {
    let handler = move || async move { ([(CONTENT_TYPE, "application/json")], body) };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{}", listener.local_addr()?.port());
    Ok(axum::serve(listener, Router::new().route("/instances", get(handler))).await?)
}

/// A server in another process, which ends when this value is dropped.
pub(crate) struct Server {
    process: Child,
    /// Kept open, because the process may still write to it.
    _output: Lines<BufReader<ChildStdout>>,
    /// What it printed.
    pub(crate) line: String,
}

impl Server {
    /// Starts a server with these arguments of [`Settings`].
    pub(crate) fn start(arguments: &[&str], venue: Option<&Self>) -> Result<Self> {
        let program = std::env::current_exe().context("cannot find this program")?;
        let mut command = Command::new(program);
        command.arg("serve").args(arguments).stdout(Stdio::piped());
        let variables = venue.map_or("", |venue| &venue.line).split('\t');
        command.envs(variables.filter_map(|variable| variable.split_once('=')));
        let mut process = command.spawn().context("cannot start a server")?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        let line = lines.next().context("the server has ended")??;
        Ok(Self {
            process,
            _output: lines,
            line,
        })
    }

    /// Returns a line of the process's status, in MB.
    pub(crate) fn memory(&self, name: &str) -> Result<f64> {
        let kilobytes = memory_of(&self.process.id().to_string(), name)?;
        Ok(f64::from(kilobytes) / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
