//! `spektrix serve`: the programme in memory as a JSON API, for the website beside it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use spektrix_v2::Client;
use spektrix_v2_sync::serve::{Serve, ServeError};

use super::programme::Content;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox serve                          # then open http://127.0.0.1:8080/
  spektrix serve --snapshot season.snapshot --currency GBP --location-attribute Venue
  spektrix serve --every 30s --cors-origin https://venue.example
  curl 'http://127.0.0.1:8080/whats-on?from=now&limit=10&fields=start,event,state,from_price'")]
pub struct Args {
    /// The address and port. Without TLS and access control: use another address than loopback only behind a proxy
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The file that keeps the data, to start from while the service is down
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,
    /// How often the availability is loaded, and how long clients may cache a response
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = super::duration::parse)]
    every: Duration,
    /// How often all lists are loaded
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = super::duration::parse)]
    season_every: Duration,
    /// Pages of this origin may read the API in a browser: scheme and host, without a path. Can be repeated
    #[arg(long, value_name = "ORIGIN")]
    cors_origin: Vec<String>,
    /// At most so many connections are served; further ones wait
    #[arg(long, value_name = "N", default_value_t = 512)]
    max_connections: usize,
    /// Never compress. Compressed lists take memory
    #[arg(long)]
    no_compression: bool,
    #[command(flatten)]
    content: Content,
}

/// Serves until `stop` completes.
///
/// # Errors
///
/// If it cannot listen, or the service refuses the first load in a way that does not pass by itself.
pub async fn run(args: &Args, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    let mut serve = Serve::new(client)
        .listen(args.listen)
        .availability_every(args.every)
        .season_every(args.season_every)
        .most_connections(args.max_connections)
        .compression(!args.no_compression)
        .export(args.content.export(client));
    if let Some(path) = &args.snapshot {
        serve = serve.file(path);
    }
    for origin in &args.cors_origin {
        serve = serve.cors_origin(origin).map_err(failure)?;
    }
    let server = serve.start().await.map_err(failure)?;
    output::note(&format!("serving at http://{}/", server.address()));
    if !args.listen.ip().is_loopback() {
        output::note("warning: other machines can reach this address, without TLS and access control");
    }
    server.run_until(stop).await.map_err(failure)
}

fn failure(error: ServeError) -> Failure {
    match error {
        ServeError::Service(error) => error.into(),
        ServeError::Origin(_) => Failure::usage(error.to_string()),
        error => Failure::new(Exit::Failure, error.to_string()),
    }
}
