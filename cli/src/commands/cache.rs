//! `spektrix cache`: the programme in memcached or Redis, for pages in any language.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Client;
use spektrix_v2::catalogue::{Catalogue, LiveCatalogue};
use spektrix_v2_sync::cache::{Cache, CacheError, Written};
use url::Url;

use super::store_url;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The environment variable with the URL of the cache.
const VARIABLE: &str = "SPEKTRIX_CACHE";

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix --sandbox cache --to memcached://127.0.0.1:11211
  spektrix cache --to redis://127.0.0.1:6379/0 --every 60s
  SPEKTRIX_CACHE=redis://:PASSWORD@cache.example/0 spektrix cache --every 60s")]
pub struct Args {
    /// memcached://HOST:PORT or redis://HOST:PORT/DATABASE, without a password [default: the variable `SPEKTRIX_CACHE`, which may
    /// have one]
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// The first part of all keys
    #[arg(long, value_name = "NAME", default_value = "spektrix")]
    prefix: String,
    /// How long values are kept if nothing is written any more
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = super::duration::parse)]
    ttl: Duration,
    /// Write again and again, with this time between. Ends on SIGTERM
    #[arg(long, value_name = "TIME", value_parser = super::duration::parse)]
    every: Option<Duration>,
    /// With --every: how often all lists are loaded, and not the availability alone
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = super::duration::parse)]
    season_every: Duration,
    /// With --every: the file that keeps the data, to start from while the service is down
    #[arg(long, value_name = "FILE", requires = "every")]
    snapshot: Option<PathBuf>,
    /// What the names of image files are relative to: an http or https URL that ends with a slash
    #[arg(long, value_name = "URL")]
    image_base: Option<Url>,
}

impl Args {
    /// Returns whether it runs until it is stopped.
    pub fn is_repeated(&self) -> bool {
        self.every.is_some()
    }
}

/// Writes the cache, once or at intervals until `stop` completes.
///
/// # Errors
///
/// If the lists cannot be read, or the server does not store them. At intervals, errors of the server are printed, and the
/// next write is a retry.
pub async fn run(args: &Args, client: &Client, stop: impl Future<Output = ()>) -> Result<()> {
    // The crate redis uses the default of the process for rediss://. It is an error if there is one already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let url = store_url::find(args.to.as_deref(), VARIABLE, "the URL of the cache")?;
    let url = url.ok_or_else(|| {
        let hint = format!("name one with --to redis://127.0.0.1:6379, or set the environment variable {VARIABLE}");
        Failure::usage("no cache is named").with_hint(hint)
    })?;
    let mut cache = Cache::new(&url, client.client_name())
        .and_then(|cache| cache.prefix(&args.prefix))
        .map_err(failure)?
        .ttl(args.ttl);
    if let Some(base) = &args.image_base {
        cache = cache.image_base(base.clone());
    }
    match args.every {
        Some(every) => tokio::select! {
            result = repeat(args, client, &mut cache, every) => result,
            () = stop => Ok(()),
        },
        None => {
            let catalogue = Catalogue::load(client).await?;
            report(&cache.write(&catalogue, Timestamp::now()).await.map_err(failure)?);
            Ok(())
        }
    }
}

async fn repeat(args: &Args, client: &Client, cache: &mut Cache, every: Duration) -> Result<()> {
    let mut builder = LiveCatalogue::builder(client)
        .availability_every(every)
        .season_every(args.season_every);
    if let Some(path) = &args.snapshot {
        builder = builder.file(path);
    }
    let live = builder.start().await?;
    loop {
        match cache.write_if_changed(&live.catalogue(), Timestamp::now()).await {
            Ok(Some(written)) => report(&written),
            Ok(None) => {}
            Err(error) => output::error(&failure(error)),
        }
        if let Some(error) = live.last_error() {
            output::note(&format!(
                "the data is {} s old: {error}",
                live.availability_age().as_secs()
            ));
        }
        tokio::time::sleep(every).await;
    }
}

fn report(written: &Written) {
    output::note(&format!(
        "version {}: {} keys, {} bytes, {} values split",
        written.version, written.keys, written.bytes, written.split
    ));
}

#[expect(clippy::needless_pass_by_value, reason = "it is passed to `map_err`")]
fn failure(error: CacheError) -> Failure {
    let exit = match &error {
        CacheError::Target(_) => Exit::Usage,
        CacheError::Render(_) => Exit::Failure,
        _ => Exit::Store,
    };
    Failure::new(exit, error.to_string())
}
