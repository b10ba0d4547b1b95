//! Work that is measured in its own process: reading lists, or a run of the sync.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use spektrix_v2::{Client, ItemStream};
use spektrix_v2_benches::local_server::{self, LocalServer};
use spektrix_v2_benches::{memory, processor_time};
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
    /// How often the work is done, with one venue after the other.
    times: usize,
    /// Separated by commas, as the lists are.
    venues: String,
    base_url: String,
    #[arg(allow_hyphen_values = true)]
    root: String,
    kinds: String,
}

/// What a process measured.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) time: Duration,
    /// On the processor, in this process.
    pub(crate) processor: Duration,
    /// In kB.
    pub(crate) peak: u32,
    /// The objects that were read, or those that were written.
    pub(crate) objects: usize,
}

/// Does the work, and prints what was measured, for [`measure`].
pub(crate) async fn work(work: &Work) -> Result<()> {
    let (source, store) = match work {
        Work::Fetch(source) => (source, None),
        Work::Run { source, url } => (source, Some(Store::open(url).await?)),
    };
    let clients: Vec<_> = source
        .venues
        .split(',')
        .map(|venue| source.client(venue))
        .collect::<Result<_>>()?;
    let mut best: Option<[Duration; 2]> = None;
    let mut objects = None;
    for client in clients.iter().cycle().take(source.times) {
        let (started, on_processor) = (Instant::now(), processor_time()?);
        let count = match &store {
            None => source.fetch(client).await?,
            Some(store) => source.run(client, store).await?,
        };
        let took = [started.elapsed(), processor_time()?.saturating_sub(on_processor)];
        ensure!(*objects.get_or_insert(count) == count, "the numbers of objects differ");
        best = Some(best.map_or(took, |best| [best[0].min(took[0]), best[1].min(took[1])]));
    }
    let (took, objects) = best.zip(objects).context("nothing was measured")?;
    let [elapsed, processor] = took.map(|time| time.as_nanos());
    println!("{elapsed} {processor} {} {objects}", memory("VmHWM")?);
    Ok(())
}

impl Source {
    fn client(&self, venue: &str) -> Result<Client> {
        local_server::client(venue, &self.base_url, &self.root)
    }

    fn kinds(&self) -> Result<Vec<Kind>> {
        Ok(self.kinds.split(',').map(str::parse).collect::<Result<_, _>>()?)
    }

    async fn run(&self, client: &Client, store: &Store) -> Result<usize> {
        let sync = Sync::new(client.clone(), store.clone()).venue("venue");
        Ok(sync.only(self.kinds()?).run().await?.written())
    }

    async fn fetch(&self, client: &Client) -> Result<usize> {
        let mut items = 0;
        for kind in self.kinds()? {
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

/// What another process does: so many times, with these venues and lists.
#[derive(Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) service: &'a LocalServer,
    pub(crate) times: usize,
    pub(crate) venues: &'a str,
    pub(crate) kinds: &'a str,
}

impl Task<'_> {
    /// Reads and decodes the lists, in another process.
    pub(crate) fn fetch(self) -> Result<Measured> {
        self.measure(&["work", "fetch"])
    }

    /// Runs the sync, in another process.
    pub(crate) fn run(self, url: &str) -> Result<Measured> {
        self.measure(&["work", "run", url])
    }

    fn measure(self, work: &[&str]) -> Result<Measured> {
        let (times, base_url) = (self.times.to_string(), self.service.base_url());
        measure(&[work, &[&times, self.venues, &base_url, self.service.root(), self.kinds]].concat())
    }
}

fn measure(arguments: &[&str]) -> Result<Measured> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let output = Command::new(program).args(arguments).output();
    let output = output.context("cannot start a process")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the process failed: {errors}");
    let printed = String::from_utf8(output.stdout)?;
    let numbers: Vec<_> = printed.split_whitespace().collect();
    let [time, processor, peak, objects] = numbers[..] else {
        bail!("the process printed {printed:?}");
    };
    Ok(Measured {
        time: Duration::from_nanos(time.parse()?),
        processor: Duration::from_nanos(processor.parse()?),
        peak: peak.parse()?,
        objects: objects.parse()?,
    })
}
