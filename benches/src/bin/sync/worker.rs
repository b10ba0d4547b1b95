//! Work that is measured in its own process: reading lists, or a run of the sync.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use spektrix_v2::{Client, ItemStream};
use spektrix_v2_benches::local_server::{self, LocalServer};
use spektrix_v2_benches::memory;
use spektrix_v2_sync::{Kind, Store, Sync};

/// A kind of work.
#[derive(Subcommand)]
pub(crate) enum Work {
    /// Reads and decodes lists, and drops each item.
    Fetch(Source),
    /// Runs the sync once.
    Run {
        url: String,
        #[command(flatten)]
        source: Source,
    },
}

/// Where the lists are, and which of them are read.
#[derive(Args)]
pub(crate) struct Source {
    venue: String,
    base_url: String,
    #[arg(allow_hyphen_values = true)]
    root: String,
    #[arg(value_delimiter = ',')]
    kinds: Vec<Kind>,
}

/// What a process measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) time: Duration,
    /// In kB.
    pub(crate) peak: u32,
    /// The objects that were read, or those that were written.
    pub(crate) objects: usize,
}

/// Does the work, and prints what was measured, for [`measure`].
pub(crate) async fn work(work: &Work) -> Result<()> {
    let started = Instant::now();
    let objects = match work {
        Work::Fetch(source) => source.fetch().await?,
        Work::Run { source, url } => {
            let sync = Sync::new(source.client()?, Store::open(url).await?);
            let sync = sync.venue("venue").only(source.kinds.iter().copied());
            sync.run().await?.written()
        }
    };
    println!("{} {} {objects}", started.elapsed().as_nanos(), memory("VmHWM")?);
    Ok(())
}

impl Source {
    fn client(&self) -> Result<Client> {
        local_server::client(&self.venue, &self.base_url, &self.root)
    }

    async fn fetch(&self) -> Result<usize> {
        let client = self.client()?;
        let mut items = 0;
        for kind in &self.kinds {
            items += match kind {
                Kind::Instances => count(client.instances().stream()).await?,
                Kind::Availability => count(client.instance_status().stream()).await?,
                other => bail!("the service has no list of {other}"),
            };
        }
        Ok(items)
    }
}

async fn count<T: Send + 'static>(mut stream: ItemStream<T>) -> Result<usize> {
    let mut items = 0;
    while let Some(item) = stream.next().await {
        item?;
        items += 1;
    }
    Ok(items)
}

/// Reads and decodes these lists of a venue, in another process.
pub(crate) fn fetch(service: &LocalServer, venue: &str, kinds: &str) -> Result<Measured> {
    measure(&["work", "fetch", venue, &service.base_url(), service.root(), kinds])
}

/// Runs the sync once with these lists of a venue, in another process.
pub(crate) fn run(service: &LocalServer, venue: &str, kinds: &str, url: &str) -> Result<Measured> {
    measure(&["work", "run", url, venue, &service.base_url(), service.root(), kinds])
}

fn measure(arguments: &[&str]) -> Result<Measured> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let output = Command::new(program).args(arguments).output();
    let output = output.context("cannot start a process")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the process failed: {errors}");
    let printed = String::from_utf8(output.stdout)?;
    let numbers: Vec<_> = printed.split_whitespace().collect();
    let [time, peak, objects] = numbers[..] else {
        bail!("the process printed {printed:?}");
    };
    Ok(Measured {
        time: Duration::from_nanos(time.parse()?),
        peak: peak.parse()?,
        objects: objects.parse()?,
    })
}
